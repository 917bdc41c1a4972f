"""Reports as plain data: a title and blocks, each sentence marked so that it is found again after any damage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.sample.facts import HIDDEN_YEAR, Fact, Item, ReportSpec, Table, load_table
from eval.sample.phrases import digest, pick
from eval.sample.sentences import Role, Said, Teller, say_item

BlockKind = Literal["title", "heading", "paragraph", "row", "sign"]
_ONES = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the report. `level` is that of a heading; `said` are the sentences of a paragraph, `text` the rest.

    In `text` the character chr(0xF0000 + n) opens sentence n of the report's `said` and chr(0x100000 + n) closes it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    part: Role = "review"


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed report. `said[n]` is what stands between the marks n; `group[n]` its section's number."""

    spec: ReportSpec
    title: str
    blocks: tuple[Block, ...]
    said: tuple[Said, ...]
    group: tuple[int, ...]


def compose(report_id: str) -> Draft:
    """Write the report with this id."""
    table = load_table()
    return _Writer(table, table.reports[report_id]).write()


def mark(number: int, text: str) -> str:
    """`text` between the marks of sentence `number`."""
    return f"{chr(0xF0000 + number)}{text}{chr(0x100000 + number)}"


class _Writer:
    def __init__(self, table: Table, spec: ReportSpec) -> None:
        self.table, self.spec = table, spec
        self.body = table.bodies[spec.body]
        self.teller = Teller(table, spec)
        self.blocks: list[Block] = []
        self.said: list[Said] = []
        self.group: list[int] = []
        self.section = 0
        year, after = str(spec.year), str(spec.year + 1)
        if spec.year == HIDDEN_YEAR:
            year = after = "20xx"
        self.slots = {**self.body.slots, "year": year, "next": after}
        self.themes = {theme["key"]: theme for theme in table.prose["theme"]}
        self.grouping = next(entry for entry in table.prose["grouping"] if entry["key"] == spec.grouping)

    def write(self) -> Draft:
        self.blocks.append(Block("title", self.spec.title))
        self._opening()
        if self.spec.kind == "points":
            self._part("plan", self.grouping["review"], None)
            self._safeguards()
        else:
            self._part(
                "review", self.grouping["review"], self._word("工作开展情况", "主要工作完成情况", "重点工作推进情况")
            )
            self._table()
            self._problems()
            after = {"half": "下半年"}.get(self.spec.kind, f"{self.slots['next']}年")
            if self.spec.year == HIDDEN_YEAR:
                after = "下一步"
            plan = self._word(f"{after}工作计划", f"{after}工作安排", f"{after}工作打算", "下一步工作打算")
            self._part("plan", self.grouping["plan"], plan)
        self._sign()
        return Draft(self.spec, self.spec.title, tuple(self.blocks), tuple(self.said), tuple(self.group))

    def _opening(self) -> None:
        prose = self.table.prose["opening"]
        kind = self.spec.kind if self.spec.kind in ("half", "points") else "first"
        text = pick(prose[kind], self.spec.id).format_map(self.slots)
        closing = "" if kind == "points" else pick(prose["last"], self.spec.id) + ("：" if self.spec.year % 2 else "。")
        self.blocks.append(Block("paragraph", f"{text}。{closing}"))

    def _part(self, part: Role, groups: Sequence[Sequence[str]], name: str | None) -> None:
        flat = name is None or (self.spec.style == "flat" and part == "review")
        if name is not None and not flat:
            self._heading(name, part, 1)
        kept = [themes for themes in groups if self._worth(part, themes)]
        for place, themes in enumerate(kept):
            self.section += 1
            theme = self.themes[max(themes, key=lambda key: self._weight(part, key))]
            fresh = [head for head in theme[f"{part}_heads"] if all(head not in block.text for block in self.blocks)]
            head = pick(fresh or theme[f"{part}_heads"], self.spec.id, part).format_map(self.slots)
            self._body(part, themes, head, place, flat)

    def _body(self, part: Role, themes: Sequence[str], head: str, place: int, flat: bool) -> None:
        count = _CHINESE[place]
        level = 1 if flat else 2
        chunks = [chunk for key in themes for chunk in self._chunks(part, key)]
        if self.spec.style == "inline" and not flat:
            self._paragraph(f"{place + 1}.{head}。", chunks, part)
            return
        restart = flat or self.spec.style == "parts"
        self.blocks.append(Block("heading", f"{count}、{head}" if restart else f"（{count}）{head}", level, part))
        if len(chunks) > 3 and pick([True, False], self.spec.id, "split", place):
            cut = (len(chunks) + 1) // 2
            numbers = ("1.", "2.") if pick([True, False], self.spec.id, "numbers") else ("", "")
            self._paragraph(numbers[0], chunks[:cut], part)
            self._paragraph(numbers[1], chunks[cut:], part)
        else:
            self._paragraph("", chunks, part)

    def _chunks(self, part: Role, key: str) -> list[list[Said]]:
        """The sentences of one theme, those that belong together in one list."""
        theme = self.themes[key]
        facts = [fact for fact in self._facts(part) if fact.indicator in theme["indicators"]]
        told = [self.teller.review(fact) if part == "review" else [self.teller.plan(fact)] for fact in facts]
        told += [[say_item(item, part)] for item in self._items(part) if item.topic in theme["topics"]]
        told.sort(key=lambda chunk: digest(self.spec.id, part, *chunk[0].subject))
        wanted = {"annual": 2, "half": 3, "points": 5, "unit": 6}[self.spec.kind]
        lines = sorted(theme[part], key=lambda line: digest(self.spec.id, part, line))[:wanted]
        filler = [[Said(self._local(line), "filler", part, (key, part))] for line in lines]
        chunks = [filler[0], *told, *filler[1:]]
        if len(told) > 1 and pick([True, False], self.spec.id, "mix", key):
            chunks = [filler[0], *told[:1], *filler[1:2], *told[1:], *filler[2:]]
        return chunks

    def _paragraph(self, lead: str, chunks: Sequence[Sequence[Said]], part: Role) -> None:
        numbered = 2 <= len(chunks) <= len(_ONES) and pick([True, True, False], self.spec.id, "ones", self.section)
        text = lead
        for place, chunk in enumerate(chunks):
            if numbered:
                text += _ONES[place]
            text += "，".join(self._mark(said) for said in chunk[:1])
            text += "".join(f"。{self._mark(said)}" for said in chunk[1:])
            last = place == len(chunks) - 1
            text += "。" if last or "。" in chunk[0].text or pick([True, False], self.spec.id, place, text) else "；"
        self.blocks.append(Block("paragraph", text, part=part))

    def _mark(self, said: Said) -> str:
        self.said.append(said)
        self.group.append(self.section)
        return mark(len(self.said) - 1, said.text)

    def _heading(self, text: str, part: Role, level: int) -> None:
        number = sum(block.kind == "heading" and block.level == 1 for block in self.blocks)
        lead = f"第{_CHINESE[number]}部分　" if self.spec.style == "parts" else f"{_CHINESE[number]}、"
        self.blocks.append(Block("heading", lead + text, level, part))

    def _problems(self) -> None:
        self.section += 1
        self._heading(self._word("存在的主要问题", "存在的困难和问题", "工作中的短板不足"), "problem", 1)
        problems = sorted(self.table.prose["problem"], key=lambda entry: digest(self.spec.id, "problem", entry["key"]))[
            :3
        ]
        said = [Said(entry["text"], "problem", "problem", (entry["key"],)) for entry in problems]
        if pick([True, False], self.spec.id, "problems"):
            for place, one in enumerate(said):
                self._paragraph(f"{place + 1}.", [[one]], "problem")
            return
        lead = "在总结成绩的同时，也清醒地看到工作中还有不少差距："
        text = lead + "；".join(f"{_ONES[place]}{self._mark(one)}" for place, one in enumerate(said)) + "。"
        self.blocks.append(Block("paragraph", text, part="problem"))

    def _table(self) -> None:
        facts = [fact for fact in self._all_facts("review") if "table" in fact.flags]
        if not facts:
            return
        self.blocks.append(Block("paragraph", "其他主要指标完成情况见下表。"))
        self.blocks.append(Block("row", "指标\t年度目标\t完成情况\t完成率"))
        for fact in facts:
            name = self.table.indicators[fact.indicator].name
            stated = {"result": fact.result} | ({"target": fact.target} if fact.target else {})
            self.said.append(Said(name, "fact", "review", fact.key, "a", stated))
            self.group.append(self.section)
            number = len(self.said) - 1
            cells = [mark(number, name), fact.target or "—", mark(number, fact.result), fact.rate or "—"]
            self.blocks.append(Block("row", "\t".join(cells)))

    def _sign(self) -> None:
        year = self.spec.year
        if year == HIDDEN_YEAR:
            date = "20xx年12月"
        elif self.spec.kind == "half":
            date = f"{year}年7月{5 + digest(self.spec.id)[0] % 15}日"
        elif self.spec.kind == "points":
            date = f"{year}年2月{5 + digest(self.spec.id)[0] % 20}日"
        else:
            date = f"{year}年12月{18 + digest(self.spec.id)[0] % 12}日"
        self.blocks += [Block("sign", self.body.org), Block("sign", date)]

    def _facts(self, part: Role) -> Iterable[Fact]:
        return (fact for fact in self._all_facts(part) if part == "plan" or "table" not in fact.flags)

    def _all_facts(self, part: Role) -> list[Fact]:
        spec, facts = self.spec, [fact for fact in self.table.facts if fact.body == self.spec.body]
        if part == "review":
            half = "H1" if spec.kind == "half" else ""
            return [fact for fact in facts if (fact.year, fact.half) == (spec.year, half) and fact.result]
        year = spec.year + 1 if spec.kind in ("annual", "unit") else spec.year
        due = [
            fact for fact in facts if fact.year == year and not fact.half and fact.target and not fact.mask("target")
        ]
        if spec.kind == "half":
            begun = {fact.indicator for fact in facts if (fact.year, fact.half) == (year, "H1")}
            due = [fact for fact in due if fact.indicator in begun and "words" not in fact.flags]
            return sorted(due, key=lambda fact: digest(spec.id, fact.indicator))[:3]
        return [fact for fact in due if "plan" in fact.flags]

    def _items(self, part: Role) -> list[Item]:
        spec, items = self.spec, [item for item in self.table.items if item.body == self.spec.body]
        if spec.kind == "half":
            return [item for item in items if part == "plan" and (item.year, item.half) == (spec.year, "H1")]
        year = spec.year + 1 if part == "plan" and spec.kind != "points" else spec.year
        return [
            item
            for item in items
            if item.year == year and not item.half and (item.plan if part == "plan" else item.done)
        ]

    def _local(self, line: str) -> str:
        """A sentence of the trade with a place and a month of this report."""
        places = self.table.prose["places"]
        town = pick(places["towns"][self.body.place], self.spec.id, line)
        return line.format_map(
            {**self.slots, "town": town, "month": pick(places["months"], self.spec.id, line, "month")}
        )

    def _safeguards(self) -> None:
        self.section += 1
        prose = self.table.prose["safeguards"]
        number = sum(block.kind == "heading" and block.level == 1 for block in self.blocks)
        head = f"{_CHINESE[number]}、{pick(prose['heads'], self.spec.id)}"
        self.blocks.append(Block("heading", head, 1, "plan"))
        for place, line in enumerate(sorted(prose["lines"], key=lambda line: digest(self.spec.id, line))[:3], 1):
            self.blocks.append(Block("paragraph", f"（{_CHINESE[place - 1]}）{line}。", part="plan"))

    def _content(self, part: Role, key: str) -> bool:
        return self._weight(part, key) > 0

    def _weight(self, part: Role, key: str) -> int:
        """How many facts and topics of a theme this part of the report has."""
        theme = self.themes[key]
        facts = sum(fact.indicator in theme["indicators"] for fact in self._facts(part))
        return facts + sum(item.topic in theme["topics"] for item in self._items(part))

    def _worth(self, part: Role, themes: Sequence[str]) -> bool:
        if "yiliao" in themes and self.body.rank != "院" and len(themes) == 1:
            return False
        core = {
            "annual": {"jikong", "gongwei", "fuyou", "jiceng", "yigai", "dangjian", "jiandu"},
            "unit": {"dangjian", "jiandu"},
        }
        always = core.get(self.spec.kind, core["annual"])
        return any(self._content(part, key) or key in always for key in themes)

    def _word(self, *options: str) -> str:
        return pick(options, self.spec.id, *options)
