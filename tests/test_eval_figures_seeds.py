"""The score of the real web copies falls when a pair is torn or a status is wrong: planted faults, one at a time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.ledger import build_ledger
from eval.figures.archive import InMemory
from eval.figures.report import measures
from eval.figures.seeds import LABELS, Kind, Mark, Pair, Place, Share, judge
from eval.reading.labels import LabelError, labelled
from ingest.settings import load_settings
from tests.ledger_builders import Archive

SHARED = Path(__file__).parents[1].parent / "shared"
FILE = "a.txt"


def stated() -> Archive:
    """A task of 4380, 4480 reached; the rate is the program's to work out."""
    return Archive().say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查", "4480人")


def score(held: Archive, *labels: Pair | Mark, text: str = "") -> Share:
    """How the labels of one kind stand to what is held; the file's text is `text`, else what the figures show."""
    said = text or said_by(held)
    archive = InMemory(tuple(held.figures), tuple(held.reports), {1: said, 2: said}, {1: FILE, 2: "b.txt"})
    pairs = [one for one in labels if isinstance(one, Pair)]
    marks = [one for one in labels if isinstance(one, Mark)]
    scored = judge(pairs, marks, build_ledger(held.figures, held.reports), archive)
    (share,) = scored.shares.values()
    assert len(scored.faults) == share.total - share.right
    return share


def said_by(held: Archive) -> str:
    text = ""
    for record in held.figures:
        text = text.ljust(record.figure.start, "，") + record.figure.text
    return text


def pair(held: Archive, *numbers: str | None, kind: Kind = "count") -> Pair:
    """The label of the first figure as task and the others as what became of it, with these numbers."""
    places = [
        Place(record.figure.start, record.figure.end, None if number is None else Decimal(number))
        for record, number in zip(held.figures, numbers, strict=True)
    ]
    return Pair(FILE, "两癌筛查", kind, places[0], tuple(places[1:]))


def mark(held: Archive, status: str) -> Mark:
    figure = held.figures[0].figure
    return Mark(FILE, "masked" if status == "masked" else "doubtful", (Place(figure.start, figure.end),))


class TestPairs:
    def test_a_row_with_the_task_and_the_number_reached_is_right(self) -> None:
        held = stated()
        assert score(held, pair(held, "4380", "4480")) == Share(1, 1)

    @pytest.mark.parametrize("numbers", [("4381", "4480"), ("4380", "4481")])
    def test_another_number_at_the_same_place_is_wrong(self, numbers: tuple[str, str]) -> None:
        held = stated()
        assert score(held, pair(held, *numbers)) == Share(0, 1)

    def test_numbers_in_two_rows_are_no_pair(self) -> None:
        held = Archive().say("目标", "两癌筛查", "4380人").say("结果", "产前筛查", "4480人")
        assert score(held, pair(held, "4380", "4480")) == Share(0, 1)

    def test_two_results_and_no_task_are_no_pair(self) -> None:
        held = Archive().say("结果", "两癌筛查", "4380人").say("结果", "两癌筛查", "4480人")
        assert score(held, pair(held, "4380", "4480")) == Share(0, 1)

    def test_a_stated_completion_that_stands_elsewhere_is_missed(self) -> None:
        whole = stated().say("完成率", "两癌筛查", "102.28%")
        torn = stated().say("结果", "建档率", "102.28%")
        for held, right in ((whole, 1), (torn, 0)):
            assert score(held, pair(held, "4380", "4480", "102.28")) == Share(right, 1)

    def test_the_same_numbers_of_another_file_do_not_serve(self) -> None:
        held = stated()
        assert score(held, replace(pair(held, "4380", "4480"), file="b.txt")) == Share(0, 1)

    def test_a_rate_of_its_own_stands_in_a_row_of_the_same_indicator_only(self) -> None:
        near = Archive().say("目标", "两癌筛查", "4380人").say("结果", "两癌筛查率", "84.2%")
        far = Archive().say("目标", "两癌筛查", "4380人").say("结果", "建档率", "84.2%")
        for held, right in ((near, 1), (far, 0)):
            assert score(held, pair(held, "4380", "84.2", kind="rate")) == Share(right, 1)


class TestMarks:
    @pytest.mark.parametrize("status", ["masked", "doubtful"])
    def test_a_figure_with_its_status_is_right_and_with_another_wrong(self, status: str) -> None:
        masked = Archive().say("结果", "两癌筛查", "X人")
        doubtful = Archive().say("结果", "两癌筛查", "202365人", status="doubtful")
        held, other = (masked, doubtful) if status == "masked" else (doubtful, masked)
        assert score(held, mark(held, status)) == Share(1, 1)
        assert score(other, mark(other, status)) == Share(0, 1)

    def test_a_figure_that_is_not_in_the_ledger_is_missing(self) -> None:
        held = stated()
        assert score(held, Mark(FILE, "masked", (Place(900, 905),))) == Share(0, 1)

    def test_a_damaged_figure_that_was_put_right_is_wrong(self) -> None:
        held = Archive().say("结果", "两癌筛查", "1065人", status="doubtful")
        figure = held.figures[0].figure
        said = "，" * figure.start + "202365人"
        assert score(held, mark(held, "doubtful"), text=said) == Share(0, 1)

    def test_a_page_mark_inside_a_figure_is_no_part_of_it(self) -> None:
        held = Archive().say("结果", "建档率", "84.2023%", status="doubtful")
        figure = held.figures[0].figure
        said = "，" * figure.start + "84.20\n\n2、23%"
        record = replace(held.figures[0], figure=replace(figure, end=len(said)))
        held.figures = [record]
        assert score(held, mark(held, "doubtful"), text=said) == Share(1, 1)

    def test_any_copy_of_one_statement_serves(self) -> None:
        held = Archive().say("结果", "两癌筛查", "X人")
        places = (Place(900, 905), *mark(held, "masked").places)
        assert score(held, Mark(FILE, "masked", places)) == Share(1, 1)


def test_labels_fit_the_files_or_are_skipped_with_a_word(tmp_path: Path) -> None:
    ((_, told),) = measures(tmp_path, load_settings(tmp_path), ["seeds"])
    assert isinstance(told, str) and told.startswith("skipped")
    if not (SHARED / "archive").is_dir():
        pytest.skip("the real reports are not there")
    rows = [row for row, _, _ in labelled(LABELS, SHARED / "archive" / "seeds")]
    assert sum(len(row["pairs"]) for row in rows) >= 10 and sum(len(row["masked"]) for row in rows) > 100


def test_labels_of_another_text_are_refused(tmp_path: Path) -> None:
    if not (SHARED / "archive").is_dir():
        pytest.skip("the real reports are not there")
    for path in (SHARED / "archive" / "seeds").iterdir():
        (tmp_path / path.name).write_bytes("改过。".encode() + path.read_bytes())
    with pytest.raises(LabelError, match="标注"):
        list(labelled(LABELS, tmp_path))
