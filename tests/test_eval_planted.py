"""The harness itself: a measure that does not fall when an answer is spoilt measures nothing.

One row for each measure and each mistake: right answers get full marks, the same answers with the mistake planted in
one of them get less. Measures with tests of their own beside their topic are not repeated here: rankings
(test_eval_ranking), causes (test_eval_causes), injections, promises, reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.ledger import LedgerRow, build_ledger
from eval.drafting import score as drafting
from eval.drafting.judge import Verdict
from eval.figures import ledger, sample
from eval.gold import Gold
from eval.metrics.duplicates import DuplicateScore
from eval.metrics.score import score_answer
from eval.metrics.summary import Summary, summarise
from eval.retrieval import ranking
from eval.sample.archive import make_files
from ingest.figures.extract import extract_figures
from ingest.figures.types import Figure
from ingest.settings import Settings
from tests.eval_builders import FILE, SCREENED, SERVED, TEXTS, answer, citation, gold, says, sentence, silence

Answer = dict[str, Any]

GOLD: tuple[Gold, ...] = (
    gold(id="one", org="松溪县卫生健康局", year=2022),
    gold(
        id="two",
        numbers=["5600", "110万"],
        evidence=[{"file": FILE, "text": SCREENED}, {"file": FILE, "text": SERVED}],
    ),
    gold(id="none", kind="unanswerable", numbers=[], evidence=[]),
    gold(id="not either", kind="unanswerable", numbers=[], evidence=[]),
)
BOTH = answer([sentence(SCREENED, 1), sentence(SERVED, 2)], [citation(), citation(SERVED, 2)])
RIGHT: tuple[Answer, ...] = (says(SCREENED), BOTH, silence(), silence())


def summary(*answers: Answer, seconds: Sequence[float] = (0.1, 0.1, 0.1, 0.1)) -> Summary:
    return summarise(
        [score_answer(one, wanted, TEXTS, {}, took) for one, wanted, took in zip(answers, GOLD, seconds, strict=True)]
    )


def first(spoilt: Answer) -> tuple[Answer, ...]:
    return (spoilt, *RIGHT[1:])


def second(spoilt: Answer) -> tuple[Answer, ...]:
    return (RIGHT[0], spoilt, *RIGHT[2:])


def third(spoilt: Answer) -> tuple[Answer, ...]:
    return (*RIGHT[:2], spoilt, RIGHT[3])


ELSEWHERE = "截至11月20日，建立居民档案12,345份。"

SPOILT: dict[tuple[str, str], tuple[Answer, ...]] = {
    ("right", "another figure"): first(says("完成5500人。")),
    ("right", "a digit too many"): first(says("完成15600人。")),
    ("right", "one figure of two"): second(says(SCREENED)),
    ("right", "silence"): first(silence()),
    ("right", "an answer where there is none"): third(says(SCREENED)),
    ("figures_traced", "an invented figure beside the true one"): first(says("完成5600人，占98.7%。")),
    ("figures_traced", "a figure of another sentence's source"): second(
        answer([sentence(SCREENED, 1), sentence(f"{SERVED}完成率101.8%。", 2)], [citation(), citation(SERVED, 2)])
    ),
    ("figures_traced", "a sum that is wrong"): first(
        answer([sentence("完成率102.8%。", 1, computed=[{"value": "102.8%", "expression": "5600/5500"}])], [citation()])
    ),
    ("figures_traced", "a sum of figures that nobody wrote"): first(
        answer([sentence("共7700人。", 1, computed=[{"value": "7700", "expression": "5600+2100"}])], [citation()])
    ),
    ("quotes_verbatim", "a word changed"): first(says(SCREENED, quote=SCREENED.replace("全年", "今年"))),
    ("quotes_verbatim", "the place is off by one"): first(says(SCREENED, start=citation()["start"] + 1)),
    ("quotes_verbatim", "a file that is not there"): first(says(SCREENED, source_file="无.txt")),
    ("well_formed", "a sentence without a citation"): first(answer([sentence(SCREENED)], [citation()])),
    ("well_formed", "a citation that is not there"): first(answer([sentence(SCREENED, 2)], [citation()])),
    ("well_formed", "an answer that is not its sentences"): first(
        answer([sentence(SCREENED, 1)], [citation()]) | {"answer": f"据报告，{SCREENED}〔1〕"}
    ),
    ("well_formed", "an abstention that cites"): third(silence() | {"citations": [citation()]}),
    ("citation_precision", "a citation of something else"): first(
        answer([sentence(SCREENED, 1, 2)], [citation(), citation(ELSEWHERE, 2)])
    ),
    ("citation_precision", "the same words in another file"): first(says(SCREENED, source_file="别处.txt")),
    ("citation_recall", "one passage of two"): second(says(SCREENED)),
    ("citation_recall", "another passage"): first(says(SCREENED, ELSEWHERE)),
    ("citation_recall", "silence"): first(silence()),
    ("abstention_precision", "silence where there is an answer"): first(silence()),
    ("abstention_recall", "an answer where there is none"): third(says(SCREENED)),
    ("leaks", "another body"): first(
        answer([sentence(SCREENED, 1, 2)], [citation(), citation(ELSEWHERE, 2, org="青阳县卫生健康局")])
    ),
    ("leaks", "another year"): first(
        answer([sentence(SCREENED, 1, 2)], [citation(), citation(ELSEWHERE, 2, period="2021")])
    ),
    ("leaks", "next year's plan"): first(
        answer([sentence(SCREENED, 1, 2)], [citation(), citation(ELSEWHERE, 2, period="2023", part="plan")])
    ),
}


def test_right_answers_get_full_marks() -> None:
    told = summary(*RIGHT).to_json()
    measures = {name for name, _ in SPOILT}
    assert {name: told[name] for name in measures} == {name: 0 if name == "leaks" else 1 for name in measures}


def test_no_measure_of_the_summary_is_without_a_planted_mistake() -> None:
    measures = set(summary(*RIGHT).to_json()) - {"n", "leaks_checked", "p50", "p95"}
    assert measures == {name for name, _ in SPOILT}


@pytest.mark.parametrize(("measure", "mistake"), SPOILT, ids=lambda part: str(part).replace(" ", "_"))
def test_a_planted_mistake_costs_marks(measure: str, mistake: str) -> None:
    value, full = (summary(*answers).to_json()[measure] for answers in (SPOILT[measure, mistake], RIGHT))
    assert value is not None and full is not None
    assert value > full if measure == "leaks" else value < full


def test_slow_answers_show_in_the_percentiles() -> None:
    quick, slow = summary(*RIGHT), summary(*RIGHT, seconds=(0.1, 0.1, 3.0, 3.0))
    assert (quick.p50, quick.p95) == (0.1, 0.1)
    assert slow.p95 == 3.0
    assert summary(*RIGHT, seconds=(0.1, 3.0, 3.0, 3.0)).p50 == 3.0


@pytest.mark.parametrize("ranks", [[2, 1, 1], [6, 1, 1], [None, 1, 1]])
def test_a_paragraph_pushed_down_or_lost_costs_marks(ranks: list[int | None]) -> None:
    full, less = ranking([1, 1, 1]), ranking(ranks)
    assert less.recall_at_1 < full.recall_at_1 == 1
    assert less.mrr < full.mrr == 1
    assert (less.recall_at_5 < 1) is (ranks[0] != 2)


def test_copies_missed_and_different_reports_joined_cost_marks() -> None:
    one, other = frozenset({"a.txt", "b.txt"}), frozenset({"c.txt", "d.txt"})
    full = DuplicateScore((one, other), (), ())
    assert (full.recall, full.precision) == (1, 1)
    assert DuplicateScore((one,), (other,), ()).recall == 0.5
    assert DuplicateScore((one,), (), (other,)).precision == 0.5


@pytest.fixture(autouse=True)
def _few_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few files of the sample say as much about the measures as all of them."""
    made = make_files()[:8]
    monkeypatch.setattr(sample, "make_files", lambda: made)
    monkeypatch.setattr(ledger, "make_files", lambda: made)


def pairs(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[list[LedgerRow]], list[LedgerRow]]) -> ledger.PairScore:
    monkeypatch.setattr(ledger, "build_ledger", lambda *given: spoil(list(build_ledger(*given))))
    return ledger.score_pairs(Settings(Path("unused")))


def joined(row: LedgerRow) -> bool:
    return bool(row.targets and row.results)


def targets_exchanged(rows: list[LedgerRow]) -> list[LedgerRow]:
    paired = [row for row in rows if joined(row)]
    return [replace(row, targets=other.targets) for row, other in zip(paired, [*paired[1:], paired[0]], strict=True)]


def a_result_called_a_target(rows: list[LedgerRow]) -> list[LedgerRow]:
    return [replace(row, targets=row.results, results=row.targets) if joined(row) else row for row in rows]


def rows_parted(rows: list[LedgerRow]) -> list[LedgerRow]:
    return [replace(row, results=()) if number % 2 else row for number, row in enumerate(rows)]


def test_targets_and_results_joined_wrongly_cost_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    right = pairs(monkeypatch, lambda rows: rows)
    assert right.rows > 20
    assert right.precision > 0.95 and right.recall > 0.85
    for spoil in (targets_exchanged, a_result_called_a_target):
        wrong = pairs(monkeypatch, spoil)
        assert wrong.precision < right.precision - 0.5, spoil
        assert wrong.recall < right.recall - 0.5, spoil
    parted = pairs(monkeypatch, rows_parted)
    assert parted.recall < right.recall - 0.3
    assert parted.precision == pytest.approx(right.precision, abs=0.05)


def ten_times(figure: Figure) -> Figure:
    low, high = figure.value.low, figure.value.high
    if low is None or high is None:
        return figure
    return replace(figure, value=replace(figure.value, low=10 * low, high=10 * high))


EXTRACTED: dict[str, Callable[[list[Figure]], list[Figure]]] = {
    "every second one is missed": lambda found: found[::2],
    "each is found twice": lambda found: [*found, *found],
    "ten times the number": lambda found: [ten_times(one) for one in found],
    "another unit": lambda found: [replace(one, value=replace(one.value, unit="头")) for one in found],
}
USED: dict[str, Callable[[list[Figure]], list[Figure]]] = {
    "no period": lambda found: [replace(one, period=None) for one in found],
    "another indicator": lambda found: [replace(one, indicator="粮食播种面积") for one in found],
}


@pytest.mark.parametrize("mistake", [*EXTRACTED, *USED])
def test_figures_read_wrongly_cost_marks(monkeypatch: pytest.MonkeyPatch, mistake: str, tmp_path: Path) -> None:
    right = sample.score_sample(Settings(tmp_path))
    spoil = {**EXTRACTED, **USED}[mistake]
    monkeypatch.setattr(sample, "extract_figures", lambda *given: spoil(list(extract_figures(*given))))
    wrong = sample.score_sample(Settings(tmp_path))
    assert right.value.f1 > 0.95 and right.use.f1 > 0.9
    assert wrong.use.f1 < right.use.f1 - 0.2
    assert (wrong.value.f1 < right.value.f1 - 0.2) is (mistake in EXTRACTED)


def test_the_writers_figures_left_out_cost_marks() -> None:
    def kept(stated: int) -> float:
        verdict = Verdict((), (), (), (), "", (), 1, 0, 0, (stated, 4))
        made: Any = SimpleNamespace(name="一份", verdict=verdict)
        return next(one.value for one in drafting.figures([made]) if one.name == "the writer's figures kept")

    assert kept(3) < kept(4) == 1
