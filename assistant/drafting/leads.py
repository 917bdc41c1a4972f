"""Who leads a measure and by when, as the exemplar that it is recast from says it.

A unit of the body's own may lead again, a general kind of unit (各乡镇卫生院) may lead anywhere; whoever else the
exemplar names, a person above all, stays there, and the draft only shows that somebody is wanted. A month or quarter of
the body's own plan is kept as its habit where no year stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.foreign import Names
from assistant.drafting.pieces import Group, Line
from assistant.drafting.types import Exemplar, Order, OrderKind
from assistant.drafting.units import is_general, is_unit
from assistant.promises.types import Stretch
from ingest.clean import normalise
from ingest.figures.numerals import chinese_number

LEAD_WANTED = "【待填：牵头单位】"
DATE_WANTED = "【待填：完成时限】"
_LONGEST = 18
_MOST_UNITS = 3
_NEAR = 60
_STOPS = "。；;！!\n"
_UNITS = r"[㐀-鿿、和及与A-Za-zXx×*＊○〇]{2,30}?"
_COLUMN = re.compile(
    r"(?:第一)?(?:牵头|责任|主办|负责|承办|主责|落实)(?P<sort>单位|科室|股室|处室|部门|机构|领导|人员|人)(?:[及和与、](?:责任)?(?:科室|单位|领导|人))?\s*[:：]\s*"
    r"(?P<who>[^|；;。，,）)\]】\n:：]{2,40})"
)
_LED = re.compile(
    rf"(?:^|[，,（(：:、])由(?P<who>{_UNITS})(?:具体|共同|统一)?(?:牵头负责|牵头|负责|组织实施|承担)(?!人|同志|[的制])"
)
_LEADING = re.compile(
    rf"(?:^|[，,（(：:])(?P<who>{_UNITS})(?:牵头负责|牵头|(?:按照?(?:各自)?职责)?分工负责|按照?(?:各自)?职责(?:分工)?(?:抓好|做好)?(?:落实|负责)|具体负责|负责落实|负责)"
    r"(?=$|[，,。；;）)\n])"
)
_AHEAD = re.compile(
    r"(?:^|[，,：:|]|[一二三四五六七八九十]是)(?P<who>[㐀-鿿、和及与]{2,20}?)牵头(?:负责)?(?=[㐀-鿿]{4})(?!的)"
)
"""医政科牵头开展…: only where it is a unit (支持企业牵头组建… is none)."""
_ONCE = re.compile(
    r"[新扩改迁搬重续筹]建|建成|建设(?!年)|竣工|开工|封顶|投用|投入使用|创建|争创|挂牌|验收|搬迁|改造|购置|上线|组建|成立"
)
"""What is done once is no habit, and its date in an old plan tells nothing of this year's."""
_PERSON = re.compile(r"领导|人员?$")
_COLUMN_DATE = re.compile(
    r"(?:完成|办结|推进|工作|责任)?(?:时限|时间节点|时间要求|完成时间|时间进度)\s*[:：]\s*(?P<when>[^|；;。，,）)\]】\n]{2,20})"
)
_CLOSES = re.compile(r"(?:。\s*|\n\s*)[（(\[【]?\s*")
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
_DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d年)?(?:{_MONTH}(?P<part>份|底|末|初|[上中下]旬)?(?P<day>[\d一二三四五六七八九十]{{1,3}}[日号])?"
    r"|第?(?P<quarter>[一二三四1-4])季度(?P<end>末|底)?|(?P<half>[上下]半年)|(?P<whole>年[底末]))(?P<by>之?前|内|以前)?"
)
_OPENED_BY = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}[是要]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、．])?(?:(?:力争|确保|争取|计划|在|于|今年|本年|全[省市县区]|要|将)*)$"
)
_DONE_BY = re.compile(r"^[，,](?:力争|确保|争取|计划|要|在|于)*$")
_DONE = re.compile(
    r"^(?:全部|全面|基本|如期)?(?:完成|完工|建成|投用|到位|见效)(?:任务|建设|工作)?(?=$|[，,。；;）)\n])"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What an exemplar says beside a measure.

    `when`: before it (六月底前启动…); `who`: the units that lead; `done`: by when it is done (六月底前); each empty
    where the exemplar has none that may stand. `who_wanted`, `when_wanted`, `done_wanted`: it names one that may not.
    `end`: where in the passage all this ends, so that a source can hold it.
    """

    when: str = ""
    who: str = ""
    done: str = ""
    who_wanted: bool = False
    when_wanted: bool = False
    done_wanted: bool = False
    end: int = 0


NONE = Lead()


@dataclass(frozen=True, slots=True)
class _Date:
    found: re.Match[str]
    before: bool


def lead_of(stretch: Stretch, said: str, names: Names, *, own: bool, level: bool, kind: OrderKind) -> Lead:
    """Who leads a measure, recast as `said`, and by when. `own`: of the body's own report; `level`: of a body of the
    same level.
    """
    if kind == "总结":
        return NONE
    text = normalise(stretch.passage.text.text)
    near, place = _segment(text, stretch.start, stretch.end)
    who, named, last = _leader(stretch, text, near, place, names, own=own, level=level)
    date = _deadline(text, stretch.end, near, place, stretch.end - stretch.start, said) if own else None
    told = "" if date is None or _ONCE.search(said) else _told(date.found, kind)
    wanted = date is not None and not told and date.found["whole"] is None and date.found["half"] is None
    before = date is not None and date.before
    if told and not before and not told.endswith("前"):
        told = f"{told}{'' if told.endswith(('底', '末')) else '底'}前"
    return Lead(
        told if before else "",
        who,
        "" if before else told,
        named and not who,
        wanted and before,
        wanted and not before,
        max(stretch.end, stretch.start - place + last) if who else stretch.end,
    )


def with_leads(group: Group, order: Order, exemplars: Sequence[Exemplar], names: Names, level: str | None) -> Group:
    """A group whose measures say who leads and by when. What all of them share is said once, behind them; of what is
    wanted there is one placeholder each. `level`: of the body that the draft is for.
    """
    by_report = {one.report.id: one for one in exemplars}
    leads = [_of_line(line, order, by_report, names, level) for line in group.lines]
    shared = leads[0].who if len(leads) > 1 and len({one.who for one in leads}) == 1 else ""
    blanks = order.composer == "skeleton"  # a model is given measures, no blanks that it might garble
    no_who = next((n for n, one in enumerate(leads) if blanks and one.who_wanted), None)
    no_date = next((n for n, one in enumerate(leads) if blanks and (one.when_wanted or one.done_wanted)), None)
    lines = []
    for number, (line, lead) in enumerate(zip(group.lines, leads, strict=True)):
        who = LEAD_WANTED if number == no_who else "" if shared else lead.who
        when = f"{DATE_WANTED}前" if number == no_date and lead.when_wanted else lead.when
        done = f"{DATE_WANTED}前" if number == no_date and lead.done_wanted else lead.done
        tail = "，".join(filter(None, (f"由{who}牵头" if who else "", f"{done}完成" if done else "")))
        lines.append(replace(line, when=when, tail=tail, stretch=_reaching(line.stretch, lead)))
    close = None
    if shared:
        close = Line(f"以上工作由{shared}牵头", "exemplar", None, lines[0].stretch)
    return replace(group, lines=tuple(lines), close=close)


def _of_line(line: Line, order: Order, exemplars: dict[int, Exemplar], names: Names, level: str | None) -> Lead:
    if line.kind != "exemplar" or line.stretch is None or line.stretch.passage.report_id not in exemplars:
        return NONE
    model = exemplars[line.stretch.passage.report_id]
    same = level is None or model.report.level in (None, level)
    return lead_of(line.stretch, line.text, names, own=model.own, level=same, kind=order.kind)


def _reaching(stretch: Stretch | None, lead: Lead) -> Stretch | None:
    """The stretch on to the words that name who leads, where they follow at once."""
    if stretch is None or not 0 < lead.end - stretch.end <= _NEAR:
        return stretch
    return replace(stretch, end=lead.end)


def _segment(text: str, start: int, end: int) -> tuple[str, int]:
    """The item of a list that a measure stands in, and where it stands there; a row of a table as a whole."""
    line = text.rfind("\n", 0, start) + 1
    stop = min((at for at in (text.find("\n", end),) if at >= 0), default=len(text))
    if "|" in text[line:stop]:
        return text[line:stop], start - line
    first = max(text.rfind(mark, line, start) for mark in _STOPS) + 1
    last = min((at for mark in _STOPS if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[max(line, first) : last], start - max(line, first)


def _leader(
    stretch: Stretch, text: str, near: str, place: int, names: Names, *, own: bool, level: bool
) -> tuple[str, bool, int]:
    """Who leads, empty where it may not be said; whether the exemplar names anybody; where in `near` that ends."""
    found = [*_LED.finditer(near), *_LEADING.finditer(near), *_COLUMN.finditer(near)]
    found += [one for one in _AHEAD.finditer(near) if all(map(is_unit, _parts(one["who"])))]
    behind = [one for one in found if one.start() + 1 >= place]
    found = behind or found
    inside = bool(found)
    if not found:
        found = [one for one in (_COLUMN.search(_behind(text, stretch.end)), _of_heading(stretch)) if one is not None]
    said = min(found, key=lambda one: one.start(), default=None)
    if said is None:
        return "", False, 0
    if _PERSON.search(said.groupdict().get("sort") or ""):
        return "", True, 0
    return _units(said["who"], names, own=own, level=level), True, said.end() if inside else 0


def _behind(text: str, end: int) -> str:
    """What stands behind a list for all that is in it: （责任单位：…；完成时限：…） after its full stop, or a line of
    its own. What stands in an item's own sentence is that item's alone.
    """
    for found in _CLOSES.finditer(text, end):
        if found[0].count("\n") > 1 or text.count("\n", end, found.start()):
            break
        stop = re.compile(r"[）)\]】\n]").search(text, found.end())
        said = text[found.end() : stop.start() if stop else len(text)]
        if _COLUMN.match(said) or _COLUMN_DATE.match(said):
            return said
    return ""


def _of_heading(stretch: Stretch) -> re.Match[str] | None:
    """（医政科牵头） behind the heading."""
    heading = normalise(stretch.passage.path[-1]) if stretch.passage.path else ""
    return _COLUMN.search(heading) or _LED.search(heading) or _LEADING.search(heading.rstrip("。"))


def _units(written: str, names: Names, *, own: bool, level: bool) -> str:
    """The units as they may stand in the draft, empty where one of them may not."""
    units = _parts(written)
    text = "、".join(units)
    if not units or len(units) > _MOST_UNITS or len(text) > _LONGEST:
        return ""
    if own:
        return text if all(map(is_unit, units)) and not names.foreign(text, own=True) else ""
    general = all(map(is_general, units)) and (level or all("部门" in one for one in units))
    return text if general else ""


def _parts(written: str) -> list[str]:
    return [one for one in re.split(r"、|和|及|与", re.sub(r"\s", "", written)) if one]


def _deadline(text: str, end: int, near: str, place: int, length: int, said: str) -> _Date | None:
    """The date that opens the measure's clause, else the one that it is done by."""
    verb = re.sub(r"【[^】]*】", "", said)[:3]
    for found in _DATE.finditer(near):
        before, behind = near[: found.start()], near[found.end() :]
        clause = before[max(before.rfind(mark) for mark in "，,：:|") + 1 :]
        opens = place - 12 <= found.start() <= place + length and _OPENED_BY.match(clause) is not None
        if opens and verb in re.split(r"[，,：:|]", behind)[0]:
            return _Date(found, before=True)
        if found.start() > place and _DONE_BY.match("，" + clause) and _DONE.match(behind):
            return _Date(found, before=False)
    column = _COLUMN_DATE.search(near) or _COLUMN_DATE.search(_behind(text, end))
    dated = _DATE.fullmatch(column["when"].strip()) if column is not None else None
    return None if dated is None else _Date(dated, before=False)


def _told(found: re.Match[str], kind: OrderKind) -> str:
    """A date as a habit that names neither year nor day; in words, for a figure would need a source of this year."""
    if found["year"] or found["day"]:
        return ""
    second = kind == "下半年工作安排"
    by = "前" if found["by"] and "前" in found["by"] else ""
    if found["month"]:
        month = int(found["month"]) if found["month"].isdigit() else chinese_number(found["month"]) or 0
        if month == 12 and found["part"] in ("底", "末"):
            return "年底前" if by else "年底"
        if month > 10 or (second and month <= 6):  # 十一 reads as an amount
            return ""
        part = found["part"] if found["part"] not in (None, "份") else ""
        return f"{'〇一二三四五六七八九十'[month]}月{part}{by}"
    if found["quarter"]:
        quarter = "一二三四"["一二三四1234".index(found["quarter"]) % 4]
        return "" if second and quarter in "一二" else f"第{quarter}季度{found['end'] or ''}{by}"
    if found["half"]:
        return "" if second else f"{found['half']}{by}"
    return f"年底{by}" if by else ""
