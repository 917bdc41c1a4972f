"""The writer: what a report has to tell, in the order and the wording of a real one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.sample.content import Content
from eval.sample.draft import Block, Draft, mark
from eval.sample.facts import HIDDEN_YEAR, ReportSpec, Table, load_table
from eval.sample.phrases import digest, pick
from eval.sample.sentences import Role, Said, Teller, say_item

_ONES = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四")


_REVIEW_NAMES = ("工作开展情况", "主要工作完成情况", "重点工作推进情况", "主要做法和成效", "工作回顾")
_PROBLEM_NAMES = ("存在的主要问题", "存在的困难和问题", "工作中的短板不足", "面临的形势和不足")


def compose(report_id: str) -> Draft:
    """Write the report with this id."""
    table = load_table()
    return _Writer(table, table.reports[report_id]).write()


class _Writer:
    def __init__(self, table: Table, spec: ReportSpec) -> None:
        self.table, self.spec = table, spec
        self.content = Content(table, spec)
        self.slots = self.content.slots
        self.teller = Teller(table, spec)
        self.blocks: list[Block] = []
        self.said: list[Said] = []
        self.group: list[int] = []
        self.section = 0

    def write(self) -> Draft:
        self.blocks.append(Block("title", self.spec.title))
        self._opening()
        if self.spec.kind == "points":
            self._part("plan", self.content.groups("plan", "review"), None)
            self._safeguards()
        else:
            self._part("review", self.content.groups("review", "review"), self._word(*_REVIEW_NAMES))
            self._table()
            self._problems()
            after = {"half": "下半年"}.get(self.spec.kind, f"{self.slots['next']}年")
            if self.spec.year == HIDDEN_YEAR:
                after = "下一步"
            plans = [f"{after}工作计划", f"{after}工作安排", f"{after}重点任务", "下一步工作打算"]
            if self.spec.kind == "annual":
                plans += ["明年工作思路", "来年主要举措"]
            plan = self._word(*plans)
            self._part("plan", self.content.groups("plan", "plan"), plan)
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
        for place, themes in enumerate(groups):
            self.section += 1
            theme = self.content.themes[max(themes, key=lambda key: self.content.weight(part, key))]
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
        theme = self.content.themes[key]
        facts = [fact for fact in self.content.facts(part) if fact.indicator in theme["indicators"]]
        told = [self.teller.review(fact) if part == "review" else [self.teller.plan(fact)] for fact in facts]
        told += [[say_item(item, part)] for item in self.content.items(part) if item.topic in theme["topics"]]
        told.sort(key=lambda chunk: digest(self.spec.id, part, *chunk[0].subject))
        filler = [[Said(line, "filler", part, (key, part))] for line in self.content.filler(part, key)]
        chunks = [filler[0], *told, *filler[1:]]
        if len(told) > 1 and pick([True, False], self.spec.id, "mix", key):
            chunks = [filler[0], *told[:1], *filler[1:2], *told[1:], *filler[2:]]
        return chunks

    def _paragraph(self, lead: str, chunks: Sequence[Sequence[Said]], part: Role) -> None:
        numbered = (
            not re.fullmatch(r"\d\.", lead)
            and 2 <= len(chunks) <= len(_ONES)
            and pick([True, True, False], self.spec.id, "ones", self.section)
        )
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
        self._heading(self._word(*_PROBLEM_NAMES), "problem", 1)
        problems = sorted(self.table.prose["problem"], key=lambda one: digest(self.spec.id, "problem", one["key"]))[:3]
        said = [Said(entry["text"], "problem", "problem", (entry["key"],)) for entry in problems]
        if pick([True, False], self.spec.id, "problems"):
            for place, one in enumerate(said):
                self._paragraph(f"{place + 1}.", [[one]], "problem")
            return
        lead = "在总结成绩的同时，也清醒地看到工作中还有不少差距："
        text = lead + "；".join(f"{_ONES[place]}{self._mark(one)}" for place, one in enumerate(said)) + "。"
        self.blocks.append(Block("paragraph", text, part="problem"))

    def _table(self) -> None:
        facts = self.content.table_facts()
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
        elif self.spec.kind == "annual" and digest(self.spec.id, "late")[0] % 3 == 0:
            date = f"{year + 1}年1月{3 + digest(self.spec.id)[0] % 15}日"
        else:
            date = f"{year}年12月{18 + digest(self.spec.id)[0] % 12}日"
        self.blocks += [Block("sign", self.content.body.org), Block("sign", date)]

    def _safeguards(self) -> None:
        self.section += 1
        prose = self.table.prose["safeguards"]
        number = sum(block.kind == "heading" and block.level == 1 for block in self.blocks)
        head = f"{_CHINESE[number]}、{pick(prose['heads'], self.spec.id)}"
        self.blocks.append(Block("heading", head, 1, "plan"))
        for place, line in enumerate(sorted(prose["lines"], key=lambda line: digest(self.spec.id, line))[:3], 1):
            self.blocks.append(Block("paragraph", f"（{_CHINESE[place - 1]}）{line}。", part="plan"))

    def _word(self, *options: str) -> str:
        return pick(options, self.spec.id, *options)
