"""Questions on two-year chains: how they are made, and that wrong answers are judged wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Sentence
from eval.figures.answers import judge, measures, shows
from eval.figures.questions import TODAY, Asked, Body, Slot, make_questions
from eval.figures.wordings import EACH, Draw, wordings

OLD, NEW = "2025_霁月省_政府工作报告.txt", "2026_霁月省_政府工作报告.txt"
TEXTS = {
    OLD: "今年主要预期目标是：地区生产总值增长6%左右，城镇新增就业31万人以上，居民收入增长与经济增长同步。",
    NEW: "地区生产总值增长6.3%。五年来，地区生产总值年均增长7.1%。城镇、农村居民收入分别增长4.1%、5.2%。"
    "今年，地区生产总值增长5%—5.5%。",
}
SHARED = Path(__file__).parents[1].parent / "shared" / "archive"


def slot(file: str, text: str, indicator: str, kind: str, numbers: tuple[str, ...] | None, unit: str = "%") -> Slot:
    start = TEXTS[file].index(text)
    return Slot(file, start, start + len(text), indicator, kind, numbers, unit, text)


TARGET = slot(OLD, "6%左右", "gdp", "target_2025", ("6",))
RESULT = slot(NEW, "6.3%", "gdp", "result_2025", ("6.3",))
AVERAGE = slot(NEW, "7.1%", "gdp", "average", ("7.1",))
NEXT = slot(NEW, "5%—5.5%", "gdp", "target_2026", ("5", "5.5"))
JOBS = slot(OLD, "31万人以上", "jobs", "target_2025", ("31",), "万人")
WORDED = slot(OLD, "与经济增长同步", "income", "target_2025", None, "")
TOWN, COUNTRY = (slot(NEW, text, "income", "result_2025", (text[:-1],)) for text in ("4.1%", "5.2%"))


def body(*slots: Slot) -> Body:
    keys = {(one.indicator, one.kind) for one in slots}
    held = {key: tuple(one for one in slots if (one.indicator, one.kind) == key) for key in keys}
    return Body("霁月省", frozenset(TEXTS), held, TEXTS, development=True)


PROVINCE = body(TARGET, RESULT, AVERAGE, NEXT, JOBS, WORDED, TOWN, COUNTRY)


def asked(indicator: str, *kinds: str) -> Asked:
    wanted = tuple(PROVINCE.statements(indicator, kind) for kind in kinds)
    others = PROVINCE.others(indicator, kinds)
    return Asked("霁月去年怎么样", "result", TODAY, False, True, wanted, others, frozenset(TEXTS))


def answer(*said: tuple[str, str, str]) -> Answer:
    """Sentences as (text, file, quote)."""
    citations = tuple(
        Citation(
            n=n,
            report="报告",
            org="霁月省人民政府",
            year=2026,
            part="review",
            period="2025",
            section=(),
            source_file=file,
            quote=quote,
            start=TEXTS.get(file, quote).index(quote),
            end=TEXTS.get(file, quote).index(quote) + len(quote),
            page=None,
            passage_id=1,
            report_id=1,
        )
        for n, (_, file, quote) in enumerate(said, 1)
    )
    sentences = tuple(Sentence(text, (n,)) for n, (text, _, _) in enumerate(said, 1))
    return Answer("问", "问", not said, sentences, citations, (), "extractive", 0.1)


def quoting(file: str, quote: str) -> Answer:
    return answer((quote, file, quote))


class TestRightAnswers:
    def test_the_figure_with_its_passage_is_right(self) -> None:
        assert judge(asked("gdp", "result_2025"), quoting(NEW, "地区生产总值增长6.3%。")).right

    def test_both_sides_are_right_in_two_sentences(self) -> None:
        said = answer(
            ("目标是增长6%左右。", OLD, "地区生产总值增长6%左右"), ("实际增长6.3%。", NEW, "地区生产总值增长6.3%。")
        )
        assert judge(asked("gdp", "target_2025", "result_2025"), said).right

    def test_a_range_is_shown_by_both_its_ends(self) -> None:
        assert judge(asked("gdp", "target_2026"), quoting(NEW, "今年，地区生产总值增长5%—5.5%。")).right
        assert shows("增长5—5.5%", NEXT) and not shows("增长5%", NEXT)

    def test_a_target_in_words_is_right_by_its_words(self) -> None:
        assert judge(asked("income", "target_2025"), quoting(OLD, "居民收入增长与经济增长同步。")).right


class TestPlantedWrongAnswers:
    def test_an_abstention_is_wrong_where_the_report_states_it(self) -> None:
        assert judge(asked("gdp", "result_2025"), answer()).faults == ("abstained",)

    def test_another_number_is_wrong(self) -> None:
        assert judge(asked("gdp", "result_2025"), answer(("增长6.2%。", NEW, "地区生产总值增长6.3%。"))).faults

    def test_another_unit_is_wrong(self) -> None:
        assert not judge(asked("jobs", "target_2025"), answer(("31人。", OLD, "城镇新增就业31万人以上"))).right
        assert judge(asked("jobs", "target_2025"), quoting(OLD, "城镇新增就业31万人以上")).right

    def test_the_right_number_from_another_passage_is_wrong(self) -> None:
        assert not judge(asked("gdp", "result_2025"), answer(("增长6.3%。", OLD, "地区生产总值增长6%左右"))).right

    def test_a_number_that_only_another_sentence_cites_is_wrong(self) -> None:
        said = answer(("增长6.3%。", OLD, "地区生产总值增长6%左右"), ("形势很好。", NEW, "地区生产总值增长6.3%。"))
        assert not judge(asked("gdp", "result_2025"), said).right

    def test_an_average_of_five_years_is_a_leak_even_beside_the_right_figure(self) -> None:
        said = quoting(NEW, "地区生产总值增长6.3%。五年来，地区生产总值年均增长7.1%。")
        found = judge(asked("gdp", "result_2025"), said)
        assert not found.faults and found.leaks == ("gives average 7.1%",)

    def test_the_next_years_target_for_this_years_is_a_leak(self) -> None:
        found = judge(asked("gdp", "target_2025"), quoting(NEW, "今年，地区生产总值增长5%—5.5%。"))
        assert found.faults and found.leaks == ("gives target_2026 5%—5.5%",)

    def test_a_quote_that_holds_another_year_does_not_leak_what_the_sentence_leaves_out(self) -> None:
        said = answer(("增长6.3%。", NEW, "地区生产总值增长6.3%。五年来，地区生产总值年均增长7.1%。"))
        assert judge(asked("gdp", "result_2025"), said).right

    def test_another_bodys_report_is_a_leak(self) -> None:
        found = judge(asked("gdp", "result_2025"), quoting("2026_别处.txt", "增长6.3%。"))
        assert "cites 2026_别处.txt" in found.leaks

    def test_half_of_what_the_sentence_says_is_wrong(self) -> None:
        said = answer(("城镇居民收入增长4.1%。", NEW, "城镇、农村居民收入分别增长4.1%、5.2%。"))
        assert "5.2%" in judge(asked("income", "result_2025"), said).faults[0]

    def test_one_side_of_two_is_wrong(self) -> None:
        assert not judge(asked("gdp", "target_2025", "result_2025"), quoting(NEW, "地区生产总值增长6.3%。")).right

    def test_words_are_wrong_without_the_quote_that_holds_them(self) -> None:
        said = answer(("居民收入增长与经济增长同步。", OLD, "城镇新增就业31万人以上"))
        assert not judge(asked("income", "target_2025"), said).right

    def test_where_nothing_is_stated_silence_is_right_and_another_years_figure_is_not(self) -> None:
        unstated = replace(asked("gdp", "result_2025"), wanted=())
        assert judge(unstated, answer()).right
        assert not judge(unstated, quoting(NEW, "五年来，地区生产总值年均增长7.1%。")).right

    def test_wrong_answers_lower_the_measure_below_what_is_demanded(self) -> None:
        right = judge(asked("gdp", "result_2025"), quoting(NEW, "地区生产总值增长6.3%。"))
        wrong = judge(asked("gdp", "result_2025"), answer())
        by_name = {one.name: one for one in measures([right] * 9 + [wrong])}
        assert by_name["questions: all"].value == pytest.approx(0.9) and not by_name["questions: all"].kept
        assert len(by_name["questions: development"].faults) == 1


class TestStatements:
    def test_figures_of_one_sentence_are_one_statement(self) -> None:
        assert PROVINCE.statements("income", "result_2025") == ((TOWN, COUNTRY),)

    def test_what_is_said_in_numbers_is_wanted_rather_than_what_is_said_in_words(self) -> None:
        stated = slot(NEW, "4.1%", "income", "target_2025", ("4.1",))
        assert body(WORDED, stated).statements("income", "target_2025") == ((stated,),)

    def test_other_years_and_averages_are_others_and_the_same_year_is_not(self) -> None:
        assert set(PROVINCE.others("gdp", ["result_2025"])) == {AVERAGE, NEXT}


class TestWordings:
    @pytest.mark.parametrize("kind", ["target", "result", "both", "next"])
    def test_each_kind_has_at_least_twelve_different_wordings(self, kind: str) -> None:
        texts = {one["ask"] for one in wordings()[kind]}
        assert len(texts) == len(wordings()[kind]) >= 12

    def test_a_draw_gives_wordings_of_both_halves_that_are_not_the_same(self) -> None:
        drawn = Draw().texts("target", "cpi")
        assert Counter(development for _, _, development in drawn) == {True: EACH, False: EACH}
        assert len({text for _, text, _ in drawn}) == 2 * EACH

    def test_names_of_one_half_never_meet_wordings_of_the_other(self) -> None:
        names = wordings()["indicators"]["gdp"]["names"]
        held_out = [name for name in names[1::2] if not any(name in other for other in names[::2])]
        draw = Draw()
        texts = [text for _ in range(20) for _, text, development in draw.texts("target", "gdp") if development]
        assert not any(name in text for name in held_out for text in texts)

    def test_every_wording_comes_as_often_as_the_others(self) -> None:
        draw = Draw()
        counted = Counter(one["ask"] for _ in range(8) for one, _, _ in draw.texts("next", "jobs"))
        assert max(counted.values()) - min(counted.values()) == 0


@pytest.mark.skipif(not (SHARED / "provincial").is_dir(), reason="the real reports are not here")
class TestQuestionsOfTheLabels:
    def test_they_are_the_same_every_time_and_none_is_left_open(self) -> None:
        made = make_questions(SHARED)
        assert made == make_questions(SHARED)
        assert not any("{" in one.text for one in made)

    def test_all_kinds_are_asked_and_half_the_bodies_are_held_out(self) -> None:
        made = make_questions(SHARED)
        kinds = {"target", "result", "both", "next", "unstated", "compare_target", "compare_result"}
        assert {one.kind for one in made} == kinds
        open_files = {file for one in made if one.development for file in one.files}
        assert 2 * len(open_files) == len({file for one in made for file in one.files})
