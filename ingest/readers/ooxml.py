"""The parts of an Office package (.docx, .xlsx), unpacked and parsed within limits.

Why not the libraries for these formats: they open every part, and refuse the whole document for one broken picture
relation, for the content type of a template or macro document, and for the strict ISO namespaces that Office can also
save. A reader needs a few parts and can do without most of them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.limits import MAX_XML_BYTES, MAX_XML_TAGS, MAX_ZIP_ENTRIES

_REMEMBERED_BYTES = 1 << 20


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
        if element is None:
            return None
        ending = f"}}{name}"
        for inner in element:
            if inner.tag.endswith(ending) or inner.tag == name:
                element = inner
                break
        else:
            return None
    return element


def is_on(element: Element | None) -> bool:
    """An on-off property: there, and not switched off."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off"}


class Parts:
    """An open package; `name` is what the clerk calls it (Word 文档). Made by `open_parts`."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._names = {entry.lower().lstrip("/"): entry for entry in reversed(archive.namelist())}

    def xml(self, path: str) -> Element | None:
        """Parse one part, None if it is not there. Raises UnreadableFile."""
        data = self.bytes(path)
        if data is None:
            return None
        self.refuse_unsafe(data)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, LookupError) as error:  # LookupError: of an encoding that nobody knows
            raise faults.damaged(self._name) from error

    def refuse_unsafe(self, data: bytes) -> None:
        """Raise UnreadableFile for more tags than fit the memory, and for a document type: no part of an Office package
        has one, and one that has wants to define entities (XXE, billion laughs).
        """
        if data.count(b"<") > MAX_XML_TAGS:
            raise UnreadableFile(f"{self._name}的内部结构异常庞大", "请核对来源；如果确实是文档，请拆分后再导入")
        if b"<!DOCTYPE" in (data.replace(b"\x00", b"") if b"\x00" in data[:64] else data):
            raise UnreadableFile(
                f"{self._name}里含有不安全的外部实体定义", "请核对来源，用 Word、Excel 或 WPS 另存为新文件后再导入"
            )

    def optional_xml(self, path: str | None) -> Element | None:
        """A part that the text can be read without: when it is broken it counts as missing."""
        try:
            return self.xml(path) if path is not None else None
        except (UnreadableFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            return None

    def common_xml(self, path: str | None) -> Element | None:
        """An optional part that files made from one template have word for word: parsed once for all of them, so that
        nobody may change it.
        """
        try:
            data = self.bytes(path) if path is not None else None
        except (UnreadableFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            return None
        if data is None or len(data) > _REMEMBERED_BYTES:
            return self.optional_xml(path)
        try:
            self.refuse_unsafe(data)
            return _parsed(data)
        except (UnreadableFile, ElementTree.ParseError, LookupError):
            return None

    def bytes(self, path: str) -> bytes | None:
        """Unpack one part, None if it is not there. The size is counted while unpacking, because headers may lie."""
        entry = self._names.get(path.lower())
        if entry is None:
            return None
        with self._archive.open(entry) as stream:
            data = stream.read(MAX_XML_BYTES + 1)
        if len(data) > MAX_XML_BYTES:
            raise UnreadableFile(f"{self._name}解压后过大", "请核对来源；如果确实是文档，请拆分成几个文件后再导入")
        return data

    def relations(self, part: str) -> dict[str, str]:
        """Target part by relation type (the last word of its URI), of the package ("") or of a part."""
        found: dict[str, str] = {}
        for _, kind, path in self.all_relations(part):
            found.setdefault(kind, path)
        return found

    def all_relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """(id, last word of the type, target part) of each relation that stays within the package."""
        folder, _, name = part.rpartition("/")
        root = self.optional_xml(join(folder, "_rels", f"{name}.rels"))
        for relation in root if root is not None else ():
            target, kind = attribute(relation, "Target"), attribute(relation, "Type")
            if target and kind and attribute(relation, "TargetMode") != "External":
                # Relative to the part that names it, or absolute within the package.
                path = target if target.startswith("/") else join(dirname(part), target)
                yield attribute(relation, "Id") or "", kind.rpartition("/")[2], normpath(path).lstrip("/")


@lru_cache(maxsize=4)
def _parsed(data: bytes) -> Element:
    return ElementTree.fromstring(data)


@contextmanager
def open_parts(data: bytes, name: str) -> Iterator[Parts]:
    """Open a package; within, every fault of the archive is raised as UnreadableFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_ZIP_ENTRIES:
                raise UnreadableFile(f"{name}的压缩包里有过多的文件", "这不像正常的文档，请核对来源后另存为新文件")
            yield Parts(archive, name)
    # NotImplementedError: a compression method or encryption that zipfile lacks; RuntimeError: a zip password.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise faults.damaged(name) from error
    except RuntimeError as error:
        raise faults.encrypted(name) from error
