"""A draft as Markdown and as plain text, and what it says of its sources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.export.lines import chinese, level_of, line_of
from assistant.drafting.export.markdown import to_markdown
from assistant.drafting.export.sources import NO_SOURCES, QUOTED, excerpt, section_sources
from assistant.drafting.export.targets import target_table
from assistant.drafting.export.text import to_text
from assistant.drafting.types import Fact, Source
from tests.answer_builders import citation
from tests.paper_builders import exemplar, manuscript, order, section, source

SENT = order(addressee="各乡镇卫生院", date="2024-01-05")


def test_plain_text_is_the_document_indented_as_chinese_text_is() -> None:
    made = manuscript(section("公共卫生服务", "（一）做好筛查。完成10000人。"), order=SENT)
    assert to_text(made, with_sources=False).split("\n") == [
        "青禾县卫生健康局2024年工作计划",
        "",
        "各乡镇卫生院：",
        "　　一、公共卫生服务",
        "　　（一）做好筛查。完成10000人。",
        "",
        "　　附件：主要指标目标表",
        "",
        "青禾县卫生健康局",
        "2024年1月5日",
        "",
        "",
        "附件",
        "主要指标目标表",
        "",
        "指标\t上年完成\t本年目标\t来源",
        "两癌筛查\t—\t10000人\t起草单位提供",
        "家庭医生签约\t8.4万人\t9万人\t起草单位提供",
        "",
    ]


def test_markdown_has_a_heading_for_each_level_and_a_table() -> None:
    made = manuscript(
        section("公共卫生服务", "（一）做好筛查。完成10000人。\n（二）推进项目\n1.5亿元投入建设。"), order=SENT
    )
    blocks = to_markdown(made, with_sources=False).split("\n\n")
    assert blocks[:6] == [
        "# 青禾县卫生健康局2024年工作计划",
        "各乡镇卫生院：",
        "## 一、公共卫生服务",
        "**（一）做好筛查**。完成10000人。",
        "### （二）推进项目",
        "1.5亿元投入建设。",
    ]
    assert "| 两癌筛查 | — | 10000人 | 起草单位提供 |" in blocks[-1].split("\n")


def test_markdown_shows_text_as_it_stands() -> None:
    made = manuscript(section("", "<b>*重点*</b> | [链接](x)\n- 一条\n1. 两条\n---"))
    blocks = to_markdown(made).split("\n\n")
    assert blocks[1:5] == [r"\<b\>\*重点\*\</b\> \| \[链接\](x)", r"\- 一条", r"1\. 两条", r"\---"]


def test_both_forms_can_leave_the_sources_out() -> None:
    for form in (to_markdown, to_text):
        assert "来源说明" in form(manuscript()) and "〔1〕" in form(manuscript())
        assert "来源说明" not in form(manuscript(), with_sources=False)
        assert "〔1〕" not in form(manuscript(), with_sources=False)


def test_each_section_tells_its_facts_its_citations_and_what_it_was_modelled_on() -> None:
    first, second = section_sources(manuscript())
    assert (first.heading, second.heading) == ("一、公共卫生服务", "二、家庭医生签约")
    assert first.lines == ("起草单位提供：两癌筛查目标10000人", "起草单位提供：县中医医院迁建项目6月底前主体封顶")
    fact, cited, modelled = second.lines
    assert fact == "起草单位提供：家庭医生签约目标9万人，上年完成8.4万人"
    assert cited.startswith("〔1〕《青禾县卫生健康局2023年工作总结》")
    for part in (
        "2023年",
        "一、主要工作 › （二）家庭医生签约",
        "青禾.txt",
        "“签约8.4万人。”",
        "数字“8.4万人”",
        "改写为",
    ):
        assert part in cited
    for part in ("三、2023年打算 › （二）家庭医生签约", "2023年", "1.txt", "本单位上年计划的同一部分"):
        assert part in modelled


def test_a_section_without_sources_says_so() -> None:
    (only,) = section_sources(manuscript(section("", "【待填：签约，人】")))
    assert (only.heading, only.lines) == ("第1部分", (NO_SOURCES,))


def test_citations_keep_their_numbers_and_are_told_once_a_section() -> None:
    text = "签约8.4万人，随访8.4万人。"
    first = text.index("8.4")
    spans = (
        Source(first, first + 5, "figure", citation=2),
        source(text, "随访8.4万人", kind="figure", citation=2),
        source(text, "签约", kind="exemplar", citation=9),
        source(text, "签约", fact=99),
    )
    made = manuscript(section("签约", text, *spans), citations=(citation(1), citation(2)))
    ((line,),) = [one.lines for one in section_sources(made)]
    assert line.startswith("〔2〕") and "“8.4万人”、“随访8.4万人”" in line


def test_a_long_quote_is_cut_around_the_figure() -> None:
    quote = "前" * 200 + "签约8.4万人" + "后" * 200
    shown = excerpt(quote, "签约率8.4")
    assert len(shown) == QUOTED and "8.4万人" in shown and shown[0] == shown[-1] == "…"
    assert excerpt(quote) == "前" * 59 + "…"
    assert excerpt("签约\n8.4万人") == "签约 8.4万人"


@given(st.text(max_size=200), st.text(max_size=20))
def test_an_excerpt_is_a_short_part_of_the_quote(quote: str, around: str) -> None:
    shown = excerpt(quote, around)
    assert len(shown) <= QUOTED
    assert shown == " ".join(quote.split()) or shown.strip("…") in " ".join(quote.split())


def test_the_table_names_the_report_that_holds_the_result() -> None:
    def told(quote: str) -> str:
        made = manuscript(citations=(citation(1, quote),))
        table = target_table(made)
        assert table is not None
        return table.rows[1][3]

    assert told("家庭医生签约8.4万人。") == "完成数见《青禾县卫生健康局2023年工作总结》；目标由起草单位提供"
    assert told("家庭医生签约18.4万人。") == told("体检8.4万人。") == "起草单位提供"


def test_a_review_lists_target_before_result_and_a_half_year_speaks_of_no_last_year() -> None:
    facts = (Fact("签约目标9万人，完成9.1万人", "签约", target="9万人", result="9.1万人"),)
    review = target_table(manuscript(order=order(kind="总结", facts=facts)))
    half = target_table(manuscript(order=order(kind="下半年工作安排", facts=facts)))
    assert review is not None and (review.header[1:3], review.rows[0][1:3]) == (
        ("本年目标", "本年完成"),
        ("9万人", "9.1万人"),
    )
    assert half is not None and (half.header[1:3], half.rows[0][1:3]) == (("已完成", "目标"), ("9.1万人", "9万人"))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总体", 1),
        ("二十一、其他", 1),
        ("（十二）其他", 2),
        ("(一)其他", 2),
        ("3.其他", 3),
        ("3．其他", 3),
        ("（4）其他", 4),
        ("一是其他", 0),
        ("3.5万人", 0),
        ("2024.其他", 0),
        ("（县级）其他", 0),
        ("一", 0),
        ("", 0),
    ],
)
def test_levels_are_read_from_the_numbering(text: str, level: int) -> None:
    assert level_of(text) == level


@given(st.text(st.sampled_from("一二、（）12.。！字"), max_size=60))
def test_a_line_loses_nothing(text: str) -> None:
    line = line_of(text)
    assert line.text == text and (line.level > 0 or not line.head)


def test_numbers_of_headings_are_written_in_chinese() -> None:
    assert [chinese(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


def test_an_exemplar_without_passages_or_year_is_named_by_its_heading() -> None:
    bare = exemplar(passages=(), report=replace(exemplar().report, year=None), reason="")
    ((line,),) = [one.lines for one in section_sources(manuscript(section("签约", "", exemplars=(bare,))))]
    assert line == "写法参照《青禾县卫生健康局2023年工作总结》（年份不详，（二）家庭医生签约，1.txt）。"
