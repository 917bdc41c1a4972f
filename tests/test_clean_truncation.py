"""A copy that breaks off says so."""

from __future__ import annotations

import pytest

from tests.clean_documents import cleaned

REPORT = "清源县2022年工作总结\n一、主要工作\n各项任务全部完成，群众满意度稳步提高。"


@pytest.mark.parametrize(
    "line",
    ["到这儿已超出免费预览范围，如果喜欢就下载吧！", "还剩6页未读，继续阅读", "共9页，预览3页", "登录后查看全文"],
)
def test_a_preview_notice_means_truncated(line: str) -> None:
    assert cleaned(f"{REPORT}\n{line}").truncated


def test_a_last_line_that_stops_in_the_middle_means_truncated() -> None:
    assert cleaned(f"{REPORT}\n二、下步打算\n我们将继续深化改革，").truncated
    assert cleaned(f"{REPORT}\n全力做好援助医疗队的各项...").truncated


def test_a_shared_copy_that_ends_in_a_word_or_in_a_bare_heading_is_truncated() -> None:
    shared = f"收藏 分享(赏)\n{REPORT}\n"
    assert cleaned(f"{shared}{'继续深化医药卫生体制改革，' * 4}加快推进紧密型县域医共").truncated
    assert cleaned(f"{shared}二、明年打算").truncated


def test_a_whole_report_is_not_truncated() -> None:
    assert not cleaned(REPORT).truncated
    assert not cleaned(f"收藏 分享(赏)\n{REPORT}\n清源县卫健局\n2022年12月1日").truncated


@pytest.mark.parametrize("date", ["2022年12月1日", "2022年12月", "20xx年x月x日", "二〇二二年十二月一日"])
def test_a_shared_copy_in_one_long_line_that_ends_in_its_date_is_whole(date: str) -> None:
    line = f"{'各项任务全部完成，群众满意度稳步提高。' * 3} 清源县卫生健康局 {date}"
    assert not cleaned(f"收藏 分享(赏)\n{REPORT}\n{line}").truncated


def test_an_empty_document_is_not_truncated() -> None:
    assert not cleaned("").truncated
