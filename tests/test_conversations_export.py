"""Conversations as documents, opened again with the tools that people use."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Computed, Sentence, Warning
from assistant.conversations.export import export, file_name, source_line
from assistant.conversations.types import Conversation, Turn, title_of
from tests.answer_builders import answer, citation
from tests.test_conversations_store import Clock

ANSWER = answer(
    Sentence("2023年签约8.4万人。", (1,)),
    Sentence("完成率为102%。", (1, 2), (Computed("102%", "5600/5500"),)),
    citations=(citation(1), citation(2, "任务数为\n5500人。", page=3, period="2023-H1")),
    warnings=(Warning("doubtful_figure", "84.2023%存疑。"),),
)
TURNS = (Turn("青禾县2023年签约多少？", ANSWER), Turn("那白石县呢？", fault="出错了，请重试。"))


def talk(title: str) -> Conversation:
    now = Clock()()
    return Conversation("a" * 32, title, "", now, now, 2)


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Style and text of every paragraph of a Word document."""
    return [(item.style.name, item.text) for item in Document(io.BytesIO(data)).paragraphs]


def test_the_word_document_holds_question_answer_with_marks_and_numbered_citations() -> None:
    found = paragraphs(export(talk(title_of(TURNS[0].question)), TURNS, "docx"))
    assert found[0] == ("Title", "青禾县2023年签约多少？")
    assert [text for style, text in found if style == "Heading 1"] == ["问：青禾县2023年签约多少？", "问：那白石县呢？"]
    texts = [text for _, text in found]
    assert texts[2:4] == ["2023年签约8.4万人。〔1〕", "完成率为102%。〔1〕〔2〕"]
    assert "计算：5600/5500 = 102%" in texts
    assert "注意：84.2023%存疑。" in texts
    assert (
        "〔1〕《青禾县卫生健康局2023年工作总结》（青禾县卫生健康局，2023年，总结，一、主要工作 › （二）家庭医生签约，"
        "青禾.txt）：“签约8.4万人。”"
    ) in texts
    assert any("所述时间 2023年上半年" in text and "第3页" in text and "“任务数为 5500人。”" in text for text in texts)
    assert texts[-1] == "出错了，请重试。"


def test_chinese_text_has_a_chinese_font_in_word() -> None:
    document = Document(io.BytesIO(export(talk("标题"), TURNS, "docx")))
    assert 'w:eastAsia="宋体"' in document.styles["Normal"].element.xml
    assert "asciiTheme" not in document.styles["Title"].element.xml


def test_markdown_says_the_same() -> None:
    text = export(talk("签约"), TURNS, "md").decode("utf-8")
    assert text.startswith(
        "# 签约\n\n## 问：青禾县2023年签约多少？\n\n2023年签约8.4万人。〔1〕\n\n完成率为102%。〔1〕〔2〕\n"
    )
    assert "〔2〕《青禾县卫生健康局2023年工作总结》（" in text
    assert "“签约8.4万人。”" in text


@pytest.mark.parametrize("hostile", ["<script>x</script>", "![图](http://192.0.2.1/x.png)", "**粗**", "# 题", "| a |"])
def test_markup_in_a_report_stays_text_in_markdown(hostile: str) -> None:
    shown = answer(Sentence(hostile, (1,)), citations=(citation(1, hostile),))
    text = export(talk(hostile), [Turn(hostile, shown)], "md").decode("utf-8")
    assert not re.search(rf"(?<!\\){re.escape(hostile)}", text)
    assert text.replace("\\", "").count(hostile) == 4


def test_lines_that_look_like_lists_stay_text_in_markdown() -> None:
    text = export(talk("一"), [Turn("问", answer(Sentence("1. 第一\n- 第二", ())))], "md").decode("utf-8")
    assert "1\\. 第一\n\\- 第二" in text


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_any_text_at_all_makes_a_document_that_opens(text: str) -> None:
    shown = answer(Sentence(text, (1,)), citations=(citation(1, text, report=text, section=(text,)),))
    assert len(paragraphs(export(talk(text), [Turn(text, shown)], "docx"))) == 4
    assert export(talk(text), [Turn(text, shown)], "md").decode("utf-8")


@given(st.text(max_size=60))
def test_the_file_name_has_no_character_that_a_file_system_refuses(title: str) -> None:
    name = file_name(talk(title), "docx")
    assert name.endswith(".docx") and len(name) > len(".docx")
    assert not set(name) & set('\\/:*?"<>|\n\r\t\0')


def test_a_source_of_unknown_year_says_so() -> None:
    assert "年份不详" in source_line(citation(year=None, org=None, period=None))
