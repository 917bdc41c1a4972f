"""PDFs drawn page by page: text anywhere, at any angle and in any colour, rules, columns and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf.reader import read_pdf
from ingest.types import Document

WIDTH, HEIGHT = 595, 842
SENTENCE = "今年以来全县卫生健康系统紧扣群众健康需求攻坚克难深化改革各项任务如期完成"
OTHER = "下一步我们将补齐基层短板抓实重点人群健康管理加快新院区建设确保明年投入使用"

Draw = Callable[[Canvas], None]


def drawn(*pages: Sequence[Draw], size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF of pages in STSong-Light; each page is what is drawn on it, in that order."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for page in pages:
        canvas.setFont("STSong-Light", 14)
        for draw in page:
            canvas.saveState()
            draw(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(
    x: float, y: float, string: str, *, size: float = 14, angle: float = 0, grey: float = 0, spread: float = 0
) -> Draw:
    """A string from a place on; `spread` is white put between its characters, in points."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(grey)
        canvas.translate(x, y)
        canvas.rotate(angle)
        line = canvas.beginText(0, 0)
        line.setFont("STSong-Light", size)
        line.setCharSpace(spread)
        line.textOut(string)
        canvas.drawText(line)

    return draw


def moved(draw: Draw, x: float, y: float, *, angle: float = 0) -> Draw:
    """The same with the page's lower left corner at another place, turned counter-clockwise."""

    def at(canvas: Canvas) -> None:
        canvas.translate(x, y)
        canvas.rotate(angle)
        draw(canvas)

    return at


def running(string: str, *, x: float, y: float, width: int, pitch: float = 28, size: float = 14) -> list[Draw]:
    """A paragraph of `width` full-width characters a line, its first line indented by two."""
    first, rest = string[: width - 2], string[width - 2 :]
    lines = [first, *(rest[at : at + width] for at in range(0, len(rest), width))]
    return [
        text(x if number else x + 2 * size, y - number * pitch, line, size=size) for number, line in enumerate(lines)
    ]


def rule(x0: float, y0: float, x1: float, y1: float) -> Draw:
    """A thin line."""
    return lambda canvas: canvas.line(x0, y0, x1, y1)


def ruled(rows: Sequence[Sequence[Sequence[str]]], *, x: float, y: float, width: float, height: float) -> list[Draw]:
    """A table with all its rules; a cell is its lines, of 10 points. `y` is its upper edge."""
    columns = max(map(len, rows))
    draws = [rule(x, y - n * height, x + columns * width, y - n * height) for n in range(len(rows) + 1)]
    draws += [rule(x + n * width, y, x + n * width, y - len(rows) * height) for n in range(columns + 1)]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            for n, line in enumerate(cell):
                draws.append(text(x + c * width + 3, y - r * height - 13 * (n + 1), line, size=10))
    return draws


def aligned(rows: Sequence[Sequence[str]], *, places: Sequence[float], y: float, pitch: float = 20) -> list[Draw]:
    """A table without rules: the cells of each row at their places."""
    return [
        text(x, y - n * pitch, cell, size=12)
        for n, row in enumerate(rows)
        for x, cell in zip(places, row, strict=True)
        if cell
    ]


def read(*pages: Sequence[Draw]) -> Document:
    """What the reader makes of the pages."""
    return read_pdf(drawn(*pages))


def shown(*pages: Sequence[Draw]) -> list[str]:
    """The texts of the blocks."""
    return [block.text.text for block in read(*pages).blocks]


def rows_of(document: Document) -> list[str]:
    """The texts of the table rows."""
    return [block.text.text for block in document.blocks if block.kind == "table_row"]
