"""What the report measures: a table of parts, each a command of `python -m eval` and what is picked from its JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, Literal, get_args

from ingest.errors import ReportAssistantError

Better = Literal["higher", "lower", "neither"]
Unit = Literal["share", "score", "count", "seconds", "ms", "times", "mb", "per_second"]
Need = Literal["shared", "chromium", "gguf", "small_gguf", "student"]
GROUPS = ("quality", "reading", "figures", "drafting", "peers", "speed", "scale", "failure", "memory")
"""The sections of the report in their order; each has a file of parts of its own."""


class PartsError(ReportAssistantError):
    """The table of parts is wrong, or there is no such part."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: where it stands, what it is and what is demanded of it.

    n: how many it is a share of (numbers at this path are added up). values: per-question values whose mean it is;
    parts and wholes: per-question counts whose ratio it is; interval: where the command gives low and high itself.
    goal: the demand in words; such a row stands in the summary. noise: relative change that is none, None: the unit's.
    """

    key: str
    label: str
    path: str
    unit: Unit = "share"
    better: Better = "higher"
    n: str = ""
    values: str = ""
    parts: str = ""
    wholes: str = ""
    interval: str = ""
    least: float | None = None
    most: float | None = None
    goal: str = ""
    noise: float | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """The same rows of every item of a list (named by the field `key`) or of an object (named by its keys)."""

    path: str
    rows: tuple[Row, ...]
    key: str = ""
    item: str = "what"


@dataclass(frozen=True, slots=True)
class Matrix:
    """A list of rows {key, title, better, values: {item: number}, behind, reasons}: the item `own` beside the others.

    goal: in words, that no row of quality is behind; costs (of time and space) are no quality.
    """

    path: str
    own: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """dots: shares with their intervals, a line an item. panels: small bars, one panel a field. lines: growth over `x`
    on log axes. `fields` are keys of rows; `items`: only these, all where empty.
    """

    kind: Literal["dots", "panels", "lines"]
    title: str
    fields: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    x: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement.

    command: arguments of `python -m eval` without --json; {sample}, {scale}, {shared}, {gguf}, {small_gguf} and
    {student} stand for what is there. measures: topics of the JSON that are lists of measures and bring their own
    demands; "*" for all. beside: topics are columns beside each other. goal: in words, that every demand of this part
    is kept. questions: where the JSON lists questions with `id` and `right`. causes: where it groups errors by cause.
    remarks: where it has lines of text to be shown below.
    """

    name: str
    group: str
    title: str
    chinese: str
    command: tuple[str, ...]
    minutes: float = 1.0
    needs: tuple[Need, ...] = ()
    note: str = ""
    rows: tuple[Row, ...] = ()
    each: tuple[Each, ...] = ()
    measures: tuple[str, ...] = ()
    beside: bool = False
    goal: str = ""
    questions: str = ""
    causes: str = ""
    matrix: Matrix | None = None
    remarks: tuple[str, ...] = ()
    plots: tuple[Plot, ...] = ()

    def specs(self) -> Iterator[Row]:
        """Every row by itself and every one that is repeated."""
        yield from self.rows
        for each in self.each:
            yield from each.rows


def all_parts() -> tuple[Part, ...]:
    """Every part in the order of the report. Raises PartsError where the table is wrong."""
    folder = files(__package__) / "tables"
    found = [
        one for group in GROUPS for one in read_parts((folder / f"{group}.toml").read_text(encoding="utf-8"), group)
    ]
    _distinct([part.name for part in found], "parts")
    return tuple(found)


def read_parts(text: str, group: str) -> tuple[Part, ...]:
    """The parts of one file. Raises PartsError."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PartsError(f"{group}.toml 不是 TOML（{error}）", "请修正这个文件") from error
    return tuple(_part(one, group) for one in body.get("part", []))


def chosen(parts: Sequence[Part], only: Sequence[str], groups: Sequence[str]) -> tuple[Part, ...]:
    """The parts of these names and of these groups, all where neither is given. Raises PartsError."""
    names = [part.name for part in parts]
    for wanted, known in ((only, names), (groups, GROUPS)):
        for name in wanted:
            if name not in known:
                raise PartsError(f"没有名为 {name} 的项目", f"可用的有 {'、'.join(known)}")
    if not only and not groups:
        return tuple(parts)
    return tuple(part for part in parts if part.name in only or part.group in groups)


def _part(body: dict[str, Any], group: str) -> Part:
    name = str(body.get("name", "?"))
    whole = {
        **body,
        "group": group,
        "rows": _rows(body, name),
        "each": tuple(_made(Each, {**one, "rows": _rows(one, name)}, name) for one in body.get("each", [])),
        "matrix": _made(Matrix, body["matrix"], name) if "matrix" in body else None,
        "plots": tuple(_made(Plot, one, name) for one in body.get("plots", [])),
    }
    part: Part = _made(Part, whole, name)
    _distinct([row.key for row in part.specs()], name)
    known = {row.key for row in part.specs()}
    for plot in part.plots:
        for field in (*plot.fields, *filter(None, [plot.x])):
            if field not in known and not part.measures and part.matrix is None:
                raise PartsError(f"{name}：图里的 {field} 不是一行", "请修正 eval/report/tables")
    for need in part.needs:
        if need not in get_args(Need):
            raise PartsError(f"{name}：不知道 {need} 是什么", f"可用的有 {'、'.join(get_args(Need))}")
    return part


def _rows(body: dict[str, Any], name: str) -> tuple[Row, ...]:
    rows = tuple(_made(Row, one, name) for one in body.get("rows", []))
    for row in rows:
        if row.unit not in get_args(Unit) or row.better not in get_args(Better):
            raise PartsError(f"{name}/{row.key}：unit 或 better 不对", "请修正 eval/report/tables")
    return rows


def _made(kind: Any, body: dict[str, Any], name: str) -> Any:
    known = {field.name for field in fields(kind)}
    unknown = body.keys() - known
    if unknown:
        raise PartsError(f"{name}：不知道 {'、'.join(sorted(unknown))} 是什么", f"可用的有 {'、'.join(sorted(known))}")
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in body.items()})
    except TypeError as error:
        raise PartsError(f"{name}：缺了一项（{error}）", "请修正 eval/report/tables") from error


def _distinct(names: Sequence[str], where: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise PartsError(f"{where}：{name} 写了两次", "请改一个名字")
