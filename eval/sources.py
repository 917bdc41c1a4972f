"""The source texts that quotes are held against, read here and not by the product where a format allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

PLAIN_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})
_ENCODINGS = ("gb18030", "big5")


def possible_texts(data: bytes) -> tuple[str, ...]:
    """What the bytes of a .txt or .html file may be read as: as decoded, and with line ends folded to one newline.

    A byte order mark decides, then UTF-8 if it is valid; else every Chinese encoding that fits. Bytes that fit none
    are read as UTF-8 and GB18030 with replacement characters.
    """
    texts = _decoded(data)
    folded = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    return tuple(dict.fromkeys([*texts, *folded]))


def _decoded(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [data.decode("utf-16", errors="replace")]
    try:
        return [data.decode("utf-8-sig")]
    except UnicodeDecodeError:
        fitting = [text for encoding in _ENCODINGS if (text := _try(data, encoding)) is not None]
    return fitting or [data.decode("utf-8-sig", errors="replace"), data.decode("gb18030", errors="replace")]


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def merge_texts(pieces: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """File name → all texts known under that name."""
    merged: dict[str, tuple[str, ...]] = {}
    for name, texts in pieces:
        merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *texts)))
    return merged


def folder_texts(folder: Path) -> dict[str, tuple[str, ...]]:
    """The texts of all plain-text files under a folder, by file name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in PLAIN_SUFFIXES)
    return merge_texts((path.name, possible_texts(path.read_bytes())) for path in files)


def copies_of(sources: Iterable[tuple[str, ...]]) -> Mapping[str, frozenset[str]]:
    """File name → names of the files that hold the same report, from each report's list of sources."""
    copies: dict[str, frozenset[str]] = {}
    for names in sources:
        for name in names:
            copies[name] = copies.get(name, frozenset()) | frozenset(names)
    return copies
