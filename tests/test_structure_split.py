"""One file, one or several reports."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, passages_of, report_of, reports_of

TEXT = "\n".join([DEED * 3, "一、医疗服务", DEED * 3])


def titles(text: str) -> list[str]:
    return [report.title for report in reports_of(text)]


@pytest.mark.parametrize(
    "markers",
    [
        ("卫生健康工作总结篇一", "卫生健康工作总结篇二", "卫生健康工作总结篇三"),
        ("篇一", "篇二", "篇三"),
        ("【篇1】", "【篇2】", "【篇3】"),
        ("工作总结 篇1", "工作总结 篇2", "工作总结 篇3"),
        ("工作总结范文（一）", "工作总结范文（二）", "工作总结范文（三）"),
    ],
)
def test_numbered_pieces_of_a_collection_are_reports(markers: tuple[str, ...]) -> None:
    text = "\n".join(f"{marker}\n{TEXT}" for marker in markers)
    assert titles(text) == list(markers)


def test_what_stands_before_the_first_piece_belongs_to_none() -> None:
    blurb = "下面是小编为大家整理的范文，供大家参考。"
    text = f"2023年工作总结（汇总2篇）\n{blurb}\n工作总结篇一\n{TEXT}\n工作总结篇二\n{TEXT}"
    reports = reports_of(text)
    assert len(reports) == 2
    assert all(blurb not in passage.text.text for passage in passages_of(reports))


def test_a_marker_with_a_title_gives_the_report_its_title() -> None:
    text = f"第一篇：云岭县卫健局2021年工作总结\n{TEXT}\n第二篇：云岭县卫健局2022年工作总结\n{TEXT}"
    assert titles(text) == ["云岭县卫健局2021年工作总结", "云岭县卫健局2022年工作总结"]
    assert [report.year for report in reports_of(text)] == [2021, 2022]


def test_a_title_line_below_the_marker_is_the_report_s_own() -> None:
    text = f"篇一\n云岭县卫健局2021年工作总结\n{TEXT}\n篇二\n霁川县卫健局2022年工作总结\n{TEXT}"
    assert [(r.title, r.org, r.year) for r in reports_of(text)] == [
        ("云岭县卫健局2021年工作总结", "云岭县卫健局", 2021),
        ("霁川县卫健局2022年工作总结", "霁川县卫健局", 2022),
    ]


def test_an_index_of_the_pieces_is_no_report() -> None:
    text = f"目录\n工作总结篇一\n工作总结篇二\n工作总结篇一\n{TEXT}\n工作总结篇二\n{TEXT}"
    assert len(reports_of(text)) == 2


def test_chapters_of_one_report_are_not_reports() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n第一篇 医疗服务\n{TEXT}\n第二篇 公共卫生\n{TEXT}")
    assert {section.path[0] for section in report.sections if section.path} == {"第一篇 医疗服务", "第二篇 公共卫生"}


def test_a_title_line_in_mid_file_opens_another_report() -> None:
    text = f"云岭县卫健局2021年工作总结\n{TEXT}\n云岭县卫健局\n2021年12月1日\n云岭县卫健局2022年工作总结\n{TEXT}"
    first, second = reports_of(text)
    assert (first.year, second.year) == (2021, 2022)
    assert text[second.start :].startswith("云岭县卫健局2022年工作总结")
    assert first.end <= second.start


def test_a_part_heading_with_a_year_does_not_open_a_report() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结和2023年工作计划\n2022年工作总结\n{TEXT}\n2023年工作计划\n{TEXT}")
    assert report.title == "云岭县卫健局2022年工作总结和2023年工作计划"


def test_a_running_head_does_not_open_reports() -> None:
    head = "云岭县卫健局2022年工作总结"
    text = "\n".join([head, DEED * 8, head, DEED * 8, head, DEED * 8])
    assert len(reports_of(text)) == 1


def test_a_title_repeated_where_the_numbering_goes_on_is_a_running_head() -> None:
    head = "云岭县卫健局2022年工作总结"
    text = "\n".join([head, "一、医疗服务", DEED * 8, head, "二、公共卫生", DEED * 8])
    assert len(reports_of(text)) == 1


def test_only_the_last_report_of_a_truncated_file_is_truncated() -> None:
    first, second = reports_of(f"工作总结篇一\n{TEXT}\n工作总结篇二\n{TEXT}", truncated=True)
    assert (first.truncated, second.truncated) == (False, True)


def test_a_file_without_text_holds_no_report() -> None:
    assert reports_of("\n　\n") == ()


def test_any_other_text_is_one_report_of_kind_other() -> None:
    report = report_of("冰川是极地或高山地区沿地面运动的巨大冰体。\n1956年，一支考察队首次登上该冰川。", "DEV_12.txt")
    assert (report.kind, report.year, report.org, report.title) == ("其他", None, None, "DEV 12")
    assert all((section.part, section.period) == (None, None) for section in report.sections)


@pytest.mark.parametrize(
    "heads",
    [
        ("2022年卫生工作总结(1)", "2022年卫生工作总结(2)", "2022年卫生工作总结(3)"),
        ("乡镇卫生院工作总结 一", "乡镇卫生院工作总结 二"),
        ("卫健局工作总结（一）", "卫健局工作总结（二）"),
        ("卫生健康工作总结", "卫生健康工作总结", "卫生健康工作总结"),
        ("2021年卫生健康工作总结", "2022年卫生健康工作总结"),
        ("【篇1】云岭县卫健局工作总结", "【篇2】青禾县卫健局工作总结"),
        ("工作总结篇二", "工作总结篇三"),
    ],
)
def test_titles_that_count_or_return_with_a_new_first_heading_open_reports(heads: tuple[str, ...]) -> None:
    assert len(reports_of("\n".join(f"{head}\n{TEXT}" for head in heads))) == len(heads)


def test_what_stands_before_the_second_piece_is_the_first_that_lost_its_marker() -> None:
    first, second = reports_of(f"{TEXT}\n工作总结篇二\n{TEXT}\n工作总结篇三\n{TEXT}")[:2]
    assert (first.start, second.title) == (0, "工作总结篇二")


def test_a_report_after_a_signature_needs_no_title() -> None:
    text = f"县卫健局工作总结\n{TEXT}\n云岭县卫健局\n2022年12月1日\n县医院在上级领导下开展了各项工作。{DEED}\n{TEXT}"
    assert len(reports_of(text)) == 2


def test_an_attached_plan_and_a_second_address_are_not_reports_of_their_own() -> None:
    attached = f"云岭县卫健局2022年工作总结\n{TEXT}\n附件1\n云岭县卫健局2023年工作计划\n{TEXT}"
    hailed = f"政府工作报告\n{TEXT}\n各位代表！\n今年是关键一年，我们要再接再厉做好各项工作。\n{TEXT}"
    assert (len(reports_of(attached)), len(reports_of(hailed))) == (1, 1)


def test_a_government_s_first_and_second_part_are_one_report() -> None:
    text = f"政府工作报告\n第一部分 2023年工作回顾\n{DEED * 3}\n{TEXT}\n第二部分 2024年工作安排\n{DEED * 3}\n{TEXT}"
    assert len(reports_of(text)) == 1


def test_a_very_long_file_is_split_in_little_time() -> None:
    line = f"{DEED}\n"
    assert len(reports_of(f"云岭县卫健局2022年工作总结\n一、工作情况\n{line * 6000}")) == 1
