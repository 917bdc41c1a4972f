"""HTML gives the blocks that a browser shows, each character leading back to the markup it came from."""

from __future__ import annotations

import re
import time
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import read_document
from ingest.types import Document


def read(markup: str, encoding: str = "utf-8") -> Document:
    return read_document(Path("page.html"), markup.encode(encoding))


def shown(markup: str) -> list[str]:
    return [block.text.text for block in read(markup).blocks]


def kinds(markup: str) -> list[tuple[str, str, int | None]]:
    return [(block.text.text, block.kind, block.level) for block in read(markup).blocks]


def test_the_text_is_the_source_with_its_markup() -> None:
    markup = "<p>全年完成<b>4480</b>人</p>"
    assert read(markup).text == markup


def test_a_quote_spans_the_markup_inside_it() -> None:
    document = read("<p>完成率&nbsp;<b>102.3</b>%。</p>")
    block = document.blocks[0]
    assert block.text.text == "完成率\xa0102.3%。"
    start, end = block.text.span(0, 9)
    assert document.text[start:end] == "完成率&nbsp;<b>102.3"


def test_a_character_reference_is_one_character_that_maps_to_all_of_it() -> None:
    document = read("<p>A&ldquo;B&#8221;C&#x4e00;D&amp;E</p>")
    block = document.blocks[0]
    assert block.text.text == "A“B”C一D&E"
    assert document.text[block.text.starts[1] : block.text.ends[1]] == "&ldquo;"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&nbsp文", "\xa0文"),
        ("&copy2022", "©2022"),
        ("&unknown;", "&unknown;"),
        ("R&D", "R&D"),
        ("&", "&"),
        ("&#;", "&#;"),
    ],
)
def test_character_references_without_semicolon_or_meaning_read_as_in_a_browser(written: str, meant: str) -> None:
    assert shown(f"<p>甲{written}乙</p>") == [f"甲{meant}乙"]


def test_white_space_collapses_and_a_line_break_between_chinese_characters_is_none() -> None:
    assert shown("<p>\n  加强基层\n  服务   能力 2023\n 年 </p>") == ["加强基层服务 能力 2023 年"]


def test_paragraphs_line_breaks_and_headings_make_blocks() -> None:
    markup = "<h1>总结</h1><div>导语<p>第一段<br>第二段<br/><br/>第三段</div><h3>一、成绩</h3>"
    assert kinds(markup) == [
        ("总结", "heading", 1),
        ("导语", "paragraph", None),
        ("第一段", "paragraph", None),
        ("第二段", "paragraph", None),
        ("第三段", "paragraph", None),
        ("一、成绩", "heading", 3),
    ]


def test_end_tags_may_be_left_out() -> None:
    assert kinds("<ul><li>甲<li>乙</ul><p>丙<p>丁") == [
        ("甲", "list_item", None),
        ("乙", "list_item", None),
        ("丙", "paragraph", None),
        ("丁", "paragraph", None),
    ]


def test_what_is_no_running_text_is_left_out() -> None:
    markup = (
        "<p>正文<script>if (a<b) document.write('<p>广告</p>')</script><!-- 注释 <p>旧稿</p> -->"
        "<style>p{}</style><noscript>请启用脚本</noscript><template><p>模板</p></template>继续</p>"
    )
    assert shown(markup) == ["正文继续"]


def test_text_salted_into_a_sentence_against_copying_is_left_out_but_a_folded_section_is_kept() -> None:
    markup = (
        '<p>完成<span style="DISPLAY : none">盗版必究</span>签约</p><div style="display:none"><p>展开后的正文</p></div>'
    )
    assert shown(markup) == ["完成签约", "展开后的正文"]


def test_the_pinyin_of_ruby_text_is_left_out() -> None:
    assert shown("<p><ruby>卫<rp>(</rp><rt>wei</rt><rp>)</rp></ruby>生</p>") == ["卫生"]


def test_preformatted_lines_stay_lines() -> None:
    assert shown("<pre>第一行\n第二行\n\n第三行</pre>") == ["第一行", "第二行", "第三行"]
    assert shown('<div style="white-space: pre-wrap">甲\n乙</div>') == ["甲", "乙"]


def test_a_page_without_any_tag_keeps_its_lines() -> None:
    assert shown("某县工作总结\n一、成绩&amp;问题\n") == ["某县工作总结", "一、成绩&问题"]


def test_a_data_row_is_one_block_that_keeps_its_header() -> None:
    markup = (
        "<table><tr><th>指标<th>任务数<th>完成数</tr>"
        "<tr><td>筛查</td><td></td><td><p>4480人</p></td></tr><tr><td></td><td>10</td><td>12</td></tr></table>"
    )
    document = read(markup)
    assert [(block.text.text, block.kind) for block in document.blocks] == [
        ("指标 | 任务数 | 完成数", "table_row"),
        ("指标：筛查 | 完成数：4480人", "table_row"),
        ("任务数：10 | 完成数：12", "table_row"),
    ]
    start, end = document.blocks[2].text.span()
    assert document.text[start:end] == "10</td><td>12"


def test_a_layout_table_reads_as_the_paragraphs_in_it() -> None:
    article = "".join(f"<p>第{n}段，{'全县卫生健康系统攻坚克难。' * 10}</p>" for n in range(3))
    document = read(f"<table><tr><td>左栏</td><td>{article}</td></tr></table>")
    assert [block.kind for block in document.blocks] == ["paragraph"] * 3
    nested = "<table><tr><td>左</td><td><table><tr><td>指标</td><td>5</td></tr></table></td></tr></table>"
    assert kinds(nested) == [("左", "paragraph", None), ("指标 | 5", "table_row", None)]


def test_angle_brackets_that_are_no_tags_are_text() -> None:
    assert shown("<p>血压<140/90，合格率 < 95%</p>") == ["血压<140/90，合格率 < 95%"]


def test_an_unclosed_comment_or_tag_does_not_swallow_the_report() -> None:
    assert shown("<p>甲</p><!-- 没有结尾 ><p>乙</p>") == ["甲", "乙"]
    assert shown('<p>甲</p><p class="没有结尾>乙</p><p>丙</p>')[0] == "甲"
    assert "乙" in "".join(shown("<p>甲</p><p 乙"))


def test_a_stray_inline_end_tag_does_not_break_a_paragraph_apart() -> None:
    assert shown("<div><p>甲</b>乙</i></span>丙</p></div>") == ["甲乙丙"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5", "shift_jis", "idna", "hex", "no-such"])
def test_the_declared_encoding_may_be_wrong(declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    markup = f"<html><head>{meta}</head><p>卫生健康工作总结"
    assert read(markup, "gb18030").blocks[0].text.text == "卫生健康工作总结"
    assert read(markup).encoding == "utf-8"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta name="ArticleTitle" content="甲县 总结"><title>甲县总结-某站</title>', "<h1>网站名</h1>", "甲县 总结"),
        ('<meta content="乙县总结" property="og:title">', "", "乙县总结"),
        ("<title>丙县2023年总结_公开_某县政府</title>", "<h1>丙县2023年总结</h1>", "丙县2023年总结"),
        ("<title>\n丁县&middot;总结\n</title>", "", "丁县·总结"),
        ("", "<h1>戊县总结</h1>", "戊县总结"),
        ("", "", None),
    ],
)
def test_the_title_is_the_most_exact_one_that_the_page_declares(head: str, body: str, title: str | None) -> None:
    assert read(f"<html><head>{head}</head><body>{body}<p>正文</p></body></html>").title == title


_BROKEN = ["<!--", "<a ", "<!", "</", "<a b='", "<?", "&#", "<title>", "<script>", "<p>", "<b>", "</b>", "<div>", "&a"]
_BROKEN += [
    "<table><tr><td>",
    "<a href=x>",
    "<td>x",
    '<a b=">"',
    "\n ",
    "<p>a</b>",
    "<tr><td>a<td>b<table>",
    "=",
    "<a =' ",
]


@pytest.mark.parametrize("piece", _BROKEN)
@pytest.mark.parametrize("tail", ["", "\">'-->"])
def test_repeated_broken_markup_takes_time_in_proportion_to_its_length(piece: str, tail: str) -> None:
    started = time.process_time()
    try:
        read(piece * (20_000 // len(piece)) + tail + "正文")
    except UnreadableFile as error:
        assert error.remedy
    assert time.process_time() - started < 2


_PIECES = [
    "<p>",
    "</p>",
    "<b>",
    "</div>",
    "<div class='x'>",
    "<br>",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<li>",
    "<a href=x>",
]
_PIECES += [
    "</a>",
    "&nbsp;",
    "&amp",
    "&#19968;",
    "&",
    "<!--",
    "-->",
    "<",
    ">",
    "一",
    "二。",
    " ",
    "\n",
    "A",
    "9",
    '"',
    "<script>",
]


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60).map("".join))
def test_every_character_is_its_source_or_the_blank_that_white_space_became(markup: str) -> None:
    try:
        document = read(markup)
    except UnreadableFile:
        return
    for block in document.blocks:
        glue = {found.start() + n for found in re.finditer(r" \| ", block.text.text) for n in range(3)}
        for index, character in enumerate(block.text.text):
            source = document.text[block.text.starts[index] : block.text.ends[index]]
            assert (
                unescape(source) == character
                or (character == " " and not source.strip())
                or (index in glue and not source)
            )
        assert list(block.text.starts) == sorted(block.text.starts)


@given(st.lists(st.text(st.sampled_from("一二三四五。，<&>"), min_size=1, max_size=20), min_size=1, max_size=8))
def test_escaped_paragraphs_come_back_as_they_were(paragraphs: list[str]) -> None:
    from html import escape

    assert shown("".join(f"<p>{escape(text)}</p>" for text in paragraphs)) == paragraphs
