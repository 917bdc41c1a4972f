"""Runs of `eval draft`: every figure sees a planted fault, waits are a reader's, a stopped run tells what it has."""

from __future__ import annotations

import io
import json
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from eval.cli import app
from eval.drafting import score
from eval.drafting.cases import sample_cases
from eval.drafting.drafted import Drafted, Wait, draft_all
from eval.drafting.guests import Adversarial, obedient
from eval.drafting.repeats import said_twice
from eval.drafting.report import Part, parts
from eval.drafting.runs import Group, Runs, Writer, measured, spread
from eval.drafting.table import show_table
from eval.guests import Guest, as_model
from eval.reading.measure import Measure
from eval.reading.report import TopicError
from ingest.archive import Archive
from ingest.settings import load_settings
from tests.drafting_builders import archive_of, report

TOPICS = ["做实基本公共卫生服务", "促进中医药传承发展", "加强妇幼健康服务", "深化医药卫生体制改革"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    reports = [
        report(2023, TOPICS, TOPICS),
        report(2024, TOPICS, TOPICS),
        report(2024, TOPICS, TOPICS, org="平沙县卫生健康局", region="平沙县"),
    ]
    with archive_of(tmp_path_factory.mktemp("drafts"), *reports) as opened:
        yield opened


def _drafted(archive: Archive, says: Callable[[str], str] | None = None, most: int = 2) -> list[Drafted]:
    cases = [case for case in sample_cases(archive) if case.order.year == 2025][:most]
    return list(draft_all(archive, cases, None if says is None else as_model("guest", Guest(says))))


@pytest.fixture(scope="module")
def skeletons(archive: Archive) -> list[Drafted]:
    return _drafted(archive)


@pytest.fixture(scope="module")
def told(archive: Archive) -> list[Drafted]:
    return _drafted(archive, obedient)


def _all(drafted: list[Drafted]) -> list[Measure]:
    return [
        measure
        for ask in (score.figures, score.names, score.stale, score.overlap, score.form)
        for measure in ask(drafted)
    ]


def _value(measures: list[Measure], name: str) -> float:
    return next(one.value for one in measures if one.name == name)


def test_drafts_of_every_composer_over_an_archive_keep_the_promises(
    archive: Archive, skeletons: list[Drafted], told: list[Drafted]
) -> None:
    assert {one.name for one in skeletons} == {"青禾县卫生健康局 2025", "平沙县卫生健康局 2025"}
    cases = [case for case in sample_cases(archive) if case.order.year == 2025]
    guest = Adversarial()
    attacked = list(draft_all(archive, cases, as_model("adversarial", Guest(guest)), guest))
    for drafted in (skeletons, told, attacked):
        assert [one for one in _all(drafted) if not one.kept] == []


@pytest.mark.parametrize(
    ("field", "planted", "name"),
    [
        ("unsourced", ("388人",), "figures without a source"),
        ("old_targets", ("力争9600人",), "old years' figures as new targets"),
        ("leaks", ("平沙县",), "leaked names"),
        ("stale", ("2019年",), "stale years and periods"),
        ("run", "天" * 41, "longest run, characters"),
        ("shares", ((0.26, 0, "一节"),), "% of 13-grams, by the skeleton"),
        ("empty", 1, "empty sections"),
    ],
)
def test_a_planted_fault_is_beyond_its_bound(skeletons: list[Drafted], field: str, planted: object, name: str) -> None:
    fault: dict[str, Any] = {field: planted}
    clean = [replace(one, verdict=replace(one.verdict, shares=())) for one in skeletons]
    spoilt = [replace(clean[0], verdict=replace(clean[0].verdict, **fault)), *clean[1:]]
    assert [one.name for one in _all(clean) if not one.kept] == []
    assert [one.name for one in _all(spoilt) if not one.kept] == [name]


def test_a_models_section_is_held_to_the_narrower_share(told: list[Drafted]) -> None:
    at = told[0].written_by("llm")[0]
    spoilt = replace(told[0], verdict=replace(told[0].verdict, shares=((0.11, at, "一节"),)))
    assert [one.name for one in score.overlap([spoilt]) if not one.kept] == ["% of 13-grams, by the model"]


def test_a_paragraph_out_of_form_is_beyond_its_bound(skeletons: list[Drafted]) -> None:
    wrong = tuple(replace(fact, right=at > 0) for at, fact in enumerate(skeletons[0].form))
    spoilt = [replace(skeletons[0], form=wrong)]
    assert [one.name for one in score.form(spoilt) if not one.kept] == ["official form of the .docx"]


def test_a_models_sentences_are_told_from_the_skeletons(archive: Archive, told: list[Drafted]) -> None:
    found = score.writing(told[:1])
    assert _value(found, "sections that stood as the model's") > 0.5
    assert _value(found, "sentences shown that stood in the end") == 1.0
    assert _value(found, "of these in the model's own words") == 1.0
    parroted = [replace(one, plain="".join(section.text for section in one.manuscript.sections)) for one in told[:1]]
    assert _value(score.writing(parroted), "of these in the model's own words") == 0.0


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("开展隐患排查整治，确保学校的安全。防范重大事故发生，确保学校的安全。", ["确保学校的安全"]),
        ("【待填：完成时限，月】前完成人员全员轮训。完成人员全员轮训，抓好考核。", ["完成人员全员轮训"]),
        ("一是健全监测网络体系；二是进一步健全监测网络体系建设。", ["二是进一步健全监测网络体系建设"]),
        ("健全监测网络，抓好落实。推进中医药发展，抓好落实。", []),
        ("签约率达到【待填：签约率，%】，规范管理率达到【待填：规范管理率，%】。", []),
    ],
)
def test_what_a_section_says_twice_is_counted(skeletons: list[Drafted], text: str, twice: list[str]) -> None:
    assert list(said_twice(text)) == twice
    section = replace(skeletons[0].manuscript.sections[0], text=text)
    made = replace(skeletons[0], manuscript=replace(skeletons[0].manuscript, sections=(section,)))
    assert _value(score.repeats([made]), "clauses that a section says twice") == len(twice)


def test_sentences_that_were_shown_and_taken_back_do_not_stand(told: list[Drafted]) -> None:
    lost = [replace(wait, told=("这句话后来没有了。",)) for wait in told[0].waits]
    assert _value(score.writing([replace(told[0], waits=tuple(lost))]), "sentences shown that stood in the end") == 0.0
    skeleton = tuple(replace(section, composer="skeleton") for section in told[0].manuscript.sections)
    fallen = replace(told[0], manuscript=replace(told[0].manuscript, sections=skeleton))
    assert _value(score.writing([fallen]), "sentences shown that stood in the end") == 0.0
    assert _value(score.writing([fallen]), "sections that stood as the model's") == 0.0


def test_a_model_that_says_nothing_was_asked_and_wrote_nothing(archive: Archive) -> None:
    (silent,) = _drafted(archive, lambda asked: "", 1)
    found = score.writing([silent])
    assert _value(found, "sections that stood as the model's") == 0.0
    assert _value(found, "sections that the model was asked for") >= 3


def test_the_skeleton_was_not_asked_of_a_model(skeletons: list[Drafted]) -> None:
    assert all(one.asked() == [] for one in skeletons)


def test_the_first_sentence_is_timed_as_a_reader_sees_it(archive: Archive) -> None:
    def slow(asked: str) -> str:
        time.sleep(0.2)
        return obedient(asked)

    (made,) = _drafted(archive, slow, 1)
    for at in made.written_by("llm"):
        wait = made.waits[at]
        assert wait.first is not None and 0.2 <= wait.first <= wait.seconds
        assert len(wait.told) > 1


def _timed(made: Drafted, *waits: Wait) -> list[Measure]:
    return score.speed([replace(made, waits=waits)], skeleton=False, real=True)


def test_a_first_sentence_that_comes_late_or_never_is_beyond_its_bound(told: list[Drafted]) -> None:
    made = told[0]
    rest = len(made.manuscript.sections) - 1
    quick, late, never = Wait(20.0, 3.0, ("一。",)), Wait(20.0, 16.0, ("一。",)), Wait(20.0)
    assert [one for one in _timed(made, quick, *[quick] * rest) if not one.kept] == []
    for bad in (late, never):
        names = [one.name for one in _timed(made, bad, *[bad] * rest) if not one.kept]
        assert names == [
            f"first sentence of {what}, seconds p{n}" for what in ("first section", "later sections") for n in (50, 95)
        ]


def test_where_no_section_was_asked_for_no_first_sentence_is_timed(skeletons: list[Drafted]) -> None:
    found = score.speed(skeletons, skeleton=False, real=True)
    assert not any("first sentence" in one.name for one in found)


def test_a_skeletons_section_that_takes_too_long_is_beyond_its_bound(skeletons: list[Drafted]) -> None:
    slow = replace(skeletons[0], waits=(Wait(0.1), *[Wait(1.2)] * 3))
    assert [one.name for one in score.speed([slow], skeleton=True) if not one.kept] == [
        "a skeleton's section, seconds p95"
    ]


def test_cases_are_spread_over_all(archive: Archive) -> None:
    cases = sample_cases(archive) * 10
    assert spread(cases, 99) == cases
    numbered = list(range(30))
    assert spread(numbered, 3) == [5, 15, 25]
    assert spread(numbered, 1) == [15]
    assert spread([], 3) == []


def test_a_stopped_run_gives_what_it_has_and_stops(archive: Archive, tmp_path: Path) -> None:
    heard: list[str] = []

    def tell(line: str) -> None:
        heard.append(line)
        if ", 2/" in line:
            raise KeyboardInterrupt

    cases = sample_cases(archive)
    runs = Runs(load_settings(), None, out=tmp_path / "out", tell=tell)
    writer = Writer("fake", as_model("fake", Guest(obedient)))
    groups = runs._drafted("sample", writer, archive, cases)
    stopped = next(groups)
    assert stopped.done == f"1 of {len(cases)} manuscripts"
    assert _value(measured(stopped, "form"), "sections") > 0
    with pytest.raises(KeyboardInterrupt):
        next(groups)
    assert "section 1 " in heard[0]


def test_archives_that_are_not_wanted_are_not_drafted_from() -> None:
    assert list(Runs(load_settings(), None).groups(sample=False)) == []


def test_what_is_drafted_is_kept_as_files(archive: Archive, tmp_path: Path) -> None:
    runs = Runs(load_settings(), None, out=tmp_path / "out")
    (group,) = runs._drafted("sample", Writer("skeleton"), archive, sample_cases(archive)[:1])
    assert group.done == "1 manuscripts"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"sample, skeleton, {group.drafted[0].name}.json"]


def _table(*parts: Part) -> str:
    page = io.StringIO()
    show_table(Console(file=page, width=160), parts)
    return page.getvalue()


def test_the_whole_run_is_one_table() -> None:
    count = Measure("leaked names", 0, "count", most=0)
    bad = replace(count, value=2)
    outline = Measure.share("topics proposed", 9, 10, 0.75)
    shown = _table(
        Part("topics", (outline,)),
        Part("sample, skeleton, 30 manuscripts", (count,), "sample, skeleton"),
        Part("real, fake, 1 of 2 manuscripts", (bad, Measure("sections", 8, "count")), "real, fake"),
        Part("real reports", (), skipped="skipped: nowhere"),
    )
    lines = {line.split("  ")[0]: " ".join(line.split()) for line in shown.splitlines()}
    assert lines["leaked names"] == "leaked names ≤ 0 0 2 ✗"
    assert lines["sections"] == "sections 8"
    assert lines["manuscripts"] == "manuscripts 30 1 of 2"
    assert lines["topics proposed"] == "topics proposed ≥ 0.75 90.00% (9/10)"
    assert "skeleton" in shown and "fake" in shown
    assert _table() == ""
    assert "90.00% (9/10)" in _table(Part("topics", (outline,)))


def test_a_run_that_is_stopped_prints_the_table_of_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Iterator[Part]:
        yield Part(
            "sample, skeleton, 1 of 3 manuscripts", (Measure("stale years", 2, "count", most=0),), "sample, skeleton"
        )
        raise KeyboardInterrupt

    monkeypatch.setattr("eval.drafting.report.parts", stopped)
    before = signal.getsignal(signal.SIGTERM)
    ended = CliRunner().invoke(app, ["draft"])
    assert ended.exit_code == 130
    assert "[sample, skeleton, 1 of 3 manuscripts]" in ended.stdout and "1 of 3" in ended.stdout.splitlines()[-1]
    assert json.loads(CliRunner().invoke(app, ["draft", "--json"]).stdout)["sample, skeleton, 1 of 3 manuscripts"]
    assert signal.getsignal(signal.SIGTERM) == before


def test_what_falls_short_ends_a_strict_run_with_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, code in ((0, 0), (1, 1)):
        part = Part(
            "sample, skeleton, 3 manuscripts", (Measure("stale years", value, "count", most=0),), "sample, skeleton"
        )
        monkeypatch.setattr("eval.drafting.report.parts", lambda *_, found=part, **__: iter([found]))
        assert CliRunner().invoke(app, ["draft", "--strict"]).exit_code == code


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(TopicError):
        list(parts(Path("nowhere"), load_settings(), ["colour"]))


def test_real_reports_that_are_not_there_are_skipped_with_a_word(tmp_path: Path) -> None:
    (found,) = parts(tmp_path, load_settings(), ["topics"])
    assert "skipped" in found.skipped and not found.measures


def test_nothing_drafted_shows_nothing() -> None:
    assert measured(Group("sample", Writer("skeleton"), (), 3), "stale") == []
