"""What the web does to a report, one defect at a time."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from eval.sample import defects
from eval.sample.draft import mark
from eval.sample.sentences import CUT

CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("0123456789，。%"), max_size=300
)


def test_traditional_text_has_readings_in_brackets() -> None:
    assert defects.traditional("卫生总结") == "衛(wèi)生總(zǒng)結(jié)"


def test_synonyms_replace_whole_words() -> None:
    assert defects.synonyms("基本公共卫生服务项目") == "根本公共卫生效劳工程"


def test_every_ten_becomes_a_year() -> None:
    assert defects.replace_ten("完成1038人，达100%", 2023) == "完成202338人，达20230%"


def test_a_page_mark_falls_inside_the_figure_that_is_to_be_cut() -> None:
    assert defects.page_marks(f"管理率为91.{CUT}67%") == "1、管理率为91.\n\n2、67%"


@given(CHINESE)
def test_page_marks_lose_nothing_and_never_part_a_figure_by_themselves(text: str) -> None:
    pages = defects.page_marks(text, length=20).split("\n\n")
    assert "".join(re.sub(r"^\d+、", "", page, count=1) for page in pages) == text
    assert all(not page[-1].isdigit() for page in pages[:-1])


@given(CHINESE, st.integers(5, 60))
def test_hard_wrapped_lines_hold_the_same_characters(text: str, width: int) -> None:
    wrapped = defects.hard_wrap(text, width)
    assert wrapped.replace("\n", "") == text
    assert max(map(len, wrapped.split("\n"))) <= width


@given(CHINESE)
def test_dropped_characters_are_never_figures(text: str) -> None:
    assert re.findall(r"\d", defects.dropped(text, every=5)) == re.findall(r"\d", text)


def test_dropped_characters_leave_private_use_ones_behind() -> None:
    hurt = defects.dropped("卫生健康工作持续推进" * 3, every=5)
    assert len(hurt) < 30
    assert any("\ue000" <= char <= "\uf8ff" for char in hurt)


@given(CHINESE)
def test_sentence_marks_survive_every_defect(text: str) -> None:
    marked = mark(7, text)
    for hurt in (
        defects.traditional(marked),
        defects.synonyms(marked),
        defects.replace_ten(marked, 2023),
        defects.hard_wrap(marked, 10),
        defects.dropped(marked),
        defects.page_marks(marked, 15),
    ):
        assert hurt.count(chr(0xF0007)) == hurt.count(chr(0x100007)) == 1


def test_a_truncated_copy_ends_after_the_first_words_of_the_plan() -> None:
    text = "总结部分。三、2024年工作计划（一）抓好公共卫生，后面还有很多内容要写"
    cut = defects.truncate(text, text.index("三、"), keep=20)
    assert "总结部分。三、2024年工作计划" in cut
    assert "很多内容" not in cut
    assert cut.endswith(defects.TRUNCATION_NOTICE)


def test_a_collection_numbers_its_reports() -> None:
    assert defects.collection(["甲", "乙"], "第") == "第一篇：甲\n\n第二篇：乙"
    assert "总结篇二\n乙" in defects.collection(["甲", "乙"], "篇")


def test_digits_can_be_hidden() -> None:
    assert defects.hide_digits("截至12月10日完成9,385人", "x") == "截至x月x日完成x人"


def test_site_furniture_stands_around_the_text() -> None:
    page = defects.sharing("正文内容", "某县总结", 41)
    assert page.index("上传人") < page.index("正文内容") < page.index("猜你喜欢")
