"""A review's skeleton: what reports of that very year tell as done, and places for all the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.drafting.types import Fact, Manuscript
from assistant.drafting.usual import NEXT, PROBLEMS
from ingest.archive import Archive
from tests.manuscript_builders import REPORTS, archive_of, drafted, order

FIRST_HALF = """青禾县卫生健康局2024年上半年工作总结和下半年工作安排

一、上半年工作情况

（一）妇幼健康。上半年开展高危孕产妇专案管理。完成两癌筛查6200人。下半年将开展婚前保健进社区。

（二）医共体建设。推行医共体药品统一配送。尚未建立审方中心。

二、存在的问题

（一）产科医师短缺。助产机构人手不够。

三、下半年工作安排

（一）妇幼健康。一是开展出生缺陷防治宣传。
"""
WHOLE = """青禾县卫生健康局2024年工作总结

一、主要工作

（一）妇幼健康。开展助产技术骨干轮训。孕产妇系统管理率达到94.2%。截至11月30日，全县完成两癌筛查12100人。

（二）医共体建设。健全医共体药事管理办法。

二、存在的问题

（一）信息系统互通不足。各院数据难以共享。
"""


def review(archive: Archive, **changes: Any) -> Manuscript:
    return drafted(archive, order(**{"year": 2024, "kind": "总结", "facts": (), **changes}))


def text_of(made: Manuscript, word: str) -> str:
    return next(one.text for one in made.sections if word in one.heading)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("review") / "home"
    with archive_of(home, {**REPORTS, "半年.txt": FIRST_HALF}) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("whole") / "home"
    with archive_of(home, {**REPORTS, "半年.txt": FIRST_HALF, "全年.txt": WHOLE}) as opened:
        yield opened


def test_what_no_report_of_the_year_tells_is_only_asked_after(archive: Archive) -> None:
    made = review(archive)
    told = re.sub(r"【待填：[^】]*】", "", "".join(one.text for one in made.sections))
    assert "开展产后访视试点" not in told
    assert "【待填：开展产后访视试点情况】" in text_of(made, "妇幼")


def test_what_the_first_half_did_is_told_as_such(archive: Archive) -> None:
    text = text_of(review(archive), "妇幼")
    assert "上半年已开展以下工作：开展高危孕产妇专案管理" in text
    assert "婚前保健" not in text


def test_what_is_not_done_yet_is_not_told_as_done(archive: Archive) -> None:
    assert not re.search(r"(?<!：)建立审方中心", "".join(one.text for one in review(archive).sections))


def test_a_figure_of_half_a_year_stands_beside_the_place_for_the_years(archive: Archive) -> None:
    made = review(archive)
    assert "【待填：两癌筛查，人】（上半年完成6200人）" in text_of(made, "妇幼")


def test_a_result_of_the_year_is_told_with_its_source(whole: Archive) -> None:
    made = review(whole)
    section = next(one for one in made.sections if "妇幼" in one.heading)
    said = next(one for one in section.sources if "94.2%" in section.text[one.start : one.end])
    assert said.kind == "figure"
    cited = next(one for one in made.citations if one.n == said.citation)
    assert "94.2%" in cited.quote and cited.period == "2024"


def test_a_figure_says_up_to_when_it_counts(whole: Archive) -> None:
    assert "两癌筛查12100人（截至11月30日）" in text_of(review(whole), "妇幼")


def test_what_the_year_did_is_told_before_what_is_asked(whole: Archive) -> None:
    text = text_of(review(whole), "妇幼")
    assert text.index("开展助产技术骨干轮训") < text.index("情况】")


def test_an_earlier_bound_keeps_the_year_out(whole: Archive) -> None:
    text = "".join(one.text for one in review(whole, up_to=2023).sections)
    assert "94.2" not in text and "开展助产技术骨干轮训；" not in text and "6200" not in text


def test_a_review_ends_with_problems_and_what_is_next(whole: Archive) -> None:
    made = review(whole)
    assert made.outline[-2:] == (PROBLEMS, NEXT)
    problems, following = made.sections[-2].text, made.sections[-1].text
    assert "信息系统互通不足；" in problems
    assert "上半年提出的产科医师短缺问题，【待填：目前情况】" in problems
    assert "上年提出的基层人才短缺问题，【待填：目前情况】" in problems
    assert "针对信息系统互通不足的问题，【待填：改进措施】" in following


def test_a_plan_has_no_such_end(whole: Archive) -> None:
    assert not {PROBLEMS, NEXT} & set(drafted(whole, order()).outline)


def test_the_writers_own_result_comes_before_a_reports(whole: Archive) -> None:
    fact = Fact("孕产妇系统管理率95%", "孕产妇系统管理率", result="95%")
    text = text_of(review(whole, facts=(fact,)), "妇幼")
    assert "95%" in text and "94.2%" not in text


def test_no_check_objects_to_a_review(archive: Archive, whole: Archive) -> None:
    for kept in (archive, whole):
        assert not [one for one in review(kept).checks if one.severity == "error"]
