"""What stands around the sheets of an .xlsx: their names, the strings they share, the formats of their cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.ooxml import Parts, attribute, child, local
from ingest.readers.xlsx.formats import BUILT_IN, GENERAL

NAME = "Excel 表格"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name on the tab and its part in the package."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """`formats` holds the number format of each cell style, by index."""

    sheets: tuple[Sheet, ...]
    strings: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool
    title: str | None


def read_workbook(parts: Parts) -> Workbook:
    """Raises UnreadableFile for a package without a sound workbook."""
    of_package = parts.relations("")
    main = of_package.get("officeDocument", "xl/workbook.xml")
    if main.endswith(".bin"):
        raise faults.other_format("二进制 Excel 表格（xlsb）", "请另存为 .xlsx 后再导入")
    root = parts.xml(main)
    if root is None:
        raise faults.damaged(NAME)
    if local(root.tag) != "workbook":
        raise UnreadableFile("文件不是 Excel 表格，而是别的 Office 文件", "请另存为 .xlsx 后再导入")
    relations = parts.relations(main)
    targets = {key: path for key, kind, path in parts.all_relations(main) if kind == "worksheet"}
    sheets = tuple(
        Sheet(attribute(sheet, "name") or "", targets[key], attribute(sheet, "state") in {"hidden", "veryHidden"})
        for sheet in _inner(child(root, "sheets"))
        if (key := _relation(sheet)) in targets
    )
    strings = parts.xml(relations["sharedStrings"]) if "sharedStrings" in relations else None
    core = child(parts.optional_xml(of_package.get("core-properties")), "title")
    return Workbook(
        sheets,
        tuple(text_of(item) for item in _inner(strings) if local(item.tag) == "si"),
        _formats(parts.optional_xml(relations.get("styles"))),
        attribute(child(root, "workbookPr"), "date1904") in {"1", "true"},
        core.text.strip() or None if core is not None and core.text else None,
    )


def text_of(item: Element) -> str:
    """The text of a string with its runs; the phonetic guide above it is left out."""
    texts: list[str] = []
    for inner in item:
        name = local(inner.tag)
        if name == "t":
            texts.append(inner.text or "")
        elif name == "r":
            texts.extend(run.text or "" for run in inner if local(run.tag) == "t")
    return "".join(texts)


def _relation(sheet: Element) -> str | None:
    """The `r:id` of a sheet, which has a `sheetId` as well."""
    return next((value for key, value in sheet.attrib.items() if local(key) == "id"), None)


def _formats(styles: Element | None) -> tuple[str, ...]:
    written = _inner(child(styles, "numFmts"))
    own = {attribute(form, "numFmtId"): attribute(form, "formatCode") or "" for form in written}

    def code(number: str | None) -> str:
        if number in own:
            return own[number]
        return BUILT_IN.get(int(number), GENERAL) if number is not None and number.isdecimal() else GENERAL

    return tuple(code(attribute(form, "numFmtId")) for form in _inner(child(styles, "cellXfs")))


def _inner(element: Element | None) -> Iterable[Element]:
    return element if element is not None else ()
