"""Where each fact comes from, how sure it is, what the report covers and when it was signed."""

from __future__ import annotations

import pytest

from ingest.structure.certainty import certainty_of
from tests.structure_builders import DEED, report_of

BODY = f"一、工作情况\n{DEED}"


@pytest.mark.parametrize(
    ("reason", "certainty"),
    [
        ("标题", "high"),
        ("小标题", "high"),
        ("落款", "high"),
        ("标题（文件名写作2019年，未采用）", "high"),
        ("正文", "medium"),
        ("正文开头", "medium"),
        ("标题和正文", "medium"),
        ("文件自带标题", "medium"),
        ("落款和文件名", "medium"),
        ("文件名", "low"),
        ("文件夹名", "low"),
        ("未写明年份", "low"),
        ("用户更正", "given"),
    ],
)
def test_a_fact_is_as_sure_as_its_source(reason: str, certainty: str) -> None:
    assert certainty_of(reason) == certainty


def test_the_text_wins_against_the_file_s_name_and_says_so() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n{BODY}", "青禾县卫健局2021年工作计划.docx")
    assert (report.year, report.org, report.kind) == (2022, "云岭县卫健局", "总结")
    assert report.reasons["year"] == "标题（文件名写作2021年，未采用）"
    assert report.reasons["org"] == "标题（文件名写作青禾县，未采用）"
    assert report.reasons["kind"] == "标题（文件名写作计划，未采用）"
    assert report.certainty["year"] == "high"


def test_a_name_that_agrees_or_says_nothing_is_not_mentioned() -> None:
    for name in ("云岭县卫健局2022年工作总结.docx", "扫描件0031.docx", "792601_20230415.docx", "a2019f.docx"):
        report = report_of(f"云岭县卫健局2022年工作总结\n{BODY}", name)
        assert (report.reasons["year"], report.reasons["org"], report.reasons["kind"]) == ("标题", "标题", "标题")


def test_a_masked_place_stays_masked_whatever_the_file_is_called() -> None:
    report = report_of(f"XX区卫健局2022年工作总结\n{BODY}", "云岭县卫健局总结.docx")
    assert (report.org, report.region) == ("XX区卫健局", "XX区")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("云岭县卫健局2022年工作总结", "2022"),
        ("云岭县卫健局2022年工作总结和2023年工作计划", "2022"),
        ("云岭县卫健局2023年工作计划", "2023"),
        ("云岭县卫健局2023年工作要点", "2023"),
        ("云岭县卫健局2023年上半年工作总结及下半年工作计划", "2023-H1"),
        ("2024年云岭县政府工作报告", "2023"),
        ("云岭县卫健局2021—2023年工作总结", "2021/2023"),
        ("“十三五”云岭县卫生健康工作总结", "2016/2020"),
        ("云岭县“十四五”卫生健康发展规划", "2021/2025"),
        ("云岭县卫健局20xx年工作总结", "None"),
    ],
)
def test_a_summary_covers_what_it_reviews_and_a_plan_what_it_plans(title: str, period: str) -> None:
    assert str(report_of(f"{title}\n{BODY}").period) == period


def test_a_bureau_s_report_that_reviews_last_year_and_plans_its_own_is_read_so_by_its_headings() -> None:
    report = report_of(
        f"云岭县卫健局2024年工作报告\n一、2023年工作回顾\n{DEED}\n二、下一步\n{DEED}\n三、2024年安排\n{DEED}"
    )
    assert (report.year, str(report.period)) == (2024, "2023")
    assert [str(section.period) for section in report.sections] == ["2023", "2024", "2024"]


def test_a_half_year_is_told_its_year_by_the_text() -> None:
    text = (
        f"青禾县卫健局上半年工作总结\n今年上半年，我局工作有序。2024年上半年完成门诊3.2万人次。\n一、工作情况\n{DEED}"
    )
    report = report_of(text)
    assert (report.year, str(report.period), report.certainty["year"]) == (2024, "2024-H1", "medium")


@pytest.mark.parametrize(
    ("text", "published", "reason"),
    [
        (f"工作总结\n{BODY}\n云岭县卫健局\n2022年12月20日", "2022-12-20", "落款日期"),
        (f"工作总结\n{BODY}\n云岭县卫健局\n二〇二二年十二月二十日", "2022-12-20", "落款日期"),
        (f"工作总结\n{BODY}\n（2022年12月）", "2022-12", "落款日期"),
        (f"工作总结\n{BODY}\n20xx年9月30日", None, "落款日期已隐去"),
        (f"工作总结\n发布时间：2023-01-05\n{BODY}", "2023-01-05", "发布日期"),
        (f"政府工作报告\n——2024年1月15日在云州市第五届人民代表大会第四次会议上\n{BODY}", "2024-01-15", "会议日期"),
        (f"工作总结\n{BODY}\n2022年13月40日", None, "未写明日期"),
        (f"工作总结\n{BODY}", None, "未写明日期"),
    ],
)
def test_the_date_is_that_of_the_signature_the_publication_or_the_congress(
    text: str, published: str | None, reason: str
) -> None:
    report = report_of(text)
    assert (report.published, report.reasons["published"]) == (published, reason)


def test_the_day_of_an_upload_to_a_sharing_site_is_no_publication() -> None:
    assert report_of(f"工作总结\n{BODY}", furniture="上传时间:2023-04-15").published is None
    assert report_of(f"工作总结\n{BODY}", furniture="发布日期：2023年1月5日").published == "2023-01-05"


def test_a_government_s_report_that_lost_its_title_and_opening_is_known_by_what_it_speaks_of() -> None:
    economy = (
        "全州地区生产总值增长6%，固定资产投资增长8%，我州旅游恢复。甘岭州各县齐头并进，甘岭州面貌一新，甘岭州更好。"
    )
    text = f"2023年工作回顾\n{economy}\n2024年工作安排\n加快建设法治政府、廉洁政府。{DEED}"
    report = report_of(text, "甘岭.docx")
    assert (report.kind, report.year, report.org) == ("政府工作报告", 2024, "甘岭州人民政府")
    assert report.title == "2024年甘岭州政府工作报告"
    bureau = report_of(text.replace("我州", "我局"), "甘岭.docx")
    assert bureau.kind == "总结和计划"
