"""A conversation as a document: each question, its answer with citation marks, and the citations numbered below it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, Literal

from assistant.answer import Answer, Citation
from assistant.conversations.types import Conversation, Turn
from ingest.period import Period

Kind = Literal["md", "docx"]
KINDS: tuple[Kind, ...] = ("md", "docx")

_PARTS = {"review": "总结", "problem": "问题", "plan": "计划"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#+|~!$&])")
_LIST_LIKE = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-=])", re.MULTILINE)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]+')
_NO_ANSWER = "（没有回答）"
_BODY, _HEAD = "宋体", "黑体"


def export(conversation: Conversation, turns: Sequence[Turn], kind: Kind) -> bytes:
    """The file's bytes: Markdown in UTF-8, or a Word document."""
    if kind == "md":
        return _markdown(conversation, turns).encode("utf-8", "replace")
    return _docx(conversation, turns)


def file_name(conversation: Conversation, kind: Kind) -> str:
    """The title as a name that every file system takes."""
    stem = _NOT_IN_NAMES.sub(" ", conversation.title).strip(" .")
    return f"{PurePath(stem).name or '对话'}.{kind}"


def source_line(citation: Citation) -> str:
    """Where a quote stands: report, body, year, section, file, page."""
    year = "年份不详" if citation.year is None else f"{citation.year}年"
    about = [*([citation.org] if citation.org else []), year]
    if citation.period is not None and citation.period != str(citation.year):
        about.append(f"所述时间 {_period(citation.period)}")
    if citation.part is not None:
        about.append(_PARTS[citation.part])
    if citation.section:
        about.append(" › ".join(citation.section))
    about.append(citation.source_file)
    if citation.page is not None:
        about.append(f"第{citation.page}页")
    return f"《{citation.report}》（{'，'.join(about)}）"


def _period(stored: str) -> str:
    """A stored period in words: 2022-H1 → 2022年上半年, 2021/2025 → 2021—2025年."""
    period = Period.parse(stored)
    if period.half is not None:
        return f"{period.first}年{'上' if period.half == 1 else '下'}半年"
    return f"{period.first}年" if period.first == period.last else f"{period.first}—{period.last}年"


def _after(answer: Answer) -> Iterator[str]:
    """What stands between the answer and its citations: cautions, who wrote it."""
    yield from (f"注意：{warning.text}" for warning in answer.warnings)
    if answer.note:
        yield answer.note
    if answer.model:
        yield f"由语言模型 {answer.model} 撰写，逐句核对后采用。"


def _computed(answer: Answer) -> Iterator[str]:
    for sentence in answer.sentences:
        yield from (f"计算：{item.expression} = {item.value}" for item in sentence.computed)


def _markdown(conversation: Conversation, turns: Sequence[Turn]) -> str:
    lines = [f"# {_plain(conversation.title)}", ""]
    for turn in turns:
        lines += [f"## 问：{_plain(' '.join(turn.question.split()))}", ""]
        answer = turn.answer
        if answer is None:
            lines += [_plain(turn.fault or _NO_ANSWER), ""]
            continue
        for sentence in answer.sentences:
            lines += [_plain(sentence.marked()), ""]
        for line in [*_computed(answer), *_after(answer)]:
            lines += [f"> {_plain(_one_line(line))}", ""]
        for item in answer.citations:
            lines += [f"〔{item.n}〕{_plain(source_line(item))}：“{_plain(_one_line(item.quote))}”", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    escaped = _MARKDOWN.sub(r"\\\1", text)
    return _LIST_LIKE.sub(lambda at: f"{at[1]}{at[2]}\\{at[3]}" if at[2] else f"{at[4]}\\{at[5]}", escaped)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _docx(conversation: Conversation, turns: Sequence[Turn]) -> bytes:
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = printable(conversation.title)
    document.core_properties.author = ""
    document.core_properties.created = conversation.created.replace(tzinfo=None)
    for style, font, size in (("Normal", _BODY, 12), ("Title", _HEAD, 20), ("Heading 1", _HEAD, 14)):
        _set_font(document.styles[style], font, Pt(size))
    document.add_paragraph(printable(conversation.title), style="Title")
    for turn in turns:
        document.add_paragraph(printable(f"问：{_one_line(turn.question)}"), style="Heading 1")
        answer = turn.answer
        if answer is None:
            document.add_paragraph(printable(turn.fault or _NO_ANSWER))
            continue
        for sentence in answer.sentences:
            document.add_paragraph(printable(sentence.marked()))
        small = [*_computed(answer), *_after(answer)]
        small += [f"〔{item.n}〕{source_line(item)}：“{_one_line(item.quote)}”" for item in answer.citations]
        for line in small:
            run = document.add_paragraph().add_run(printable(line))
            run.font.size = Pt(10.5)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_font(style: Any, name: str, size: int) -> None:
    """Name the font for Chinese text as well; Word keeps the two apart."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name = name
    style.font.size = size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)


def printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
