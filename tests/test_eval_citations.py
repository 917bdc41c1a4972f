"""Citation precision and recall, and leaks of another body or period."""

from __future__ import annotations

from typing import Any

import pytest

from eval.gold import Evidence
from eval.metrics.citations import Hits, citation_hits, same_passage
from eval.metrics.leaks import leaks
from eval.metrics.orgs import same_org
from tests.eval_builders import ARCHIVED, FILE, SCREENED, SERVED, answer, citation, gold, sentence

EVIDENCE = [Evidence(FILE, SCREENED), Evidence(FILE, ARCHIVED)]


def test_hits_and_misses_are_counted_on_both_sides() -> None:
    cited = [citation(SCREENED, 1), citation(SERVED, 2)]
    assert citation_hits(cited, EVIDENCE, [], {}) == Hits(citations=2, citations_hit=1, evidence=2, evidence_hit=1)


def test_two_citations_of_one_evidence_hit_it_once() -> None:
    cited = [citation(SCREENED, 1), citation(SCREENED[:15], 2)]
    assert citation_hits(cited, EVIDENCE, [], {}) == Hits(2, 2, 2, 1)


def test_what_may_be_cited_as_well_is_no_miss_and_hits_no_evidence() -> None:
    cited = [citation(SCREENED, 1), citation(SERVED, 2)]
    assert citation_hits(cited, EVIDENCE, [Evidence(FILE, SERVED)], {}) == Hits(2, 2, 2, 1)


def test_the_same_words_in_another_file_are_no_evidence_unless_it_is_a_copy() -> None:
    other = [citation(SCREENED, source_file="副本.docx")]
    assert citation_hits(other, EVIDENCE[:1], [], {}).citations_hit == 0
    assert citation_hits(other, EVIDENCE[:1], [], {"副本.docx": frozenset({FILE, "副本.docx"})}).citations_hit == 1


def test_evidence_without_a_file_is_found_anywhere() -> None:
    assert (
        citation_hits([citation(SCREENED, source_file="x.txt")], [Evidence(None, SCREENED)], [], {}).citations_hit == 1
    )


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("全年完成两癌筛查5600人", "全年 完成兩癌篩(shāi)查５６００人。", True),
        ("完成两癌筛查5600人，任务数5500人", "截至年底共完成两癌筛查5600人次", True),
        ("完成两癌筛查5600人，任务数5500人", "完成产前筛查9100人，任务数8000人", False),
        ("完成", "全年完成两癌筛查5600人", False),
        ("", "全年完成", False),
        ("推进医共体建设，落实县乡一体", "加强队伍建设，提高服务水平", False),
    ],
)
def test_a_passage_is_known_by_its_letters_and_figures(left: str, right: str, same: bool) -> None:
    assert same_passage(left, right) is same


def leak(asked: dict[str, Any], **cited: Any) -> tuple[str, ...]:
    made = answer([sentence("完成。", 1)], [citation(SERVED, **cited)])
    return leaks(made, gold(**asked), [False]).faults


ASKED = {"org": "松溪县卫健局", "year": 2022}


def test_the_named_body_and_year_are_no_leak() -> None:
    assert leak(ASKED) == ()
    assert leak(ASKED, org="闽北市松溪县卫生健康委员会", period="2022-H1") == ()


def test_another_body_is_a_leak() -> None:
    assert leak(ASKED, org="榆林坝县卫生健康局") == ("〔1〕引了榆林坝县卫生健康局，问的是松溪县卫健局",)
    assert leak(ASKED, org="松溪市卫生健康局") != ()


@pytest.mark.parametrize("period", ["2021", "2023", "2021/2025", "2023-H1"])
def test_another_period_is_a_leak(period: str) -> None:
    assert leak(ASKED, period=period) == (f"〔1〕引了{period}的内容，问的是2022",)


def test_a_plan_for_the_year_in_last_years_report_is_no_leak_but_this_years_plan_for_the_next_is() -> None:
    assert leak(ASKED, year=2021, period="2022", part="plan") == ()
    assert leak(ASKED, year=2022, period="2023", part="plan") != ()


def test_the_whole_year_is_a_leak_when_the_half_was_asked() -> None:
    asked = {"question": "2022年上半年松溪县完成多少？", "period": "2022-H1"}
    assert leak(asked, period="2022") != ()
    assert leak(asked, period="2022-H1") == ()


def test_without_a_period_the_reports_year_counts_and_an_unknown_year_is_no_leak() -> None:
    assert leak(ASKED, period=None, year=2021) != ()
    assert leak(ASKED, period=None, year=None) == ()


def test_nothing_leaks_where_the_question_names_neither() -> None:
    asked = {**ASKED, "question": "两癌筛查完成多少人？"}
    assert leak(asked, org="榆林坝县卫健局", period="2019") == ()


def test_a_body_named_earlier_in_the_conversation_is_named() -> None:
    asked = {**ASKED, "question": "那完成了多少？", "history": ["松溪县2022年两癌筛查任务？"]}
    assert leak(asked, org="榆林坝县卫健局") != ()
    assert leak(asked, period="2019") != ()


def test_short_years_and_relative_years_name_the_time() -> None:
    assert leak({**ASKED, "question": "松溪22年筛查多少人"}, period="2019") != ()
    assert leak({**ASKED, "question": "松溪去年筛查多少人"}, period="2019") != ()


def test_several_bodies_and_years_may_be_asked_at_once() -> None:
    asked = {"question": "松溪县和青阳县2021、2022年比", "org": ["松溪县", "青阳县"], "year": [2021, 2022]}
    assert leak(asked, org="青阳县卫健局", period="2021") == ()
    assert leak(asked, org="青阳县卫健局", period="2020") != ()
    assert leak(asked, org="白石县卫健局", period="2021") != ()


def test_gold_evidence_is_never_a_leak_and_checked_citations_are_counted() -> None:
    made = answer([sentence("完成。", 1, 2)], [citation(n=1, period="2019"), citation(SERVED, n=2, period="2019")])
    found = leaks(made, gold(**ASKED), [True, False])
    assert found.checked == 2
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("湘东省松溪县卫健局", "松溪县卫生健康委员会", True),
        ("松溪", "松溪县卫健局", True),
        ("xx区卫健局", "××区卫生健康局", True),
        ("市疾控中心", "闽北市卫健委", True),
        ("白山市卫健委", "白山省卫健委", False),
        ("国务院", "白山省人民政府", False),
        ("国务院", "国务院", True),
        ("榆林坝", "松溪县卫健局", False),
    ],
)
def test_bodies_are_compared_by_their_place(left: str, right: str, same: bool) -> None:
    assert same_org(left, right) is same
    assert same_org(right, left) is same


def test_a_place_that_says_the_very_same_stands_for_all_the_evidence() -> None:
    elsewhere = Evidence("另一份.txt", SERVED)
    cited = [citation(SERVED, source_file="另一份.txt")]
    assert citation_hits(cited, EVIDENCE, [], {}, [elsewhere]) == Hits(1, 1, 2, 2)
    assert citation_hits(cited, EVIDENCE, [elsewhere], {}) == Hits(1, 1, 2, 0)
    assert citation_hits([citation("别的话与此无关。")], EVIDENCE, [], {}, [elsewhere]) == Hits(1, 0, 2, 0)
