"""A row of the ledger as one sentence: the source's own figures, each cited where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Computed, Warning
from assistant.compose.draft import DraftSentence, Support
from assistant.compose.wording import finish, in_words
from assistant.evidence.figures import numbers_in
from assistant.ledger import Cell, LedgerRow
from assistant.ledger.citing import sentence_around
from assistant.ledger.judge import gap
from assistant.question.types import Role
from ingest.archive.records import PassageRecord

PassageOf = Callable[[int], PassageRecord]
"""A passage by its id."""

WORKED_OUT = "（按原文两数计算）"
_HIDDEN = "（原文此处数字已隐去）"
_DOUBTFUL = "（原文此处存疑，请核对原件）"
_FALLS = re.compile(r"[降减跌负缩]|回落|[-－−]$")
_BEFORE = 6
"""Characters before a rate of change that say which way it goes."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the warnings that belong to it."""

    sentence: DraftSentence
    warnings: tuple[Warning, ...] = ()


def say(row: LedgerRow, role: Role | None, passage_of: PassageOf, *, labelled: bool) -> Said | None:
    """One row as a sentence; None where it cannot be put in words that keep the source's meaning.

    `role`: target, result, or both with the completion rate; with None the result, and the target where the same
    sentence of the source tells it. All values of a row that disagree are shown.
    """
    cells = row.targets if role == "target" else row.results
    if not cells or any(_falls(cell, passage_of) for cell in (*row.targets, *row.results) if row.measure == "growth"):
        return None
    front = f"{row.org or row.region or cells[0].report_title}（{in_words(row.period)}）：" if labelled else ""
    if any(cell.status == "doubtful" for cell in cells):
        return _as_quoted(front, cells, passage_of)
    supports = [support_of(cell, passage_of) for cell in cells]
    computed: tuple[Computed, ...] = ()
    parts: list[str] = []
    if role == "target":
        parts.append(f"目标{_values(cells, supports, dated=False)}{_disagree(row, cells)}")
    else:
        promised = _promised(row, role, supports[0], passage_of)
        if promised:
            parts.append(f"目标{_values([cell for cell, _ in promised], [one for _, one in promised], dated=False)}")
            supports.extend(support for _, support in promised)
        known = "实际" if parts else ("" if len(cells) > 1 else "为")
        parts.append(f"{known}{_values(cells, supports)}{_disagree(row, cells)}")
        rate = next((cell for cell in row.completions if cell.status == "ok"), None)
        if rate is not None and promised and len(cells) == 1:
            parts.append(f"完成率{rate.text}")
            supports.append(support_of(rate, passage_of))
        elif row.computed is not None and role == "both" and promised and len(cells) == 1:
            parts.append(f"完成率{row.computed.value}{WORKED_OUT}")
            computed = (row.computed,)
    name = _name(row, cells[0], supports[0])
    told = "，".join(parts)
    text = front + name + (told if told.startswith(("为", "目标")) else f"：{told}") + "。"
    warnings = tuple(Warning("masked_figure", f"{cell.reason}，答案按原文照录。") for cell in cells if _masked(cell))
    if any(cell.superseded for cell in cells) or row.status == "conflict":
        warnings += (Warning("doubtful_figure", f"{row.name}在档案中有几个不同的数，已全部列出，请核对原件。"),)
    return Said(DraftSentence(text, _once(supports), computed), warnings)


def say_difference(first: LedgerRow, last: LedgerRow, passage_of: PassageOf) -> DraftSentence | None:
    """How much the last result differs from the first, worked out; None unless each row has one sound result."""
    if any(len(row.results) != 1 or row.results[0].status != "ok" for row in (first, last)):
        return None
    before, after = first.results[0], last.results[0]
    apart = gap(before.record.figure, after.record.figure, first.unit)
    if apart is None or before.sign or after.sign or _scale(before) != _scale(after):
        return None
    one, other = (in_words(first.period), in_words(last.period))
    if first.body != last.body:
        one, other = first.org or "", last.org or ""
        if not one or not other:
            return None
    more, less = ("多", "少") if first.measure == "level" else ("高", "低")
    supports = _once((support_of(after, passage_of), support_of(before, passage_of)))
    size = apart.value.lstrip("+-")
    if not numbers_in(size) - {"0"}:
        return DraftSentence(f"{other}与{one}持平。", supports)
    way = less if apart.value.startswith("-") else more
    return DraftSentence(f"{other}比{one}{way}{size}{WORKED_OUT}。", supports, (apart,))


def support_of(cell: Cell, passage_of: PassageOf) -> Support:
    """The sentence that a cell stands in."""
    passage = passage_of(cell.passage_id)
    return Support(passage, *sentence_around(passage, cell.record.figure.start))


def _once(supports: Sequence[Support]) -> tuple[Support, ...]:
    return tuple({_key(support): support for support in supports}.values())


def _key(support: Support) -> tuple[int, int, int]:
    return support.passage.id, support.start, support.end


def _promised(row: LedgerRow, role: Role | None, result: Support, passage_of: PassageOf) -> list[tuple[Cell, Support]]:
    """The targets to show: one that stands beside the result where there is one, all where they disagree."""
    sound = [cell for cell in row.targets if cell.status != "doubtful"]
    beside = [
        (one, result)
        for cell in sound
        for one in (cell, *cell.same)
        if _key(support_of(one, passage_of)) == _key(result) and not row.targets[1:]
    ][:1]
    if beside or role != "both":
        return beside
    return [(cell, support_of(cell, passage_of)) for cell in sound]


def _values(cells: Sequence[Cell], supports: Sequence[Support], *, dated: bool = True) -> str:
    """The values in the source's form, results with their dates; of several reports with the report instead."""
    several = len({cell.report_id for cell in cells}) > 1
    said = []
    for cell, support in zip(cells, supports, strict=False):
        date = (_date(cell, support) if dated else "") or (f"《{cell.report_title}》" if several else "")
        said.append(cell.text + (f"（{date}）" if date else "") + (_HIDDEN if _masked(cell) else ""))
    return "、".join(dict.fromkeys(said))


def _date(cell: Cell, support: Support) -> str:
    """截至11月20日, where the cited sentence says so itself."""
    if cell.as_of is None:
        return ""
    _, month, *day = cell.as_of.split("-")
    date = f"{int(month)}月" + (f"{int(day[0])}日" if day else "")
    sentence = support.passage.text.text[support.start : support.end]
    return f"截至{date}" if date in re.sub(r"\s", "", sentence) else ""


def _disagree(row: LedgerRow, cells: Sequence[Cell]) -> str:
    if len(cells) < 2:
        return ""
    if row.status == "mixed":
        return "（口径可能不同）"
    return "（不一致）" if row.status == "conflict" else "（数值不同，均照录）"


def _as_quoted(front: str, cells: Sequence[Cell], passage_of: PassageOf) -> Said:
    """A damaged figure is shown in its whole sentence, as it stands."""
    cell = next(cell for cell in cells if cell.status == "doubtful")
    support = support_of(cell, passage_of)
    quoted = finish(support.passage.text.text[support.start : support.end])
    sentence = DraftSentence(front + quoted + _DOUBTFUL, (support,), quoted=quoted)
    return Said(sentence, (Warning("doubtful_figure", f"{cell.reason}。"),) if cell.reason else ())


def _name(row: LedgerRow, cell: Cell, support: Support) -> str:
    """The indicator's name; the source's own wording where the name holds numbers that the sentence does not."""
    there = numbers_in(support.passage.text.text[support.start : support.end])
    name = row.name if numbers_in(row.name) <= there else cell.record.figure.indicator
    return f"{name}增速" if row.measure == "growth" and not name.endswith(("增速", "涨幅", "率")) else name


def _falls(cell: Cell, passage_of: PassageOf) -> bool:
    """Whether a rate of change is one of decline: its number alone would say the opposite."""
    passage = passage_of(cell.passage_id)
    text = passage.text
    at = next((i for i in range(len(text)) if text.starts[i] <= cell.record.figure.start < text.ends[i]), 0)
    return _FALLS.search(text.text[max(0, at - _BEFORE) : at]) is not None


def _scale(cell: Cell) -> str:
    return next((sign for sign in ("亿", "万") if sign in cell.record.figure.text), "")


def _masked(cell: Cell) -> bool:
    return cell.status == "masked"
