"""Names inside a zip: what they were when somebody typed them, and whether they stay inside."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Sequence

from ingest.finding.filenames import printable

_IS_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:")


def names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names as text. Each says that it is UTF-8, or is in the encoding of the PC that made the zip.

    All names that say nothing come from one PC, so they are decoded alike: as UTF-8 (macOS) if all of them can be,
    else as GB18030 (Windows in Chinese), else as the cp437 of the format's description (APPNOTE 4.4.17, appendix D).
    """
    raw = [None if entry.flag_bits & _IS_UTF8 else entry.orig_filename.encode("cp437") for entry in entries]
    unsaid = [item for item in raw if item is not None]
    encoding = next((name for name in ("utf-8", "gb18030") if all(_fits(item, name) for item in unsaid)), "cp437")
    return [
        _unicode_path(entry, item) or (entry.orig_filename if item is None else item.decode(encoding))
        for entry, item in zip(entries, raw, strict=True)
    ]


def inner_path(name: str) -> str | None:
    """The path inside the zip, with `/` and readable; None for one that leads out of it or nowhere."""
    steps = name.replace("\\", "/").split("/")
    if steps[0] == "" or _DRIVE.match(name) or ".." in steps or "\0" in name:
        return None
    kept = [printable(step) for step in steps if step not in ("", ".")]
    return "/".join(kept) or None


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unicode_path(entry: zipfile.ZipInfo, raw: bytes | None) -> str | None:
    """The UTF-8 name that Info-ZIP and 7-Zip add in an extra field, if it belongs to this very name."""
    extra = entry.extra
    while raw is not None and len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<BL", body) == (1, zlib.crc32(raw)):
            return body[5:].decode("utf-8", "replace")
    return None
