"""One table: a row a figure, a column a peer, each peer's figure held against ours, and why ours is behind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args

from eval.peers.figures import Values
from eval.peers.registry import OURS

Better = Literal["higher", "lower", "neither"]
Verdict = Literal["behind", "ahead", "equal", "unknown"]
"""How ours stands to a peer, the worst first."""

REASONS = Path(__file__).with_name("reasons.toml")
MISSING = "（尚未写明原因）"
"""In the reason's place of a row that is behind and has none: a gap in the data file, not an excuse."""

_COSTS: tuple[tuple[str, str, Better, int], ...] = (
    ("ingest_seconds", "ingest, s", "lower", 1),
    ("characters_per_second", "ingest, characters/s", "higher", 0),
    ("disk_mb", "disk, MB", "lower", 1),
    ("memory_mb", "peak memory, MB", "lower", 0),
    ("pieces", "pieces", "neither", 0),
    ("p50_ms", "search p50, ms (question's embedding included)", "lower", 1),
    ("p95_ms", "search p95, ms (question's embedding included)", "lower", 1),
)
_EVIDENCE: tuple[tuple[str, str, Better, int], ...] = (
    ("evidence", "evidence in the top 5", "higher", 3),
    ("all_evidence", "questions with all their evidence in the top 5", "higher", 3),
    ("evidence_shown", "evidence in the first 2,000 characters", "higher", 3),
    ("wrong_bodies_top1", "top 1 of another body", "lower", 3),
    ("wrong_bodies_top5", "top 5 of another body", "lower", 3),
    ("wrong_years_top1", "top 1 of another year", "lower", 3),
    ("wrong_years_top5", "top 5 of another year", "lower", 3),
    ("characters_top5", "characters in the top 5", "neither", 0),
    ("unlocated", "passages not located in the source", "neither", 3),
)
_ANSWERS: tuple[tuple[str, str, Better, int], ...] = (
    ("right", "answers right", "higher", 3),
    ("right_answerable", "answers right where there is one", "higher", 3),
    ("refused", "refused where there is none", "higher", 3),
    ("refused_wrongly", "refused where there is one", "lower", 3),
    ("leaks", "citations of another body or year", "lower", 3),
    ("figures_traced", "figures in their quotes", "higher", 3),
    ("quotes_verbatim", "quotes verbatim", "higher", 3),
    ("citation_precision", "citation precision", "higher", 3),
    ("citation_recall", "citation recall", "higher", 3),
    ("p50_ms", "answer p50, ms", "lower", 1),
    ("p95_ms", "answer p95, ms", "lower", 1),
)
_GROUPS = {"squad": "paragraphs", "sample": "archive", "asked": "archive, as asked", "answers": "answers"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of all peers; verdicts: how ours stands to each, as printed to `digits`."""

    key: str
    title: str
    better: Better
    digits: int
    values: Mapping[str, float | None]

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """For every peer but ours."""
        ours = self.values.get(OURS)
        return {name: self._verdict(ours, value) for name, value in self.values.items() if name != OURS}

    def _verdict(self, ours: float | None, theirs: float | None) -> Verdict:
        if ours is None or theirs is None or self.better == "neither":
            return "unknown"
        left, right = round(ours, self.digits), round(theirs, self.digits)
        if left == right:
            return "equal"
        return "ahead" if (left > right) == (self.better == "higher") else "behind"

    @property
    def behind(self) -> tuple[str, ...]:
        """The peers that ours is behind."""
        return tuple(name for name, verdict in self.verdicts.items() if verdict == "behind")

    @property
    def state(self) -> Verdict:
        """Behind if ours is behind any peer, ahead if it is ahead of some, equal or unknown if of none."""
        found = set(self.verdicts.values())
        return next((one for one in get_args(Verdict) if one in found), "unknown")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ours is behind in the rows whose keys fit `row` (`*.disk_mb`), for these peers (all where empty)."""

    row: str
    text: str
    peers: tuple[str, ...] = ()


def rows_of(peers: Mapping[str, Values]) -> list[Row]:
    """The rows of everything that any peer has a figure for."""
    known = {key for values in peers.values() for key in values}
    kinds = sorted(key for key in known if ".evidence." in key)
    specs = [
        *((f"{group}.{key}", f"{_GROUPS[group]}: {title}", better, digits)
          for group, each in _ROWS for key, title, better, digits in each),
        *((key, f"{_GROUPS[key.partition('.')[0]]}: evidence in the top 5, {key.rpartition('.')[2]}", "higher", 3)
          for key in kinds),
    ]  # fmt: skip
    return [
        Row(key, title, better, digits, {name: values.get(key) for name, values in peers.items()})
        for key, title, better, digits in specs
        if key in known
    ]


_SQUAD: tuple[tuple[str, str, Better, int], ...] = (
    ("recall_at_1", "R@1", "higher", 3),
    ("recall_at_5", "R@5", "higher", 3),
    ("mrr", "MRR", "higher", 3),
)
_ROWS = (("squad", (*_COSTS, *_SQUAD)), ("sample", (*_COSTS, *_EVIDENCE)), ("asked", _EVIDENCE), ("answers", _ANSWERS))


def load_reasons(path: Path = REASONS) -> tuple[Reason, ...]:
    """The reasons written by hand. Raises KeyError, tomllib.TOMLDecodeError."""
    body = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Reason(one["row"], one["text"], tuple(one.get("peers", ()))) for one in body.get("reason", []))


def reasons_for(row: Row, reasons: Sequence[Reason]) -> tuple[str, ...]:
    """The reasons that stand beside a row: none where ours is not behind, MISSING for peers without one."""
    told: dict[str, list[str]] = {}
    for name in row.behind:
        fitting = [one for one in reasons if fnmatchcase(row.key, one.row) and (not one.peers or name in one.peers)]
        best = max(fitting, key=lambda one: (len(one.peers) > 0, len(one.row)), default=None)
        told.setdefault(MISSING if best is None else best.text, []).append(name)
    return tuple(f"{'、'.join(names)}: {text}" for text, names in told.items())


def to_json(rows: Sequence[Row], reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """The rows for `--json`."""
    return [
        {
            "key": row.key,
            "title": row.title,
            "better": row.better,
            "values": dict(row.values),
            "verdicts": row.verdicts,
            "state": row.state,
            "behind": list(row.behind),
            "reasons": list(reasons_for(row, reasons)),
        }
        for row in rows
    ]


def known_keys() -> set[str]:
    """The keys of all rows but those of evidence by kind, whose kinds the gold names."""
    return {f"{group}.{key}" for group, each in _ROWS for key, *_ in each}


_SIGNS = {"ahead": "", "equal": " =", "behind": " ▲", "unknown": ""}


def lines(rows: Sequence[Row], reasons: Sequence[Reason]) -> list[list[str]]:
    """Cells for people: the head, then a line a row; ▲ marks a figure better than ours, = one that is the same."""
    names = list(rows[0].values) if rows else []
    told = [["", *names, "ours", "reason"]]
    for row in rows:
        verdicts: Mapping[str, Verdict] = {OURS: "unknown", **row.verdicts}
        cells = [_shown(row.values[name], row.digits) + _SIGNS[verdicts[name]] for name in names]
        told.append([row.title, *cells, row.state, " / ".join(reasons_for(row, reasons))])
    return told


def _shown(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
