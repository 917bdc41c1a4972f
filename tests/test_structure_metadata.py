"""Title, kind and year of a report, and where each was found."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, report_of

BODY = f"一、医疗服务\n{DEED}\n{DEED}"


def test_the_title_line_is_the_title_and_no_passage() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n{BODY}")
    assert report.title == "云岭县卫健局2022年工作总结"
    assert report.reasons["title"] == "标题行"
    assert all("工作总结" not in p.text.text for s in report.sections for p in s.passages)


@pytest.mark.parametrize(
    "lines",
    [
        ("云岭县卫生健康局", "2022年工作总结和2023年工作计划"),
        ("云岭县卫生健康局2022年工作总结", "和2023年工作计划"),
        ("云岭县卫生健康局2022年", "工作总结和2023年工作计划"),
        ("云岭县", "卫生健康局", "2022年工作总结和2023年工作计划"),
    ],
)
def test_a_title_broken_over_lines_is_put_together(lines: tuple[str, ...]) -> None:
    report = report_of("\n".join([*lines, BODY]))
    assert report.title == "云岭县卫生健康局2022年工作总结和2023年工作计划"


def test_numbers_dates_and_sources_before_the_title_are_passed_by() -> None:
    head = "云卫健发〔2023〕5号\n2023年1月9日\n来源：县卫健局\n"
    assert report_of(f"{head}云岭县卫健局2022年工作总结\n{BODY}").title == "云岭县卫健局2022年工作总结"


def test_a_salutation_ends_the_search_for_a_title() -> None:
    report = report_of(f"各位代表：\n2022年工作总结\n{BODY}", "云岭会议材料.docx")
    assert (report.title, report.reasons["title"]) == ("云岭会议材料", "文件名")


def test_the_name_of_a_part_is_no_title() -> None:
    report = report_of(f"2023年工作回顾\n{DEED}\n2024年工作安排\n{DEED}", "材料.docx")
    assert report.title == "材料"
    assert [section.path for section in report.sections] == [("2023年工作回顾",), ("2024年工作安排",)]


def test_a_declared_title_comes_before_the_file_name() -> None:
    report = report_of(BODY, "1.html", title="云岭县卫健局2022年工作总结-云岭县人民政府门户网站")
    assert (report.title, report.year) == ("云岭县卫健局2022年工作总结", 2022)


def test_of_headline_and_own_title_the_one_that_says_more_is_kept() -> None:
    report = report_of(f"2023年县卫健局总结（模板）\n云岭县卫生健康局2022年工作总结\n{BODY}")
    assert (report.title, report.year) == ("云岭县卫生健康局2022年工作总结", 2022)


def test_a_title_that_was_run_into_the_text_is_found() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结 一年来，我局围绕中心工作，{DEED}\n{BODY}")
    assert report.title == "云岭县卫健局2022年工作总结"
    assert report.sections[0].passages[0].text.text.startswith("一年来")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云岭县卫健局2022年工作总结", "总结"),
        ("云岭县卫健局2022年度工作情况汇报", "总结"),
        ("云岭县卫健局2023年工作计划", "计划"),
        ("云岭县卫健局2023年工作思路", "计划"),
        ("云岭县卫健局2022年工作总结和2023年工作规划", "总结和计划"),
        ("云岭县卫健局2022年工作总结暨2023年工作打算", "总结和计划"),
        ("云岭县卫健局2023年上半年工作总结及下半年工作计划", "半年总结"),
        ("云岭县卫健局2023年半年工作总结", "半年总结"),
        ("云岭县卫健局2023年工作要点", "工作要点"),
        ("2024年云岭县政府工作报告", "政府工作报告"),
        ("云岭县计划生育工作总结", "总结"),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    report = report_of(f"{title}\n{BODY}")
    assert report.kind == kind
    assert report.reasons["kind"] == "标题"


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。", "政府工作报告"),
        ("现将一年来的工作总结如下。", "总结"),
        ("为做好全年工作，特制定如下计划。", "计划"),
        ("今天天气晴朗。", "其他"),
    ],
)
def test_without_a_title_the_opening_tells_the_kind(opening: str, kind: str) -> None:
    assert report_of(f"{opening}\n{DEED}").kind == kind


def test_without_title_and_opening_the_headings_tell_the_kind() -> None:
    report = report_of(f"2023年工作回顾\n{DEED}\n2024年工作安排\n{DEED}")
    assert (report.kind, report.year, report.reasons["kind"]) == ("总结和计划", 2023, "小标题")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("云岭县卫健局2022年工作总结", 2022),
        ("云岭县卫健局2022年度工作总结和2023年工作规划", 2022),
        ("云岭县卫健局2023年工作要点", 2023),
        ("2023年云岭县政府工作报告", 2023),
        ("云岭县卫健局２０２２年工作总结", 2022),
        ("云岭县卫健局二〇二二年工作总结", 2022),
        ("云岭县卫健局2020—2022年工作总结", 2022),
    ],
)
def test_the_title_tells_the_year(title: str, year: int) -> None:
    report = report_of(f"{title}\n{BODY}", "2019年.docx")
    assert (report.year, report.reasons["year"]) == (year, "标题（文件名写作2019年，未采用）")


@pytest.mark.parametrize(
    ("text", "year", "reason"),
    [
        ("工作总结\n一、2022年工作情况\n门诊平稳。\n二、2023年工作打算\n继续推进。", 2022, "小标题"),
        ("工作总结\n一、工作情况\n门诊平稳。\n二、2023年工作打算\n继续推进。", 2022, "小标题"),
        ("工作总结\n2022年，在县委的领导下，各项工作有序开展。", 2022, "正文"),
        ("工作总结\n现将2022年工作情况汇报如下。", 2022, "正文"),
        ("工作总结\n各项工作有序开展。\n县卫健局\n2022年12月20日", 2022, "落款日期"),
        ("工作总结\n各项工作有序开展。\n县卫健局\n2023年1月9日", 2022, "落款日期"),
        ("工作计划\n各项工作有序开展。\n县卫健局\n2022年12月20日", 2023, "落款日期"),
    ],
)
def test_without_a_year_in_the_title_the_text_tells_it(text: str, year: int, reason: str) -> None:
    report = report_of(text, "2019年.docx")
    assert (report.year, report.reasons["year"]) == (year, f"{reason}（文件名写作2019年，未采用）")


@pytest.mark.parametrize(
    ("heads", "year"),
    [
        (("一、2023年工作回顾", "二、2024年工作安排"), 2024),
        (("一、2023年工作回顾", "二、今后任务"), 2024),
        (("全力完成2023年各项任务", "奋力开创2024年崭新局面"), 2024),
    ],
)
def test_a_government_report_is_of_the_year_it_plans(heads: tuple[str, str], year: int) -> None:
    text = f"各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n{heads[0]}\n{DEED}\n{heads[1]}\n{DEED}"
    assert report_of(text).year == year


def test_a_government_report_without_years_in_its_headings_is_of_its_congress() -> None:
    text = f"政府工作报告\n——2024年1月15日在云州市第五届人民代表大会第四次会议上\n各位代表：\n一、工作回顾\n{DEED}"
    assert report_of(text).year == 2024


def test_the_file_name_serves_only_where_the_text_is_silent() -> None:
    assert report_of(f"工作总结\n{BODY}", "云岭县卫健局2022年工作总结.docx").reasons["year"] == "文件名"
    assert report_of(f"工作总结\n{BODY}", "云岭县卫健局2022年工作总结.docx").year == 2022


@pytest.mark.parametrize("mask", ["20xx年", "202_年", "202×年", "XXXX年", "20**年", "xx年"])
def test_a_masked_year_is_never_filled_in(mask: str) -> None:
    report = report_of(
        f"工作总结\n{mask}，我局在县委的领导下，各项工作有序开展。\n一、医疗服务\n{DEED}",
        "2023年卫健局工作总结.txt",
        title="2023年卫健局工作总结",
        furniture="发布时间：2023-12-30",
    )
    assert (report.year, report.reasons["year"]) == (None, "原文年份已隐去（文件名写作2023年，未采用）")
    assert all(section.period is None and section.part == "review" for section in report.sections)


def test_a_web_page_s_headline_does_not_unmask_the_year() -> None:
    text = f"2023年县卫健局上半年工作总结\n县卫健局上半年工作总结\n现将20xx年上半年工作情况总结如下。\n{BODY}"
    report = report_of(text)
    assert (report.title, report.year) == ("县卫健局上半年工作总结", None)


def test_a_place_that_is_masked_does_not_mask_the_year() -> None:
    assert report_of(f"XX区2021年卫生健康工作总结\nXX区卫健局扎实工作。\n{BODY}").year == 2021


def test_an_official_publication_date_is_the_last_resort() -> None:
    report = report_of(f"县卫健局工作总结\n{BODY}", furniture="发布时间：2023-01-09　来源：县卫健局")
    assert (report.year, report.reasons["year"]) == (2022, "发布日期")


def test_an_upload_date_is_no_year() -> None:
    assert report_of(f"县卫健局工作总结\n{BODY}", furniture="上传时间：2023-04-15").year is None


def test_a_file_called_by_its_city_gets_a_title_that_says_what_it_is() -> None:
    opening = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。"
    text = f"{opening}\n一、2023年工作回顾\n{'云州发展更好。' * 3}{DEED}"
    report = report_of(text, "云州.docx")
    assert report.title == "2024年云州市政府工作报告"
    assert "云州" in report.reasons["title"]
