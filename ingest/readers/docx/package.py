"""The parts of a .docx that hold text or say how to read it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.ooxml import Parts, local, open_parts

_NAME = "Word 文档"
_MOST_CHUNKS = 50


@dataclass(frozen=True, slots=True)
class Package:
    """Roots of the parts; only `document` is always there."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    core: Element | None = None
    chunks: Mapping[str, bytes] = field(default_factory=dict)
    """Embedded documents (`w:altChunk`) by the id of their relation."""


def open_package(data: bytes) -> Package:
    """Unpack and parse. Raises UnreadableFile for anything that is not a sound word processing package."""
    with open_parts(data, _NAME) as parts:
        of_package = parts.relations("")
        main = of_package.get("officeDocument", "word/document.xml")
        document = parts.xml(main)
        if document is None:
            raise faults.damaged(_NAME)
        if local(document.tag) != "document":
            raise UnreadableFile("文件不是 Word 文档，而是别的 Office 文件", "请另存为 .docx 后再导入")
        relations = parts.relations(main)
        styles, numbering = (parts.common_xml(relations.get(name)) for name in ("styles", "numbering"))
        footnotes, endnotes = (parts.optional_xml(relations.get(name)) for name in ("footnotes", "endnotes"))
        core = parts.optional_xml(of_package.get("core-properties"))
        chunks = _chunks(parts, main) if "aFChunk" in relations else {}
        return Package(document, styles, numbering, footnotes, endnotes, core, chunks)


def _chunks(parts: Parts, main: str) -> dict[str, bytes]:
    """The embedded documents that can be unpacked."""
    found: dict[str, bytes] = {}
    for key, kind, path in parts.all_relations(main):
        if kind == "aFChunk" and len(found) < _MOST_CHUNKS:
            try:
                data = parts.bytes(path)
            except (UnreadableFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
                continue
            if data is not None:
                found[key] = data
    return found
