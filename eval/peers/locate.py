"""Where a peer's passage stands: its offsets in the source text, and the year and body of what stands there.

Peers hand back text and a file's name. The text is looked for in the source without white space, and in pages without
tags; what cannot be found so (a reader that drops or reorders characters) keeps the peer's text and has no offsets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.opened import Opened
from eval.peers.job import Found

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL | re.IGNORECASE)
_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Place:
    """`text[start:end]` of the source text of `file`."""

    file: str
    quote: str
    start: int
    end: int


@dataclass(slots=True)
class Sources:
    """The source texts of an archive, and its passages as citations by file name (a copy has none)."""

    texts: Mapping[str, Sequence[str]]
    copies: Mapping[str, frozenset[str]]
    passages: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)

    def locate(self, found: Found) -> Place | None:
        """Where the passage stands in one of its files, else in a copy of one; None where it cannot be found."""
        return self._within(found.text, self._names(found))

    def citations(self, found: Found, quote: str, place: Place | None) -> list[dict[str, Any]]:
        """The contract's citation objects that `quote`, standing at `place`, may be: one for each passage of ours that
        lies there. Year, body, part and period are ours, since no peer knows any; where nothing can be located, those
        of every passage of the file.
        """
        names = [name for name in self._names(found) if name in self.passages]
        there = self._within(quote, names)
        known = [one for name in names[:1] for one in self.passages[name]]
        if there is not None:
            held = [one for one in self.passages[there.file] if one["start"] < there.end and there.start < one["end"]]
            known = held or known
        where: dict[str, Any] = {"n": 1, "source_file": found.files[0], "quote": quote, "start": -1, "end": -1}
        if place is not None:
            where |= {"source_file": place.file, "quote": place.quote, "start": place.start, "end": place.end}
        return [{**one, **where} for one in known] or [{**_UNKNOWN, **where}]

    def _names(self, found: Found) -> list[str]:
        """The files that hold the passage, then their copies."""
        copies = [copy for name in found.files for copy in sorted(self.copies.get(name, ()))]
        return list(dict.fromkeys([*found.files, *copies]))

    def _within(self, text: str, names: Sequence[str]) -> Place | None:
        wanted = "".join(text.split())
        looks = [(name, text, tags) for name in names for text in self.texts.get(name, ()) for tags in _variants(name)]
        for name, source, tags in looks:
            if wanted and (span := _span(source, wanted, tags)) is not None:
                return Place(name, source[span[0] : span[1]], *span)
        return None


_UNKNOWN: dict[str, Any] = {
    "report": "", "org": None, "year": None, "part": None, "period": None, "section": [], "page": None,
}  # fmt: skip


def sources_of(opened: Opened) -> Sources:
    """Everything that is needed of an archive home."""
    from assistant.citations import cite
    from ingest.archive import Archive

    passages: dict[str, list[dict[str, Any]]] = {}
    with Archive.create_or_open(opened.settings.home, chroma_url=opened.settings.chroma_url) as archive:
        for report in archive.reports():
            for passage in archive.report_passages(report.id):
                citation = cite(archive, passage, 0, len(passage.text.text), 1).to_json()
                passages.setdefault(str(citation["source_file"]), []).append(citation)
    return Sources(opened.texts, opened.copies, passages)


def _variants(name: str) -> tuple[bool, ...]:
    """Whether tags count as nothing: a page is looked at both ways, because some readers leave tags in."""
    return (True, False) if Path(name).suffix.lower() in _PAGES else (False,)


def _span(text: str, wanted: str, without_tags: bool) -> tuple[int, int] | None:
    dense, kept = _shape(text, without_tags)
    at = dense.find(wanted)
    return None if at < 0 else (kept[at], kept[at + len(wanted) - 1] + 1)


@lru_cache(maxsize=4096)
def _shape(text: str, without_tags: bool) -> tuple[str, tuple[int, ...]]:
    """The characters that count, and where each stands in the text."""
    skipped: set[int] = set()
    if without_tags:
        for tag in _TAG.finditer(text):
            skipped.update(range(*tag.span()))
    kept = tuple(at for at, char in enumerate(text) if not char.isspace() and at not in skipped)
    return "".join(text[at] for at in kept), kept
