"""What an OLE2 compound file holds: Word, Excel and PowerPoint before 2007, WPS, and locked documents of any year."""

from __future__ import annotations

import io
from typing import Literal

from ingest.readers import faults

Kind = Literal["doc", "works", "xls"]

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENTS = ("worddocument", "workbook", "book", "powerpoint document", "encryptedpackage", "contents", "matost")
_WORD_LOCKED = 0x0100  # fEncrypted, a bit of the word at offset 10 of the FIB ([MS-DOC] 2.5.2)
_EXCEL_LOCK = 0x002F  # the FilePass record ([MS-XLS] 2.4.117); it stands right behind the first record
_RECORDS = 8
_FUZZED = (OSError, LookupError, ValueError, TypeError, AttributeError, OverflowError, MemoryError, RecursionError)
"""olefile checks a good deal, but a fuzzed file still makes it index beyond what it has read, and entries that name
each other as children send it round in circles.
"""


def kind_of(data: bytes) -> Kind:
    """Which program's file this is, by the streams in its root.

    Raises UnreadableFile for a damaged or locked file, and for content that is no document.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {entry[0].lower(): entry[0] for entry in ole.listdir() if len(entry) == 1}
            found = next((name for name in _CONTENTS if name in names), None)
            head = ole.openstream(names[found]).read(4096) if found in {"worddocument", "workbook", "book"} else b""
    except _FUZZED as error:
        raise faults.damaged("旧版 Office 文档") from error
    if found == "encryptedpackage":
        raise faults.encrypted("Office 文档")
    if found == "powerpoint document":
        raise faults.other_format("幻灯片（PowerPoint）", "请另存为 .docx 或 .pdf 后再导入")
    if found == "worddocument":
        if len(head) >= 12 and int.from_bytes(head[10:12], "little") & _WORD_LOCKED:
            raise faults.encrypted("Word 文档")
        return "doc"
    if found in {"workbook", "book"}:
        if _has_lock(head):
            raise faults.encrypted("Excel 表格")
        return "xls"
    if found is not None:  # Microsoft Works
        return "works"
    raise faults.other_format("无法识别的旧版 Office 文件", faults.SAVE_AS_DOCX)


def _has_lock(stream: bytes) -> bool:
    at = 0
    for _ in range(_RECORDS):
        record, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if record == _EXCEL_LOCK:
            return True
        at += 4 + size
    return False
