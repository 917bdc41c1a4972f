"""What a user says of a report goes before what the program found, and all that follows from it follows from that."""

from __future__ import annotations

from ingest.types import Changes, Correction, Report
from tests.structure_builders import DEED, report_of, reports_of, sense_of

TEXT = f"云岭县卫健局2021年工作总结\n一、工作情况\n甲。{DEED}\n二、下一步打算\n乙。{DEED}"


def corrected(text: str, changes: Changes) -> Report:
    return report_of(text, corrections=(Correction(0, len(text), changes),))


def test_a_given_year_moves_the_periods_of_all_sections() -> None:
    report = corrected(TEXT, {"year": 2022})
    assert (report.year, str(report.period)) == (2022, "2022")
    assert sense_of(report, "甲。") == ("review", "2022")
    assert sense_of(report, "乙。") == ("plan", "2023")


def test_a_given_kind_changes_what_is_reviewed_and_planned() -> None:
    text = f"云岭县材料\n2024年有关情况。\n甲。{DEED}"
    report = corrected(text, {"kind": "计划", "year": 2024})
    assert (report.kind, sense_of(report, "甲。")) == ("计划", ("plan", "2024"))


def test_a_given_body_has_its_own_region_and_rank() -> None:
    report = corrected(TEXT, {"org": "青禾市卫生健康委员会"})
    assert (report.org, report.region, report.level) == ("青禾市卫生健康委员会", "青禾市", "市")


def test_none_clears_what_was_found() -> None:
    report = corrected(TEXT, {"org": None, "year": None})
    assert (report.org, report.region, report.level, report.year, report.period) == (None, None, None, None, None)
    assert all(section.period is None for section in report.sections)
    assert sense_of(report, "乙。") == ("plan", None)


def test_what_was_given_is_certain_and_says_so_and_the_rest_stays_as_it_was() -> None:
    report = corrected(TEXT, {"year": 2022, "published": "2023-01-09"})
    assert (report.published, report.reasons["published"], report.certainty["published"]) == (
        "2023-01-09",
        "用户更正",
        "given",
    )
    assert (report.reasons["year"], report.certainty["year"]) == ("用户更正", "given")
    assert (report.reasons["org"], report.certainty["org"]) == ("标题", "high")


def test_a_given_title_is_shown_and_helps_to_tell_the_year() -> None:
    report = corrected(f"材料\n甲。{DEED}", {"title": "云岭县卫健局2020年工作总结"})
    assert (report.title, report.year, report.kind, report.org) == (
        "云岭县卫健局2020年工作总结",
        2020,
        "总结",
        "云岭县卫健局",
    )
    assert report.certainty["title"] == "given"


def test_the_text_of_a_report_is_the_same_under_a_given_title() -> None:
    before, after = report_of(TEXT), corrected(TEXT, {"title": "别的标题"})
    assert [s.passages for s in before.sections] == [s.passages for s in after.sections]


def test_a_correction_belongs_to_the_report_that_it_overlaps_most() -> None:
    piece = f"{DEED * 4}\n一、工作情况\n{DEED * 4}"
    text = f"工作总结篇一\n{piece}\n工作总结篇二\n{piece}"
    second = reports_of(text)[1]
    near_second = Correction(second.start - 10, second.end, {"year": 2020})
    assert [report.year for report in reports_of(text, corrections=(near_second,))] == [None, 2020]


def test_a_correction_that_overlaps_no_report_is_ignored_and_a_later_one_wins() -> None:
    far = Correction(len(TEXT) + 100, len(TEXT) + 200, {"year": 1999})
    assert report_of(TEXT, corrections=(far,)) == report_of(TEXT)
    whole = [Correction(0, len(TEXT), {"year": year}) for year in (2019, 2020)]
    assert report_of(TEXT, corrections=tuple(whole)).year == 2020
