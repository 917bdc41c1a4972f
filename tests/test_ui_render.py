"""Answers as HTML: complete, linked, and harmless whatever the sources hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Computed, Sentence, Warning, WarningKind
from assistant.conversations import Turn
from tests.answer_builders import answer, citation
from ui.answer_copy import bare, plain, rich
from ui.asking import Live
from ui.escape import escape
from ui.render import answer_html, messages
from ui.strings import WARNINGS

NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="<>&\"'`*_#|[](){}$\\~!:@ab\n 1。", max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</div></div><h1>",
            "[点我](javascript:alert(1))",
            "![](http://192.0.2.1/x.png)",
            "**粗** _斜_ # 题\n\n| a | b |\n|---|---|\n\n    code",
            "{{constructor.constructor('x')()}} ${x}",
            "&lt;b&gt; &amp;#60;",
            "$$x^2$$ ``` ~~~",
        ]
    ),
)


class Reader(HTMLParser):
    """What a browser makes of the HTML: visible text per element class, tags, links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        if tag == "a":
            self.links.append(given.get("href") or "")
        self._open.append(given.get("class") or "")
        self.texts.setdefault(self._open[-1], []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for kind in set(self._open):
            self.texts[kind][-1] += data


def printable(text: str) -> str:
    """Text without what is never shown: control characters and characters that reorder others. Line ends are equal."""
    lines = re.sub("[\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]", "", lines)


@given(NASTY)
def test_escaped_text_is_one_line_without_anything_to_interpret(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'`*_|\[\](){}$\\~!:@\n\r]", escaped)
    assert printable(Reader(f"<p>{escaped}</p>").texts[""][0]) == printable(text)


def test_characters_that_reorder_text_are_shown_as_damage() -> None:
    assert escape("完成\u202e1234\u202c人") == "完成\ufffd1234\ufffd人"


@given(st.lists(NASTY, min_size=1, max_size=3), NASTY, NASTY)
def test_whatever_the_sources_hold_only_the_page_s_own_elements_appear(
    texts: list[str], quote: str, title: str
) -> None:
    cited = citation(1, quote, report=title, section=(title, quote), source_file=title, org=title)
    made = answer(
        *(Sentence(text, (1,)) for text in texts),
        citations=(cited,),
        warnings=(Warning("doubtful_figure", quote),),
    )
    html = answer_html(made, 0)
    read = Reader(html)
    assert read.tags <= {"div", "p", "a", "span", "ul", "li", "details", "summary", "button", "sup"}
    assert read.attributes <= {"class", "href", "title", "aria-label", "hidden", "type"}
    assert set(read.links) <= {"#cite-0-1"}
    assert "\n" not in html


@given(st.lists(st.tuples(NASTY, st.lists(st.integers(1, 4), max_size=3)), min_size=1, max_size=4))
def test_the_answer_is_shown_complete_with_its_marks_in_place(parts: list[tuple[str, list[int]]]) -> None:
    made = answer(
        *(Sentence(text, tuple(numbers)) for text, numbers in parts),
        citations=tuple(citation(n) for n in range(1, 5)),
    )
    read = Reader(answer_html(made, 0))
    assert [printable(text) for text in read.texts["sentence"]] == [printable(s.marked()) for s in made.sentences]


def test_every_mark_and_every_card_leads_to_its_citation_of_its_own_turn() -> None:
    made = answer(Sentence("甲。", (1,)), Sentence("乙。", (2, 1)), citations=(citation(1), citation(2)))
    html = answer_html(made, 7)
    assert re.findall(r'<a class="mark" href="#cite-7-(\d)"', html) == ["1", "2", "1"]
    assert re.findall(r'<a class="card" href="#cite-7-(\d)"', html) == ["1", "2"]


def test_a_card_says_where_the_quote_stands() -> None:
    made = answer(Sentence("甲。", (1,)), citations=(citation(1, "签约8.4万人。", page=3, period="2023-H1"),))
    (card,) = Reader(answer_html(made, 0)).texts["card"]
    for said in (
        "青禾县卫生健康局2023年工作总结",
        "2023年上半年",
        "总结",
        "一、主要工作 › （二）家庭医生签约",
        "青禾.txt",
        "第3页",
        "签约8.4万人。",
    ):
        assert said in card


def test_many_citations_fold() -> None:
    html = answer_html(answer(Sentence("甲。", (1,)), citations=tuple(citation(n) for n in range(1, 6))), 0)
    assert html.index("<details>") > html.index('href="#cite-0-3"')
    assert "另有2条依据" in html


@pytest.mark.parametrize("kind", list(WARNINGS))
def test_each_kind_of_warning_is_told_apart_and_stands_outside_the_answer(kind: WarningKind) -> None:
    made = answer(Sentence("甲。", (1,)), citations=(citation(),), warnings=(Warning(kind, "请核对原件。"),))
    read = Reader(answer_html(made, 0))
    assert read.texts[f"caution {kind}"] == [f"{WARNINGS[kind]}请核对原件。"]
    assert "请核对原件" not in read.texts["text"][0]


def test_a_computed_value_is_marked_as_computed_with_its_expression() -> None:
    made = answer(Sentence("完成率101.82%。", (1,), (Computed("101.82%", "5600/5500"),)), citations=(citation(),))
    assert Reader(answer_html(made, 0)).texts["computed"] == ["按引文数字计算：5600/5500 = 101.82%"]


def test_an_abstention_has_nothing_to_copy_and_no_sources() -> None:
    html = answer_html(answer(Sentence("档案中未找到相关内容。", ()), abstained=True), 0)
    assert 'class="answer abstained"' in html
    assert "copy" not in html
    assert "sources" not in html


def test_the_conversation_alternates_questions_and_replies() -> None:
    turns = [Turn("问<b>", answer(Sentence("答。", ()))), Turn("又问", fault="档案正忙，请稍后再试。")]
    made = messages(turns, Live("再问"))
    assert [message["role"] for message in made] == ["user", "assistant"] * 3
    assert made[0]["content"] == '<div class="asked">问&#60;b&#62;</div>'
    assert "档案正忙，请稍后再试。" in made[3]["content"]
    assert "正在查找" in made[5]["content"]


def test_what_is_copied_holds_answer_warnings_and_citations_as_plain_text() -> None:
    made = answer(
        Sentence("签约8.4万人。", (1,)), citations=(citation(),), warnings=(Warning("other_year", "这是2023年的数。"),)
    )
    assert plain(made).splitlines() == [
        "签约8.4万人。〔1〕",
        "",
        "※ 年份不同：这是2023年的数。",
        "",
        "依据：",
        "〔1〕青禾县卫生健康局2023年工作总结"
        "（2023年，总结，一、主要工作 › （二）家庭医生签约，青禾.txt）：“签约8.4万人。”",
    ]


def test_what_is_copied_without_citations_is_the_sentences_alone() -> None:
    made = answer(Sentence("甲。", (1,)), Sentence("乙。", (1, 2)), citations=(citation(1), citation(2)))
    assert bare(made) == "甲。\n乙。"


def test_what_a_word_processor_gets_has_raised_marks_and_nothing_to_interpret() -> None:
    made = answer(Sentence("国卫〔2021〕3号<b>。", (1,)), citations=(citation(),))
    assert rich(made).startswith("<p>国卫〔2021〕3号&#60;b&#62;。<sup>〔1〕</sup></p>")
    assert Reader(rich(made)).tags == {"p", "sup"}


def test_a_verdict_is_shown_on_and_its_note_kept_out_of_the_markup() -> None:
    turns = [Turn("问", answer(Sentence("答。", ()))), Turn("又问", answer(Sentence("又答。", ())))]
    shown = messages(turns, judged={1: ("bad", "<b>旧</b>")})
    assert 'class="judge good"' in shown[1]["content"] and "judge bad on" not in shown[1]["content"]
    assert "judge bad on" in shown[3]["content"] and "&#60;b&#62;旧" in shown[3]["content"]


def test_suggestions_stand_under_the_last_answer_only_and_not_while_another_is_coming() -> None:
    turns = [Turn("问", answer(Sentence("答。", ()))), Turn("又问", answer(Sentence("又答。", ())))]
    shown = messages(turns, following=["前一年呢？"])
    assert "followup" not in shown[1]["content"] and "前一年呢？" in shown[3]["content"]
    assert "followup" not in messages(turns, Live("再问"), following=["前一年呢？"])[3]["content"]
