"""Small files in the formats that the readers read, made without fonts, templates or an office suite."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def paragraph(text: str, properties: str = "") -> str:
    """A `w:p` with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A `w:tbl`, one paragraph per cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx_of(body: str, *, title: str = "", **parts: str) -> bytes:
    """A .docx; `parts` are the inner XML of styles, numbering, footnotes or endnotes."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    files = {
        "[Content_Types].xml": _types({"word/document.xml": "wordprocessingml.document.main"}),
        "_rels/.rels": _relations(
            (f"{_RELATIONS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": f"<coreProperties {NAMESPACES}><dc:title>{title}</dc:title></coreProperties>",
        "word/_rels/document.xml.rels": _relations(*((f"{_RELATIONS}/{name}", f"{name}.xml") for name in parts)),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {NAMESPACES}>{inner}</w:{roots[name]}>"
    return zip_of(files)


def xlsx_of(rows: Sequence[Sequence[object]], *, name: str = "Sheet1", extra: str = "", styles: str = "") -> bytes:
    """An .xlsx of one sheet: strings inline, numbers as they are, None for no cell, and `(value, style)` for a cell of
    that style; `extra` is XML behind the rows, `styles` the inner XML of the styles part.
    """
    sheet = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return workbook_of({name: f"<sheetData>{sheet}</sheetData>{extra}"}, styles=styles)


def workbook_of(sheets: dict[str, str], *, styles: str = "", attributes: dict[str, str] | None = None) -> bytes:
    """An .xlsx with sheets of that inner XML; `attributes` are further attributes of a sheet's entry, by its name."""
    more = attributes or {}
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n - 1}" {more.get(name, "")}/>' for n, name in enumerate(sheets, 1)
    )
    parts = [(f"{_RELATIONS}/worksheet", f"sheet{n}.xml") for n in range(len(sheets))]
    parts.append((f"{_RELATIONS}/styles", "st.xml"))
    files = {
        "[Content_Types].xml": _types(
            {"xl/workbook.xml": "spreadsheetml.sheet.main", "xl/st.xml": "spreadsheetml.styles"}
            | {f"xl/sheet{n}.xml": "spreadsheetml.worksheet" for n in range(len(sheets))}
        ),
        "_rels/.rels": _relations((f"{_RELATIONS}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(*parts),
        "xl/st.xml": f'<styleSheet xmlns="{_SHEET}">{styles}</styleSheet>',
    }
    for number, inner in enumerate(sheets.values()):
        files[f"xl/sheet{number}.xml"] = f'<worksheet xmlns="{_SHEET}">{inner}</worksheet>'
    return zip_of(files)


def _cell(value: object) -> str:
    value, style = value if isinstance(value, tuple) else (value, 0)
    place = f's="{style}"' if value is not None else ""
    if isinstance(value, str):
        return f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c {place}/>" if value is None else f"<c {place}><v>{value}</v></c>"


def zip_of(files: dict[str, str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of text files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(*pairs: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(pairs))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


@dataclass(frozen=True, slots=True)
class Print:
    """A line of text at a place on an A4 page (595 by 842 points, y upwards)."""

    x: float
    y: float
    text: str
    size: float = 14


def pdf_of(pages: Sequence[Sequence[Print]], *, title: str = "") -> bytes:
    """A PDF in STSong-Light, a font that viewers bring along. An empty page gets a grey box, as a scan has one."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        f"<< /Title <FEFF{title.encode('utf-16-be').hex()}> >>",
    ]
    for page in pages:
        shown = "".join(
            f"BT /F {line.size} Tf {line.x} {line.y} Td <{line.text.encode('utf-16-be').hex()}> Tj ET\n"
            for line in page
        )
        content = shown or "0.5 g 100 100 200 200 re f\n"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table_at = len(data)
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode()
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table_at}\n%%EOF\n".encode()
    return data


def typeset(paragraphs: Sequence[str], *, width: int = 20, rows: int = 10, x: float = 90) -> list[list[Print]]:
    """Paragraphs as a word processor sets them: two characters of indent, `width` full-width characters a line,
    `rows` lines a page. Full-width characters only.
    """
    lines: list[Print] = []
    for text in paragraphs:
        first, rest = text[: width - 2], text[width - 2 :]
        lines.append(Print(x + 28, 0, first))
        lines += [Print(x, 0, rest[at : at + width]) for at in range(0, len(rest), width)]
    return [
        [Print(line.x, 720 - 28 * row, line.text) for row, line in enumerate(lines[at : at + rows])]
        for at in range(0, len(lines), rows)
    ]
