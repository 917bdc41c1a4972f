"""What one report has to tell: its facts, its topics, and the themes that it orders them by."""

from __future__ import annotations

from collections.abc import Sequence

from eval.sample.facts import HIDDEN_YEAR, Fact, Item, ReportSpec, Table
from eval.sample.phrases import digest, pick
from eval.sample.sentences import Role

_ALWAYS = frozenset({"jikong", "gongwei", "fuyou", "jiceng", "yigai", "dangjian", "jiandu"})
_UNIT_THEMES = {
    "院": {"dangjian", "jiandu", "yiliao", "xinxi"},
    "中心": {"dangjian", "jiandu", "xinxi", "jikong", "aiwei"},
    "镇": {"dangjian", "jiandu", "aiwei", "jikong", "jiceng"},
}


class Content:
    """The share of the table that belongs to one report."""

    def __init__(self, table: Table, spec: ReportSpec) -> None:
        self.table, self.spec = table, spec
        self.body = table.bodies[spec.body]
        self.themes = {theme["key"]: theme for theme in table.prose["theme"]}
        before, year, after = (
            ("20xx",) * 3 if spec.year == HIDDEN_YEAR else map(str, range(spec.year - 1, spec.year + 2))
        )
        self.slots = {**self.body.slots, "before": before, "year": year, "next": after}

    def groups(self, part: Role, place: str) -> list[list[str]]:
        """The themes of each section of a part, by the report's grouping (`place`: review or plan)."""
        grouping = next(entry for entry in self.table.prose["grouping"] if entry["key"] == self.spec.grouping)
        owned = [self._own(part, themes) for themes in grouping[place]]
        return [themes for themes in owned if self._worth(part, themes)]

    def facts(self, part: Role) -> list[Fact]:
        """The rows that a part tells in sentences."""
        return [fact for fact in self._all_facts(part) if part == "plan" or "table" not in fact.flags]

    def table_facts(self) -> list[Fact]:
        """The rows that stand in the report's table only."""
        return [fact for fact in self._all_facts("review") if "table" in fact.flags]

    def items(self, part: Role) -> list[Item]:
        """The topics that a part tells."""
        spec, items = self.spec, [item for item in self.table.items if item.body == self.spec.body]
        if spec.kind == "half":
            return [item for item in items if part == "plan" and (item.year, item.half) == (spec.year, "H1")]
        year = spec.year + 1 if part == "plan" and spec.kind != "points" else spec.year
        return [
            item
            for item in items
            if item.year == year and not item.half and (item.plan if part == "plan" else item.done)
        ]

    def weight(self, part: Role, key: str) -> int:
        """How many facts and topics of a theme this part of the report has."""
        theme = self.themes[key]
        facts = sum(fact.indicator in theme["indicators"] for fact in self.facts(part))
        return facts + sum(item.topic in theme["topics"] for item in self.items(part))

    def filler(self, part: Role, key: str) -> list[str]:
        """Sentences of a theme without figures, with a place and a month of this report."""
        wanted = {"annual": 2, "half": 3, "points": 5, "unit": 8}[self.spec.kind]
        lines = sorted(self.themes[key][part], key=lambda line: digest(self.spec.id, part, line))
        return [self._local(line) for line in lines[:wanted]]

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

    def _local(self, line: str) -> str:
        """A sentence of the trade with a place and a month of this report."""
        places = self.table.prose["places"]
        town = pick(places["towns"][self.body.place], self.spec.id, line)
        return line.format_map(
            {**self.slots, "town": town, "month": pick(places["months"], self.spec.id, line, "month")}
        )

    def _own(self, part: Role, themes: Sequence[str]) -> list[str]:
        """The themes that are this body's business: a bureau speaks of everything, a unit of its own work."""
        usual = _UNIT_THEMES.get(self.body.rank)
        return [key for key in themes if usual is None or key in usual or self.weight(part, key)]

    def _worth(self, part: Role, themes: Sequence[str]) -> bool:
        if self.spec.kind == "unit":
            return bool(themes)
        return any(self.weight(part, key) or key in _ALWAYS for key in themes)
