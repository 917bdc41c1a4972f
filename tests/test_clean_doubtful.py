"""Figures that cannot be right are marked doubtful; a guess at what stood there says that it is one."""

from __future__ import annotations

from tests.clean_documents import cleaned, lines, marks, reasons

SPOILT = "建档率20210%，查痰率20210%。为202148人发放药品，投入202100万元，门诊4520217人次，规范管理0.172021万人。"


def test_a_global_replacement_of_ten_by_a_year_is_recognised_in_all_its_forms() -> None:
    assert marks(SPOILT, "doubtful") == [
        "20210%",
        "20210%",
        "202148人",
        "202100万元",
        "4520217人次",
        "0.172021万人",
    ]


def test_the_guess_is_labelled_as_a_guess() -> None:
    assert reasons(SPOILT, "doubtful")[0] == "疑为“10”被替换为“2021”，可能原为100%"
    assert "可能原为1000万元" in reasons(SPOILT, "doubtful")[3]


def test_nothing_is_repaired() -> None:
    assert lines(SPOILT) == [SPOILT]


def test_the_year_itself_stays_unmarked() -> None:
    text = SPOILT + "2021年任务全部完成，2021年度考核优秀。"
    assert len(marks(text, "doubtful")) == 6


def test_the_year_as_a_month_or_a_count_is_doubtful_where_there_is_evidence() -> None:
    text = SPOILT + "截至2021月底，共有2021个乡镇完成。"
    assert marks(text, "doubtful")[-2:] == ["2021月", "2021个"]


def test_one_plausible_number_proves_nothing() -> None:
    assert marks("为202365个农村妇女免费检查。", "doubtful") == []
    assert marks("投入资金202300万元。", "doubtful") == []


def test_evidence_for_one_year_says_nothing_about_another() -> None:
    assert "202365人" not in marks(SPOILT + "另有202365人受益。", "doubtful")


def test_an_impossible_rate_is_doubtful_and_a_growth_rate_is_not() -> None:
    assert marks("完成率达到9876%。", "doubtful") == ["9876%"]
    assert marks("快递业务量同比增长1350%。", "doubtful") == []


def test_a_number_broken_by_a_blank_is_doubtful() -> None:
    assert marks("管理率84.20 23%，运行平稳。", "doubtful") == ["84.20 23"]
    assert marks("全县总人口1 234 567人。", "doubtful") == []


def test_reasons_for_one_span_are_told_together() -> None:
    filler = "认真开展基本公共卫生服务，建立健全工作台账，逐级落实责任，定期开展督导检查和业务培训，" * 4
    text = f"1、{filler}管理率81.20\n\n2、21%。建档率20210%，{filler}全面\n\n3、推进，{filler}完成。"
    both = [mark for mark in cleaned(text).marks if text[mark.start : mark.end] == "81.20\n\n2、21%"]
    assert len(both) == 1
    assert "分页标记" in both[0].reason and "可能原为81.10%" in both[0].reason
