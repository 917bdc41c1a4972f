"""Measures beside the review of their year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.promises import Promise, compare
from tests.builders import passage

REVIEW = (
    "全年新建村卫生室26所，全县乡镇卫生院全部配齐救护车。县中医医院迁建项目主体封顶。"
    "临泽县人民医院通过三级医院评审。居民满意度继续提高。“影像云”平台8月上线。"
    "五年来城镇新增托位3200个。石桥镇完成老年人免费体检3305人。家庭医生签约服务扎实推进。"
)
ELSEWHERE = "沙湾保税物流中心（B型）获批设立。"


def promise(plan: str, review: str = REVIEW, *, period: str = "2023") -> Promise:
    """The one measure of `plan` beside `review`."""
    plans = [passage(1, 1, plan, part="plan", period="2023")]
    (found,) = compare(plans, [passage(2, 2, review, period=period)], body=frozenset({"青禾县", "青禾"}))
    return found


def said(found: Promise) -> list[str]:
    """The evidence's texts."""
    return [item.text for item in found.evidence]


def test_the_same_thing_with_its_figure_has_a_counterpart() -> None:
    found = promise("新建村卫生室24所。")
    assert found.verdict == "yes"
    assert said(found)[0] == "全年新建村卫生室26所"
    assert "村卫生室" in found.reason or "卫生室" in found.reason


def test_another_figure_than_the_promised_one_is_still_what_the_archive_says() -> None:
    assert promise("新建村卫生室240所。").verdict == "yes"


def test_what_the_review_does_not_mention_is_shown_so_without_evidence() -> None:
    found = promise("创建省级职业病防治示范基地。")
    assert (found.verdict, found.evidence) == ("no", ())
    assert found.reason.startswith("总结中没有")


def test_nothing_ever_says_not_done() -> None:
    for plan in ("创建省级职业病防治示范基地。", "新建村卫生室24所。", "新增托位700个。"):
        found = promise(plan)
        assert not any(word in found.reason for word in ("未完成", "没有完成", "未兑现", "没有做"))


def test_the_same_sort_of_thing_elsewhere_is_no_counterpart() -> None:
    assert promise("支持沙湾县人民医院通过三级医院评审。").verdict != "yes"
    assert promise("申建青石陆港保税物流中心（B型）。", ELSEWHERE).verdict == "no"


def test_one_of_two_things_is_a_part() -> None:
    found = promise("推进县中医医院迁建项目、县疾控中心实验楼扩建项目。")
    assert found.verdict == "part"
    assert "县中医医院迁建项目主体封顶" in said(found)


def test_a_total_of_several_years_answers_a_figure_of_one_year_in_part_only() -> None:
    found = promise("城镇新增托位700个。")
    assert found.verdict == "part"
    assert "多年" in found.reason


def test_so_does_a_section_that_looks_back_on_several_years() -> None:
    assert promise("新建村卫生室24所。", "新建村卫生室260所。", period="2019/2023").verdict == "part"


def test_a_figure_without_a_counterpart_figure_is_a_part() -> None:
    found = promise("家庭医生签约服务11万人。")
    assert found.verdict == "part"
    assert "没有给出数字" in found.reason


def test_one_town_answers_for_its_county_in_part_only() -> None:
    assert promise("完成老年人免费体检40700人。").verdict == "part"


def test_a_rate_does_not_answer_a_count() -> None:
    assert promise("高血压患者规范管理4.1万人。", "高血压患者规范管理率达到76.2%。").verdict == "part"


def test_a_quoted_title_finds_its_clause_among_other_words() -> None:
    found = promise("建设全县“影像云”平台。")
    assert found.verdict != "no"
    assert said(found)[0] == "“影像云”平台8月上线"


def test_the_number_of_a_version_is_part_of_the_name() -> None:
    found = promise("推进护理改革达到3.0。", "护理改革2.0全面完成。")
    assert found.verdict != "yes"
    assert "3.0" in found.reason


def test_evidence_spans_are_the_source_s_own() -> None:
    for item in promise("新建村卫生室24所。").evidence:
        start, end = item.source
        assert REVIEW[start:end] == item.text


@pytest.mark.parametrize("review", ["", "。。，", "　"])
def test_an_empty_review_mentions_nothing(review: str) -> None:
    assert promise("新建村卫生室24所。", review).verdict == "no"


class Planted:
    """Puts every text that has one of the given words at the same place, and all others elsewhere."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), 2), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0 if any(word in text for word in self._words) else 1] = 1.0
        return vectors


MANY = "。".join([*(f"第{n}项常规巡查顺利结束" for n in range(20)), "北站地下车场开门迎客"]) + "。"


def test_with_an_encoder_a_clause_near_in_meaning_counts_as_a_part() -> None:
    plans = [passage(1, 1, "建成北站综合交通换乘枢纽大厦。", part="plan", period="2023")]
    review = [passage(2, 2, MANY, period="2023")]
    assert compare(plans, review)[0].verdict == "no"
    (found,) = compare(plans, review, Planted("北站"))
    assert found.verdict == "part"
    assert said(found) == ["北站地下车场开门迎客"]


def test_nearness_alone_is_no_evidence() -> None:
    plans = [passage(1, 1, "建成轮渡码头候船大厅。", part="plan", period="2023")]
    (found,) = compare(plans, [passage(2, 2, MANY, period="2023")], Planted("北站", "轮渡"))
    assert found.verdict == "no"


def test_nearness_does_not_make_another_object_the_same() -> None:
    plans = [passage(1, 1, "申建青石陆港保税物流中心（B型）。", part="plan", period="2023")]
    (found,) = compare(plans, [passage(2, 2, MANY + ELSEWHERE, period="2023")], Planted("保税"))
    assert found.verdict == "no"
