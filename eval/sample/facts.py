"""The one table of facts: who reports what for which year, and what each report and file is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("eval.sample")
_CHINESE_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
HIDDEN_YEAR = 2000
"""The year of the report whose year is masked (20xx); its plan year is HIDDEN_YEAR + 1."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that writes reports. `short` are the names by which clerks call it; `rank` is 县, 市, 院, …"""

    key: str
    org: str
    short: tuple[str, ...]
    place: str
    rank: str

    @property
    def slots(self) -> dict[str, str]:
        """What the sentence templates call this body."""
        upper = {"县": "县委、县政府", "市": "市委、市政府", "镇": "镇党委、政府", "区": "区委、区政府"}.get(
            self.rank, "县委、县政府"
        )
        return {
            "org": self.org,
            "place": self.place,
            "all": f"全{self.rank}" if self.rank != "中心" else "中心",
            "our": f"我{self.rank}",
            "us": "我委" if self.rank == "市" else "我局" if self.rank in "县区" else f"我{self.rank}",
            "upper": upper,
            "domain": "市" if self.rank == "市" else "县",
        }


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator. `name` as reports write it, `ask` as clerks say it, `how` ends a question for its result.

    `service` says whether it is something that people receive (an examination, not a fine).
    """

    key: str
    name: str
    ask: tuple[str, ...]
    how: tuple[str, ...]
    kind: str = "count"
    service: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: figures are in their written form (10082人, 1.45万人, 93%以上, 十二个), empty where not said.

    `half` is "H1" for a half-year row. `five` is (span of years, value), `detail` (unit below the body, value).
    `flags`: plan, prev, table, cut, words, not_reported, mask_target=…, mask_result=….
    """

    body: str
    year: int
    half: str
    indicator: str
    target: str
    result: str
    rate: str
    asof: str
    five: tuple[str, str] | None
    detail: tuple[str, str] | None
    flags: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What makes this row unique."""
        return self.body, self.year, self.half, self.indicator

    def mask(self, role: str) -> str | None:
        """The characters that hide the number of `target` or `result`, or None."""
        for flag in self.flags:
            if flag.startswith(f"mask_{role}="):
                return flag.partition("=")[2]
        return None

    def shown(self, role: str) -> str:
        """Target or result as the report prints it: with its number hidden where the table says so."""
        value = self.target if role == "target" else self.result
        mask = self.mask(role)
        return re.sub(r"[\d.,]+", mask, value) if mask else value


@dataclass(frozen=True, slots=True)
class Item:
    """A topic without figures: planned in the report before, done (or not) in the report of the year."""

    body: str
    year: int
    half: str
    topic: str
    key_plan: str
    key_done: str
    names: tuple[str, ...]
    plan: str
    done: str


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One report. kind: annual, half, points (工作要点) or unit (a hospital's, a centre's)."""

    id: str
    body: str
    year: int
    kind: str
    title: str
    style: str
    grouping: str


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file of the archive: the reports in it, its encoding (empty for .docx and .pdf) and its defects."""

    name: str
    reports: tuple[str, ...]
    encoding: str
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the archive is made from."""

    bodies: Mapping[str, Body]
    indicators: Mapping[str, Indicator]
    facts: tuple[Fact, ...]
    items: tuple[Item, ...]
    reports: Mapping[str, ReportSpec]
    files: tuple[FileSpec, ...]
    prose: Mapping[str, Any]

    def find(self, body: str, year: int, indicator: str, half: str = "") -> Fact | None:
        """The row of one body, period and indicator."""
        return next((fact for fact in self.facts if fact.key == (body, year, half, indicator)), None)


@cache
def load_table() -> Table:
    """Read the data files that lie beside this module."""
    bodies = {row["key"]: Body(**{**row, "short": tuple(row["short"])}) for row in load_toml("bodies.toml")["body"]}
    indicators = {
        key: Indicator(
            key, row["name"], tuple(row["ask"]), tuple(row["how"]), row.get("kind", "count"), row.get("service", True)
        )
        for key, row in load_toml("indicators.toml").items()
    }
    reports = [_report(row) for row in load_tsv("reports.tsv")]
    return Table(
        bodies=bodies,
        indicators=indicators,
        facts=tuple(_fact(row) for row in load_tsv("facts.tsv")),
        items=tuple(_item(row) for row in load_tsv("topics.tsv")),
        reports={report.id: report for report in reports},
        files=tuple(
            FileSpec(row["name"], _split(row["reports"], ","), row["encoding"], _split(row["defects"], ","))
            for row in load_tsv("files.tsv")
        ),
        prose=load_toml("prose.toml"),
    )


def load_toml(name: str) -> dict[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(_DATA.joinpath(name).read_text(encoding="utf-8"))


def has_data(name: str) -> bool:
    """Whether this package holds the file."""
    return _DATA.joinpath(name).is_file()


def load_tsv(name: str) -> list[dict[str, str]]:
    """A tab-separated file of this package, as one dict per row; raises ValueError on a row of another width."""
    lines = _DATA.joinpath(name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def number(written: str) -> float | None:
    """The value of a written figure (1.45万人 → 14500, 十二个 → 12, 93%以上 → 93); None where there is none."""
    found = re.match(r"([\d,]+(?:\.\d+)?)([万亿]?)", written)
    if found:
        return float(found[1].replace(",", "")) * {"": 1, "万": 1e4, "亿": 1e8}[found[2]]
    spelt = re.match(r"([零一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", written)
    if spelt is None or not spelt[0]:
        return None
    if not spelt[2]:
        return float(_CHINESE_DIGITS[spelt[1] or spelt[3]])
    return float(_CHINESE_DIGITS.get(spelt[1], 1) * 10 + _CHINESE_DIGITS.get(spelt[3], 0))


def unit(written: str) -> str:
    """What follows the number of a written figure (万人, 户次, %以上)."""
    return re.sub(r"^[\d.,零一二三四五六七八九十]+", "", written)


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(mark) if part)


def _pair(text: str) -> tuple[str, str] | None:
    first, equals, second = text.partition("=")
    return (first, second) if equals else None


def _fact(row: dict[str, str]) -> Fact:
    plain = {name: row[name] for name in ("body", "half", "indicator", "target", "result", "rate", "asof")}
    return Fact(
        **plain,
        year=int(row["year"]),
        five=_pair(row["five"]),
        detail=_pair(row["detail"]),
        flags=_split(row["flags"], ","),
    )


def _report(row: dict[str, str]) -> ReportSpec:
    plain = {name: row[name] for name in ("id", "body", "kind", "title", "style", "grouping")}
    return ReportSpec(**plain, year=int(row["year"]))


def _item(row: dict[str, str]) -> Item:
    plain = {name: row[name] for name in ("body", "half", "topic", "key_plan", "key_done", "plan", "done")}
    return Item(**plain, year=int(row["year"]), names=_split(row["list"], "|"))
