"""What a day of work has promised so far, and whether it is so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.conversations.store import Conversations
from assistant.conversations.types import Turn
from assistant.drafting.store import DraftStore
from eval.failure import damage, work
from eval.failure.children import Tell
from eval.reading.killed import QuickEncoder
from ingest.archive import Archive
from ingest.trash import Trash


@dataclass
class Promised:
    """What is known to be so since the morning. `open`: titles of which a killed work may or may not have done its part
    (they may be as before or after, but must be somewhere).
    """

    here: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    thrown: set[str] = field(default_factory=set)
    years: dict[str, int] = field(default_factory=dict)
    turns: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=set)


def look(tell: Tell, home: Path, promised: Promised) -> list[str]:
    """In a child: everything that is not as it was promised."""
    with Archive.create_or_open(home) as archive:
        years = {report.title: report.year for report in archive.reports()}
        wrong = [f"doctor: {item.message}" for item in archive.doctor(QuickEncoder.name) if item.severity == "error"]
        damage.asked(archive)
    thrown = {entry.left.title for entry in Trash(home).entries()}
    wrong += [f"《{title}》 is not in the archive" for title in promised.here - promised.open if title not in years]
    wrong += [f"《{title}》 was forgotten and is here" for title in promised.gone - promised.open if title in years]
    wrong += [f"《{title}》 is not in the trash" for title in promised.thrown - promised.open if title not in thrown]
    somewhere = years.keys() | thrown | promised.gone
    wrong += [f"《{title}》 is nowhere" for title in promised.open & promised.thrown if title not in somewhere]
    for title, year in promised.years.items():
        if title in years and title not in promised.open and years[title] != year:
            wrong.append(f"《{title}》 was corrected to {year} and has {years[title]}")
    asked = [turn.question for one in Conversations(home).newest(work.OWNER) for turn in _turns(home, one.id)]
    wrong += [f"the turn {question} is gone" for _, question in promised.turns if question not in asked]
    drafts = DraftStore(home)
    saved = {
        str(drafts.open(work.OWNER, one.id, version.number).edits.get("text"))
        for one in drafts.list(work.OWNER)
        for version in drafts.versions(work.OWNER, one.id)
    }
    return wrong + [f"the version {text} is gone" for text in promised.texts if text not in saved]


def _turns(home: Path, number: str) -> tuple[Turn, ...]:
    return Conversations(home).turns(work.OWNER, number)
