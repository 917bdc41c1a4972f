"""Runs of failure, in little; and proof that they would see what they look for: planted losses, damage unnoticed."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from eval.failure import acknowledged, clock, damage, day, disk, kills, work
from eval.failure.children import KILLED, Child, Ended, Tell, run
from eval.failure.damage import Case, Damaged, Sound
from eval.failure.kills import Kill
from eval.failure.material import title_of, write_reports
from eval.failure.promised import Promised, look
from eval.failure.report import Extent, ask
from eval.reading.measure import Measure
from eval.reading.report import TopicError
from ingest.archive import Archive
from ingest.archive.database import NAME
from ingest.archive.records import Finding

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are those of POSIX")


def nothing(*_: object) -> None:
    """Nobody is told."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    place = tmp_path_factory.mktemp("failures")
    run(work.ingest, place / "home", write_reports(place / "reports", range(4))).whole()
    return damage.sound(place / "home")


@pytest.fixture
def home(sound: Sound, tmp_path: Path) -> Path:
    shutil.copytree(sound.home, tmp_path / "home")
    return tmp_path / "home"


def change(home: Path, sql: str) -> None:
    with closing(sqlite3.connect(home / NAME)) as connection, connection:
        connection.execute(sql)


def value(measures: list[Measure], name: str) -> float:
    return next(measure.value for measure in measures if name in measure.name)


class TestChildren:
    def test_what_a_child_tells_its_result_and_its_refusal(self, tmp_path: Path) -> None:
        assert run(_tells, 2).told == [0, 1] and run(_tells, 2).result == "done"
        ended = run(work.correct, tmp_path, tmp_path)
        assert ended.refusal is not None and ended.code == 0

    def test_an_exception_and_a_crash_are_results_too(self) -> None:
        assert "ZeroDivisionError" in run(_fails).trouble
        assert run(_dies).code == -11

    def test_a_kill_leaves_what_was_told_before_it(self) -> None:
        with Child(_tells, 10_000_000) as child:
            assert next(child.news()) == 0
            child.kill()
            ended = child.wait()
        assert ended.killed and ended.code == KILLED and ended.result is None


class TestKills:
    def test_a_few_of_them_lose_nothing(self) -> None:
        found = kills.kill_all(2, seed=5, names=("forget", "conversations"))
        assert [kill.struck for kill in found].count(True) == 2
        assert all(kill.lost == kill.unnoticed == kill.unequal == () for kill in found)

    def test_whatever_is_lost_unnoticed_or_unequal_is_counted(self) -> None:
        found = [
            Kill("ingest", "+1s", True, 3, lost=("a",)),
            Kill("rebuild", "+2s", True, unnoticed=("b", "c")),
            Kill("forget", "step 3", True, unequal=("d",)),
            Kill("forget", "step 9", False, lost=("none, for it struck nothing",)),
        ]
        measures = kills.measures(found, 3)
        assert value(measures, "met running work") == 3 and value(measures, "acknowledged before") == 3
        for name, count in (("lost", 1), ("undetected", 2), ("not made good", 1)):
            measure = next(one for one in measures if name in one.name)
            assert measure.value == count and not measure.kept


class TestAcknowledged:
    @pytest.mark.parametrize(
        "told",
        [
            ("file", "/nowhere/a.txt", "new", ""),
            ("vectors", 1_000_000, 1_000_000 - 1),
            ("gone", title_of(0)),
            ("corrected", title_of(0)),
            ("discarded", title_of(0)),
            ("restored", title_of(9)),
            ("turn", "no conversation", "问？"),
            ("version", "no draft", 1, "字"),
        ],
    )
    def test_what_was_promised_and_is_not_so_is_told(self, home: Path, told: tuple[object, ...]) -> None:
        assert len(acknowledged.lost(home, [told])) >= 1

    def test_a_file_whose_passages_are_gone_is_lost(self, home: Path) -> None:
        with Archive.create_or_open(home) as archive:
            path = next(iter(archive.sources()))
        assert acknowledged.lost(home, [("file", path, "new", "")]) == []
        change(home, "DELETE FROM passages WHERE file_id = 1")
        change(home, "DELETE FROM reports WHERE file_id = 1")
        assert acknowledged.lost(home, [("file", path, "new", "")]) == [f"{path} has no passages"]

    def test_a_report_that_is_nowhere_is_lost(self, home: Path) -> None:
        assert acknowledged.lost(home, [], [title_of(0), title_of(3)]) == []
        assert acknowledged.lost(home, [], [title_of(7)]) == [f"《{title_of(7)}》 is nowhere"]

    @pytest.mark.parametrize(
        "sql",
        [
            "DELETE FROM embeddings WHERE id = 1",
            "INSERT INTO passage_fts (passage_fts) VALUES ('delete-all')",
            "DELETE FROM queue",
        ],
    )
    def test_an_archive_that_does_not_fit_together_is_seen_without_doctor(self, home: Path, sql: str) -> None:
        assert acknowledged.unsound(home) == []
        change(home, sql)
        assert bool(acknowledged.unsound(home)) is ("queue" not in sql)


class TestDamage:
    def test_a_damage_is_noticed_and_mended(self, sound: Sound, tmp_path: Path) -> None:
        case = Case("by hand", lambda home, _: change(home, "UPDATE reports SET year = 1900 WHERE id = 1"))
        found = damage.damage(case, sound, tmp_path, 0)
        assert not found.harmless and "rebuild" in (found.noticed or "") and found.mended == found.crashed == ()

    def test_what_changes_nothing_is_no_damage(self, sound: Sound, tmp_path: Path) -> None:
        assert damage.damage(Case("nothing", lambda *_: None), sound, tmp_path, 0).harmless

    def test_damage_that_doctor_does_not_see_is_undetected(
        self, sound: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(damage, "doctor", _blind)
        case = Case("by hand", lambda home, _: change(home, "UPDATE reports SET year = 1900 WHERE id = 1"))
        found = damage.damage(case, sound, tmp_path, 0)
        assert found.noticed is None and not found.harmless
        assert value(damage.measures("x", [found], 1), "undetected") == 1

    def test_every_fault_is_counted(self) -> None:
        found = [
            Damaged("a", noticed="x，rebuild"),
            Damaged("b", crashed=("search: ended with code -11",), unanswered=("none",), mended=("left",)),
            Damaged("c", harmless=True),
        ]
        measures = damage.measures("x", found, 2)
        assert value(measures, "damaged") == 2 and value(measures, "nothing was different") == 1
        for name in ("undetected", "crashed", "in vain", "not mended"):
            assert value(measures, name) == 1

    def test_an_archive_that_doctor_finds_unsound_proves_nothing(self, home: Path) -> None:
        change(home, "UPDATE reports SET year = 1900 WHERE id = 1")
        with pytest.raises(damage.NotSound):
            damage.sound(home)

    def test_bits_are_turned_over_and_files_cut(self, tmp_path: Path) -> None:
        file = tmp_path / "a"
        file.write_bytes(bytes(100))
        damage.flip(file, random.Random(0))
        assert sum(byte.bit_count() for byte in file.read_bytes()) == 1
        damage.cut(file, 0.25)
        assert file.stat().st_size == 25


class TestTheRest:
    def test_a_few_hours_lose_nothing(self) -> None:
        assert day.live(4, seed=3).faults == ()

    def test_a_day_sees_what_is_lost(self, home: Path) -> None:
        promised = Promised(
            here={title_of(0), title_of(8)}, gone={title_of(1)}, thrown={title_of(9)}, years={title_of(0): 1900},
            turns=[("", "问？")], texts=["字"],
        )  # fmt: skip
        found = run(look, home, promised).whole()
        assert len(found) == 6

    def test_a_refusal_is_told_from_a_traceback(self) -> None:
        assert disk.refused(Ended(refusal="磁盘已满，请腾出空间。", code=0))
        assert disk.refused(Ended(told=[("file", "a.txt", "failed", "磁盘已满")], code=0))
        assert not disk.refused(Ended(fault="Traceback", code=0)) and not disk.refused(Ended(code=0))

    def test_a_clock_that_jumps(self) -> None:
        assert all(measure.kept for measure in clock.measure_clock())

    def test_an_unknown_topic_is_refused(self) -> None:
        with pytest.raises(TopicError):
            list(ask(["wetter"], Extent(), nothing))


def _tells(tell: Tell, times: int) -> str:
    for number in range(times):
        tell(number)
    return "done"


def _fails(tell: Tell) -> float:
    return 1 / 0


def _dies(tell: Tell) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSEGV)


def _blind(tell: Tell, home: Path, full: bool) -> list[Finding]:
    return []
