"""The reading figures fall when the reading is wrong: planted faults, one at a time."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from eval.reading.labels import LabelError, Turn, Turns, labelled
from eval.reading.measure import Measure
from eval.reading.roundtrip import measure_roundtrip, quote_fault
from eval.reading.samples import count_furniture, count_reports, count_sentences, expected_period, measure_sample
from eval.reading.sections import judge, scored
from eval.reading.seeds import Labelled, kept_letters, unmet
from eval.sample.archive import make_files
from eval.sample.facts import load_table
from ingest.mapped import MappedText
from ingest.period import Period
from ingest.pipeline import read_file
from ingest.settings import Settings, load_settings
from ingest.types import Block, CleanDocument, Document, Passage, Report, Section

SHARED = Path(__file__).parents[1].parent / "shared" / "archive"
TURNS = Turns.parse([[0, None, None], [10, "review", "2023"], [50, "plan", "2024"]])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path)


def section(part: str | None, period: int | None, *spans: tuple[int, int]) -> Section:
    """A section with a passage of one letter a character over each span."""
    passages = tuple(Passage(MappedText.identity("字" * (end - start), start)) for start, end in spans)
    at = None if period is None else Period.year(period)
    return Section(("一、回顾",), part, at, spans[0][0], spans[-1][1], passages)  # type: ignore[arg-type]


def report(*sections: Section) -> Report:
    return Report("标题", None, None, None, 2024, "政府工作报告", 0, 100, sections=sections)


def shares(*sections: Section) -> list[float]:
    """Sections right, sections' part right, characters right, neither without part."""
    return [measure.value for measure in scored("x", judge("a", [report(*sections)], TURNS))]


class TestSections:
    def test_a_turn_holds_until_the_next(self) -> None:
        assert [TURNS.at(offset).part for offset in (0, 9, 10, 49, 50, 999)] == [
            None, None, "review", "review", "plan", "plan",
        ]  # fmt: skip

    def test_right_sections_are_right(self) -> None:
        none, review, plan = section(None, None, (0, 10)), section("review", 2023, (10, 50)), (50, 90)
        assert shares(none, review, section("plan", 2024, plan)) == [1, 1, 1, 1]

    def test_a_wrong_part_counts_by_section_and_by_character(self) -> None:
        found = shares(section("plan", 2024, (10, 50)), section("plan", 2024, (50, 60)))
        assert found[:3] == [0.5, 0.5, pytest.approx(0.2)]

    def test_a_wrong_period_is_wrong_though_the_part_is_right(self) -> None:
        assert shares(section("review", 2022, (10, 50)))[:3] == [0, 1, 0]

    def test_a_section_over_a_turn_is_judged_by_where_most_of_it_lies(self) -> None:
        assert shares(section("plan", 2024, (45, 90)))[0] == 1
        assert shares(section("plan", 2024, (15, 60)))[0] == 0

    def test_a_part_made_up_for_a_salutation_is_counted_apart(self) -> None:
        assert shares(section("review", 2023, (0, 10)), section("review", 2023, (10, 50))) == [1, 1, 1, 0]

    def test_a_section_without_text_counts_nowhere(self) -> None:
        assert judge("a", [report(replace(section("plan", 2024, (10, 50)), passages=()))], TURNS) == []

    def test_nothing_judged_is_no_success(self) -> None:
        assert not scored("x", [])[0].kept


class TestLabels:
    def test_labels_of_another_text_are_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "labels").mkdir()
        row = {"file": "a.txt", "text_sha256": "0" * 64, "turns": []}
        (tmp_path / "labels" / "x.jsonl").write_text(json.dumps(row), encoding="utf-8")
        monkeypatch.setattr("eval.reading.labels.files", lambda _: tmp_path)
        (tmp_path / "a.txt").write_text("总结", encoding="utf-8")
        with pytest.raises(LabelError, match="与标注时不同"):
            list(labelled("x.jsonl", tmp_path))
        (tmp_path / "a.txt").unlink()
        with pytest.raises(LabelError, match="不在"):
            list(labelled("x.jsonl", tmp_path))

    def test_the_labels_fit_the_reports_and_rise(self) -> None:
        if not SHARED.is_dir():
            pytest.skip("the real reports are not there")
        rows = [(row["file"], Turns.parse(row["turns"]).turns) for row, _, _ in labelled("sections.jsonl", SHARED)]
        assert len(rows) >= 25
        for _, turns in rows:
            assert [turn.start for turn in turns] == sorted({turn.start for turn in turns})
            assert all(before.part != after.part or before.period != after.period for before, after in pairwise(turns))
            assert {turn.part for turn in turns} >= {"review", "plan"}


class TestRoundTrip:
    def test_a_passage_of_the_source_is_right(self) -> None:
        assert quote_fault(Passage(MappedText.identity("工作", 2)), "总结工作完成", ["总结工作完成"]) is None

    def test_a_text_that_is_not_the_source_s_is_found(self) -> None:
        assert quote_fault(Passage(MappedText.identity("工作", 2)), "总结工作完成", ["总结任务完成"])

    def test_offsets_beside_the_text_are_found(self) -> None:
        assert quote_fault(Passage(MappedText.identity("工作", 5)), "总结工作完成", ["总结工作完成"])

    def test_a_map_that_goes_back_is_found(self) -> None:
        back = MappedText("工作", array("l", [3, 2]), array("l", [4, 3]))
        assert quote_fault(Passage(back), "总结工作完成", ["总结工作完成"])

    def test_files_of_a_folder_are_held_against_their_bytes(self, tmp_path: Path, settings: Settings) -> None:
        (tmp_path / "a.txt").write_bytes("青禾县2022年工作总结\n一、工作\n完成任务。\n".encode("gb18030"))
        (measure,) = measure_roundtrip(tmp_path, settings)
        assert measure.total > 0 and measure.value == 1

    def test_every_passage_of_the_real_text_files_is_verbatim(self, settings: Settings) -> None:
        if not SHARED.is_dir():
            pytest.skip("the real reports are not there")
        (measure,) = measure_roundtrip(SHARED / "seeds", settings)
        assert measure.total > 50 and measure.faults == ()


class TestSample:
    def test_a_file_split_into_too_few_reports_is_named(self) -> None:
        files = load_table().files[:2]
        measure = count_reports([(files[0], 1), (files[1], 0)])
        assert measure.value == 0.5 and files[1].name in measure.faults[0]

    def test_a_section_of_another_part_or_period_makes_its_sentences_wrong(self, settings: Settings) -> None:
        made = make_files()[0]
        read = read_file(Path(made.spec.name), made.data, settings)
        right = count_sentences([(made, read)], load_table())
        assert right.value > 0.97
        for change in ({"part": "problem"}, {"period": Period.year(1999)}):
            reports = tuple(
                replace(one, sections=tuple(replace(section, **change) for section in one.sections))  # type: ignore[arg-type]
                for one in read.reports
            )
            assert count_sentences([(made, replace(read, reports=reports))], load_table()).value < 0.5
        assert count_sentences([(made, replace(read, reports=()))], load_table()).value == 0

    def test_periods_are_those_of_the_catalogue(self) -> None:
        reports = load_table().reports
        assert expected_period(reports["yl-2022"], "plan") == Period.year(2023)
        assert expected_period(reports["yl-2022-h1"], "plan") == Period(2022, 2022, 2)
        assert expected_period(reports["yl-2022-yd"], "plan") == Period.year(2022)
        assert expected_period(reports["xx-2000"], "review") is None

    def test_a_word_of_the_web_page_in_a_passage_is_found(self, settings: Settings) -> None:
        made = make_files()[0]
        read = read_file(Path(made.spec.name), made.data, settings)
        assert count_furniture([("a", read)]).value == 1
        passage = Passage(MappedText.identity("立即下载全文", 0))
        spoilt = replace(read.reports[0], sections=(section("review", 2022, (0, 4)),))
        spoilt = replace(spoilt, sections=(replace(spoilt.sections[0], passages=(passage,)),))
        assert count_furniture([("a", replace(read, reports=(spoilt,)))]).value == 0

    def test_the_sample_is_read_as_it_was_made(self, settings: Settings) -> None:
        assert [measure.name for measure in measure_sample(settings) if not measure.kept] == []


class TestMarks:
    def test_a_mark_counts_where_it_touches_one_of_its_kind(self) -> None:
        label = Labelled(10, 14, "masked")
        assert unmet([label], [Labelled(13, 20, "masked")]) == []
        assert unmet([label], [Labelled(14, 20, "masked")]) == [label]
        assert unmet([label], [Labelled(10, 14, "doubtful")]) == [label]

    def test_furniture_left_in_the_text_is_counted(self) -> None:
        document = Document("下载 总结", (), "txt")
        kept = CleanDocument((Block(MappedText.identity("下载 总结", 0)),))
        assert kept_letters(document, kept, [Labelled(0, 3)]) == 2
        assert kept_letters(document, CleanDocument((Block(MappedText.identity("总结", 3)),)), [Labelled(0, 3)]) == 0


def test_a_figure_below_its_demand_is_marked() -> None:
    assert "✗" in Measure.share("x", 96, 100, 0.97).line()
    assert "✗" not in Measure.share("x", 97, 100, 0.97).line()
    assert not Measure("x", 2.5, "seconds", most=2).kept


def test_labels_know_their_type() -> None:
    assert Turn(0, "plan", "2024") == Turns.parse([[0, "plan", "2024"]]).turns[0]
