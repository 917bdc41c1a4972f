"""Drafts on disk: versions kept, folded, opened and restored, apart for each owner."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversations import Conversations, NotKept, Turn
from assistant.drafting.codec import UnreadableDraft
from assistant.drafting.store import DraftStore
from assistant.drafting.versions import BEFORE_DRAFTING, SAVED, SPELL, saved_note
from ingest.errors import NotFound, ReportAssistantError
from tests.paper_builders import manuscript, order, section

ROOT = Path(__file__).parents[1]


class Clock:
    """A clock that goes on by a minute whenever it is read, or as far as it is told."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 8, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> DraftStore:
    return DraftStore(tmp_path, clock)


def test_a_draft_opens_as_it_was_saved(store: DraftStore) -> None:
    made = manuscript()
    saved = store.save("", "2024年计划", made.order, made, {"0": "改过的文字"})
    opened = store.open("", saved.draft)
    assert (opened.draft.name, opened.version, opened.order) == ("2024年计划", saved, made.order)
    assert opened.edits == {"0": "改过的文字"}
    read = opened.read()
    assert read is not None and read.to_json() == made.to_json()
    assert [one.passage_id for one in read.citations] == [one.passage_id for one in made.citations]


def test_an_order_can_be_kept_before_anything_is_composed(store: DraftStore) -> None:
    saved = store.save("", "先定任务", order(), None)
    opened = store.open("", saved.draft)
    assert (opened.order, opened.manuscript, opened.read()) == (order(), None, None)


def test_the_contracts_object_can_be_kept_as_well(store: DraftStore) -> None:
    made = manuscript()
    saved = store.save("", "计划", made.order, made.to_json())
    read = store.open("", saved.draft).read()
    assert read is not None and (read.order, read.to_json()) == (made.order, made.to_json())


def test_saving_under_the_same_name_or_id_makes_versions(store: DraftStore, clock: Clock) -> None:
    first = store.save("", "计划", order(), manuscript(section("一", "甲")))
    clock.now += SPELL
    again = store.save("", "计划", order(), manuscript(section("一", "乙")))
    clock.now += SPELL
    third = store.save("", "计划（送审）", order(), manuscript(section("一", "丙")), draft_id=first.draft)
    other = store.save("", "计划", order(), None)
    assert [one.number for one in (first, again, third, other)] == [1, 2, 3, 1]
    assert first.draft == again.draft == third.draft != other.draft
    assert [one.number for one in store.versions("", first.draft)] == [3, 2, 1]
    texts = [store.open("", first.draft, n).read() for n in (1, 2, 3, None)]
    assert [read.sections[0].text for read in texts if read] == ["甲", "乙", "丙", "丙"]
    assert store.open("", first.draft).draft.name == "计划（送审）"


def test_saving_what_has_not_changed_makes_no_version(store: DraftStore) -> None:
    saved = store.save("", "计划", order(), manuscript())
    assert store.save("", "计划", order(), manuscript()) == saved
    assert store.save("", "计划", order(), manuscript(), {"0": "改"}).number == 2


def test_restoring_a_version_puts_it_on_top_and_loses_none(store: DraftStore) -> None:
    draft = store.save("", "计划", order(), manuscript(section("一", "甲")), note=SAVED).draft
    store.save("", "计划", order(), manuscript(section("一", "乙")))
    made = store.restore("", draft, 1)
    assert (made.number, made.note) == (3, "恢复自第1版")
    read = store.open("", draft).read()
    assert read is not None and read.sections[0].text == "甲"
    assert [one.note for one in store.versions("", draft)] == ["恢复自第1版", "恢复前", "保存"]
    for wrong in (lambda: store.restore("", draft, 9), lambda: store.open("", draft, 0)):
        with pytest.raises(NotFound, match="版本列表"):
            wrong()


def test_what_is_kept_while_the_writer_types_makes_one_version_of_a_working_spell(
    store: DraftStore, clock: Clock
) -> None:
    saves = [store.save("", "计划", order(), manuscript(section("一", "字" * n))) for n in range(1, 41)]
    draft, left = saves[0].draft, store.versions("", saves[0].draft)
    assert left[0] == saves[-1] and len(left) <= 6, "forty minutes of typing"
    clock.now += timedelta(days=2)
    last = store.save("", "计划", order(), manuscript(section("一", "改")))
    assert [one.number for one in store.versions("", draft)] == [last.number, saves[-1].number]
    with pytest.raises(NotFound, match="合并"):
        store.open("", draft, 1)


def test_what_the_writer_saved_stays_with_what_he_noted(store: DraftStore, clock: Clock) -> None:
    first = store.save("", "计划", order(), manuscript(section("一", "甲")))
    saved = store.save("", "计划", order(), manuscript(section("一", "甲")), note=saved_note())
    assert saved.number == first.number and saved.by_hand and not saved.automatic
    store.save("", "计划", order(), manuscript(section("一", "乙")))
    store.label("", first.draft, 1, " 送局长\n阅 ")
    store.save("", "计划", order(), manuscript(section("一", "丙")), note=BEFORE_DRAFTING)
    for text in "丁戊己":
        store.save("", "计划", order(), manuscript(section("一", text)))
        clock.now += timedelta(days=1)
    kept = store.versions("", first.draft)
    assert kept[-1].label == "送局长 阅" and kept[-2].note == BEFORE_DRAFTING
    read = store.open("", first.draft, 1).read()
    assert read is not None and read.sections[0].text == "甲"
    with pytest.raises(NotFound):
        store.label("别人", first.draft, 1, "改")
    with pytest.raises(NotFound):
        store.label("", first.draft, 99, "改")


def test_the_latest_saved_draft_stands_first(store: DraftStore) -> None:
    one = store.save("", "甲", order(), None).draft
    two = store.save("", "乙", order(), None).draft
    assert [item.id for item in store.list("")] == [two, one]
    store.save("", "甲", order(), manuscript())
    assert [(item.id, item.versions) for item in store.list("")] == [(one, 2), (two, 1)]
    assert [item.id for item in store.list("", limit=1)] == [one]


def test_a_deleted_draft_can_be_brought_back_for_thirty_days(store: DraftStore, clock: Clock, tmp_path: Path) -> None:
    draft = store.save("", "绝无仅有的计划", order(), manuscript()).draft
    assert store.delete("", draft).deleted is not None
    assert store.list("") == ()
    with pytest.raises(NotFound):
        store.open("", draft)
    assert store.undelete("", draft).deleted is None
    assert store.open("", draft).read() is not None

    store.delete("", draft)
    assert store.save("", "绝无仅有的计划", order(), None).draft != draft, "a deleted draft is not written on"
    clock.now += timedelta(days=31)
    store.save("", "别的", order(), None)
    with pytest.raises(NotFound):
        store.undelete("", draft)
    with sqlite3.connect(tmp_path / "app.db") as database:
        assert database.execute("SELECT count(*) FROM draft_versions WHERE draft = ?", (draft,)).fetchone() == (0,)


def test_a_draft_gets_another_name_on_one_line(store: DraftStore) -> None:
    draft = store.save("", "", order(), None).draft
    assert store.list("")[0].name == "未命名草稿"
    assert store.rename("", draft, " 新\n名称 ").name == "新 名称"
    with pytest.raises(NotFound, match="名称"):
        store.rename("", draft, "  ")


def test_owners_never_meet_each_others_drafts(store: DraftStore) -> None:
    own = store.save("甲", "计划", order(), manuscript()).draft
    assert store.list("乙") == store.list("") == ()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: store.open("乙", own),
        lambda: store.open("乙", own, 1),
        lambda: store.versions("乙", own),
        lambda: store.restore("乙", own, 1),
        lambda: store.rename("乙", own, "改掉"),
        lambda: store.delete("乙", own),
        lambda: store.save("乙", "计划", order(), None, draft_id=own),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert store.save("乙", "计划", order(), None).draft != own, "the same name is another draft"
    store.delete("甲", own)
    with pytest.raises(NotFound):
        store.undelete("乙", own)
    assert store.undelete("甲", own).versions == 1


def test_what_was_acknowledged_is_on_the_disk_when_the_process_is_cut_off(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from assistant.drafting.store import DraftStore;"
        "from tests.paper_builders import manuscript, order;"
        "DraftStore(Path(sys.argv[1])).save('', '计划', order(), manuscript()); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    (kept,) = DraftStore(tmp_path).list("")
    read = DraftStore(tmp_path).open("", kept.id).read()
    assert read is not None and read.title == manuscript().title


def test_drafts_and_conversations_share_one_file_whichever_came_first(tmp_path: Path) -> None:
    for home, drafts_first in ((tmp_path / "a", True), (tmp_path / "b", False)):
        home.mkdir()
        steps = [
            lambda home=home: DraftStore(home).save("", "计划", order(), manuscript()),
            lambda home=home: Conversations(home).start("", Turn("签约多少？")),
        ]
        for step in steps if drafts_first else reversed(steps):
            step()
        assert len(DraftStore(home).list("")) == len(Conversations(home).newest("")) == 1
        assert {path.name.split("-")[0] for path in home.iterdir()} == {"app.db"}


def test_an_app_db_from_before_drafts_gets_their_tables(tmp_path: Path) -> None:
    from assistant.conversations.database import MIGRATIONS

    with sqlite3.connect(tmp_path / "app.db") as older:
        for statement in MIGRATIONS[0]:
            older.execute(statement)
        older.execute("PRAGMA user_version = 1")
    assert DraftStore(tmp_path).list("") == ()
    assert DraftStore(tmp_path).save("", "计划", order(), None).number == 1


def test_a_broken_a_barred_and_a_missing_place_are_told_in_one_line_about_drafts(tmp_path: Path) -> None:
    for name in ("broken", "barred"):
        (tmp_path / name).mkdir()
    (tmp_path / "broken" / "app.db").write_bytes(b"no database at all" * 500)
    (tmp_path / "barred" / "app.db").mkdir()
    for name, word in (("broken", "已损坏"), ("barred", "权限"), ("missing", "还没有档案")):
        with pytest.raises(NotKept, match=word) as fault:
            DraftStore(tmp_path / name).save("", "计划", order(), None)
        assert "草稿" in str(fault.value) and "\n" not in str(fault.value)
    with pytest.raises(NotKept, match="已损坏"):
        DraftStore(tmp_path / "broken").list("")
    assert not (tmp_path / "missing").exists()


def test_reading_needs_no_file_and_makes_none(store: DraftStore, tmp_path: Path) -> None:
    assert store.list("") == ()
    with pytest.raises(NotFound):
        store.open("", "abc")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_version_says_so_and_spares_the_others(store: DraftStore, tmp_path: Path) -> None:
    draft = store.save("", "计划", order(), manuscript(), note=SAVED).draft
    store.save("", "计划", order(), None)
    for wrong in ("{", '"text"', '{"title": "计划"}'):
        with sqlite3.connect(tmp_path / "app.db") as database:
            database.execute("UPDATE draft_versions SET manuscript = ? WHERE number = 2", (wrong,))
        with pytest.raises(UnreadableDraft) as fault:
            store.open("", draft).read()
        assert isinstance(fault.value, ReportAssistantError) and "其他版本" in str(fault.value)
    assert store.open("", draft, 1).read() is not None
