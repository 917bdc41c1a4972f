"""Old office files (.doc, .wps, .rtf, .xls, .et): LibreOffice makes a .docx or .xlsx of them, which is read."""

from __future__ import annotations

from dataclasses import replace

from ingest.errors import UnreadableFile
from ingest.readers import faults
from ingest.readers.office.program import SECONDS, ConversionFailed, converter
from ingest.readers.sniff import Content
from ingest.types import Document

# What each is called for the program, and for the person. A .wps or .et of Kingsoft is a .doc or .xls by content.
_SUFFIXES: dict[Content, str] = {"doc": ".doc", "works": ".wps", "rtf": ".rtf", "wordml": ".xml", "xls": ".xls"}
_NAMES: dict[Content, str] = {
    "doc": "旧版 Word 文档（.doc）",
    "works": "Works 文档（.wps）",
    "rtf": "RTF 文档",
    "wordml": "Word XML 文档",
    "xls": "旧版 Excel 表格（.xls）",
}


def read_office(data: bytes, content: Content) -> Document:
    """Read what `content` says it is (a key of the names above) by way of LibreOffice. Raises UnreadableFile."""
    name = _NAMES[content]
    program = converter()
    if program is None:
        raise faults.needs_program(name, ".xlsx" if content == "xls" else ".docx")
    try:
        converted = program.convert(data, _SUFFIXES[content], "xlsx" if content == "xls" else "docx")
    except ConversionFailed as error:
        if error.timed_out:
            raise UnreadableFile(f"{name}转换超过 {SECONDS:.0f} 秒仍未完成", faults.SAVE_AS_DOCX) from error
        raise faults.damaged(name) from error
    except OSError as error:  # no room for temporary files, or the program cannot be run
        raise UnreadableFile(f"{name}无法转换（{error.strerror}）", faults.SAVE_AS_DOCX) from error
    if content == "xls":
        from ingest.readers.xlsx.reader import read_xlsx

        return replace(read_xlsx(converted), format="doc")
    from ingest.readers.docx.reader import read_docx

    return replace(read_docx(converted), format="doc")
