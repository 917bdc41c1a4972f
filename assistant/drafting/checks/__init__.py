"""Checks of a draft by code: each finding says where it is and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Citation
from assistant.drafting.checks.done import done as _already_done
from assistant.drafting.checks.facts import contradictory
from assistant.drafting.checks.figures import figures
from assistant.drafting.checks.form import form
from assistant.drafting.checks.grounds import groundless
from assistant.drafting.checks.names import names
from assistant.drafting.checks.overlap import Overlap, overlap, overlaps
from assistant.drafting.checks.stale import stale
from assistant.drafting.checks.subject import Subject
from assistant.drafting.types import DraftCheck, DraftSection, Manuscript, Order
from ingest.archive.records import PassageRecord

__all__ = ["Overlap", "check", "check_all", "checked", "highlights"]

_CHECKS = (figures, names, stale, overlap, form, _already_done)


def check(
    order: Order,
    section: DraftSection,
    number: int,
    citations: Sequence[Citation],
    done: Sequence[PassageRecord] = (),
    places: Collection[str] = (),
) -> tuple[DraftCheck, ...]:
    """What is wrong with one section, in the order of its text.

    `number`: its place in the manuscript; `citations`: those that its sources name by `n`; `done`: passages of the
    body's last review; `places`: regions of other bodies of the archive.
    """
    subject = Subject(order, section, number, citations, done, places)
    found = [one for judge in _CHECKS for one in judge(subject)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.start, one.end)))


def check_all(
    manuscript: Manuscript, done: Sequence[PassageRecord] = (), places: Collection[str] = ()
) -> tuple[DraftCheck, ...]:
    """What is wrong with a manuscript: every section, those that rest on nothing, and facts of the order that
    contradict each other.
    """
    found = list(contradictory(manuscript.order, manuscript.sections))
    for number, section in enumerate(manuscript.sections):
        bare = groundless(section, number)
        found += [] if bare is None else [bare]
        found += check(manuscript.order, section, number, manuscript.citations, done, places)
    return tuple(found)


def highlights(order: Order, section: DraftSection, citations: Sequence[Citation]) -> tuple[Overlap, ...]:
    """The stretches that stand word for word in an exemplar or a cited report, with their source."""
    return tuple(overlaps(Subject(order, section, 0, citations)))


def checked(manuscript: Manuscript, done: Sequence[PassageRecord] = (), places: Collection[str] = ()) -> Manuscript:
    """The manuscript with its checks made anew, after a section was edited."""
    return replace(manuscript, checks=check_all(manuscript, done, places))
