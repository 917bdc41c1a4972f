"""The XML parts of a .docx, unpacked within limits.

Why not python-docx here: it opens every part, and refuses the whole document for one broken picture relation, for the
content type of a template or macro document, and for the strict ISO namespaces that Word can also save. A reader needs
six parts and can do without five of them; python-docx writes documents better than it reads damaged ones.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.limits import MAX_XML_BYTES, MAX_ZIP_ENTRIES

_NAME = "Word 文档"
_NAMESPACE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Package:
    """Roots of the parts that hold text or say how to read it; only `document` is always there."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    core: Element | None = None


def local(tag: str) -> str:
    """An element or attribute name without its namespace: transitional, strict and vendor namespaces read alike."""
    return tag.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that local name."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if local(key) == name), None)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of that local name, and so on down the path."""
    for name in names:
        element = next((inner for inner in element if local(inner.tag) == name), None) if element is not None else None
    return element


def open_package(data: bytes) -> Package:
    """Unpack and parse. Raises UnreadableFile for anything that is not a sound word processing package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_ZIP_ENTRIES:
                raise UnreadableFile(f"{_NAME}的压缩包里有过多的文件", "这不像正常的文档，请核对来源后另存为新文件")
            return _read_parts(archive)
    # NotImplementedError: a compression method or encryption that zipfile lacks; RuntimeError: a zip password.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise faults.damaged(_NAME) from error
    except RuntimeError as error:
        raise faults.encrypted(_NAME) from error


def _read_parts(archive: zipfile.ZipFile) -> Package:
    names = {name.lower().lstrip("/"): name for name in reversed(archive.namelist())}
    package_relations = _relations(archive, names, "")
    main = package_relations.get("officeDocument", "word/document.xml")
    document = _part(archive, names, main)
    if document is None:
        raise faults.damaged(_NAME)
    if local(document.tag) != "document":
        raise UnreadableFile("文件不是 Word 文档，而是别的 Office 文件", "请另存为 .docx 后再导入")
    relations = _relations(archive, names, main)

    def optional(name: str) -> Element | None:
        target = relations.get(name)
        return _optional_part(archive, names, target) if target is not None else None

    core = package_relations.get("core-properties")
    return Package(
        document,
        optional("styles"),
        optional("numbering"),
        optional("footnotes"),
        optional("endnotes"),
        _optional_part(archive, names, core) if core is not None else None,
    )


def _relations(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    """Target part by relation type (the last word of its URI), of the package ("") or of a part."""
    folder, _, name = part.rpartition("/")
    root = _optional_part(archive, names, join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for relation in root if root is not None else ():
        target, kind = attribute(relation, "Target"), attribute(relation, "Type")
        if target and kind and attribute(relation, "TargetMode") != "External":
            path = target if target.startswith("/") else join(dirname(part), target)
            found.setdefault(kind.rpartition("/")[2], normpath(path).lstrip("/"))
    return found


def _optional_part(archive: zipfile.ZipFile, names: dict[str, str], path: str) -> Element | None:
    """A part that the text can be read without: when it is broken it counts as missing."""
    try:
        return _part(archive, names, path)
    except (UnreadableFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return None


def _part(archive: zipfile.ZipFile, names: dict[str, str], path: str) -> Element | None:
    """Parse one part, None if it is not there. The size is counted while unpacking, because headers may lie."""
    name = names.get(path.lower())
    if name is None:
        return None
    with archive.open(name) as stream:
        data = stream.read(MAX_XML_BYTES + 1)
    if len(data) > MAX_XML_BYTES:
        raise UnreadableFile(f"{_NAME}解压后过大", "请核对来源；如果确实是文档，请拆分成几个文件后再导入")
    # No part of an Office package has a document type; one that has wants to define entities (XXE, billion laughs).
    if b"<!DOCTYPE" in (data.replace(b"\x00", b"") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data):
        raise UnreadableFile(
            f"{_NAME}里含有不安全的外部实体定义", "请核对来源，用 Word 或 WPS 另存为新的 .docx 后再导入"
        )
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise faults.damaged(_NAME) from error
