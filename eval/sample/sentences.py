"""One fact, item or problem → one sentence, with what the sentence says kept beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from eval.sample.facts import HIDDEN_YEAR, Fact, Item, ReportSpec, Table, number, unit
from eval.sample.phrases import Hand, Template, candidates, fill, hand_for, pick

Role = Literal["review", "plan", "problem"]
CUT = "\U0010f000"
"""Stands inside a figure where a page of the preview ends; only the page-mark defect gives it a meaning."""

_YEAR_WORDS = ("明年", "来年", "下年度", "下一年", "新的一年")
_SERVICE_WORDS = (
    "服务",
    "群众",
    "享受",
    "应查尽查",
    "应管尽管",
    "惠民",
    "民生",
    "妇幼",
    "进村入户",
    "随访",
    "到位",
    "对象",
    "体检",
)
_FULL_YEAR_WORDS = ("全年", "今年共", "年共", "年终", "全面完成", "超额", "一年", "年度", "年底", "圆满")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence (no final punctuation) and what it says.

    `kind`: fact, words, compare, five, detail, item, problem or filler. `subject` is the key of the fact, item or
    problem. `stated` maps the role of each figure (target, result, rate, last) to its printed form.
    """

    text: str
    kind: str
    part: Role
    subject: tuple[object, ...]
    hand: Hand = "a"
    stated: Mapping[str, str] = field(default_factory=dict)


class Teller:
    """Says facts for one report; no template serves twice in a report while another one fits."""

    def __init__(self, table: Table, report: ReportSpec) -> None:
        self.table = table
        self.report = report
        self.body = table.bodies[report.body]
        self._used: set[str] = set()

    def review(self, fact: Fact) -> list[Said]:
        """The sentences of the review for one row: the figure itself, then its distractors."""
        said = [self._main(fact)]
        if fact.five:
            said.append(self._five(fact))
        if fact.detail:
            said.append(self._detail(fact))
        return said

    def plan(self, fact: Fact) -> Said:
        """The sentence that promises the target of a row."""
        indicator = self.table.indicators[fact.indicator]
        section = "plan_rate" if indicator.kind == "rate" else "plan"
        hand = hand_for("plan", *fact.key)
        if "words" in fact.flags:
            section, hand = "plan_words", "a"
        banned = self._unsuited(fact) + (_YEAR_WORDS if self.report.kind in ("half", "points") else ())
        plain = bool(re.fullmatch(r"[\d.]+%(以上)?", fact.target))
        for try_hand in _hands("a" if section == "plan_rate" and not plain else hand):
            value = "rate" if (section, try_hand) == ("plan_rate", "b") else "target"
            found = candidates(try_hand, section, [value], [value], banned)
            if found:
                template = self._fresh(found, "plan", *fact.key)
                shown = _fit_bound(template, fact.target) if value == "rate" else fact.target
                text = self._fill(template, fact, {value: shown}, fact.year)
                kind = "words" if section == "plan_words" else "fact"
                return Said(text, kind, "plan", fact.key, try_hand, {"target": fact.target})
        raise LookupError(f"no template says the plan of {fact.key}")

    def _main(self, fact: Fact) -> Said:
        last = self._last(fact)
        have = {name: value for name, value in self._values(fact).items() if value}
        if last:
            have = {name: value for name, value in have.items() if name in ("result", "asof")} | {"last": last}
        ways = list(self._ways(fact, have))
        for (section, must, hand), stale in [*((way, False) for way in ways), *((way, True) for way in ways)]:
            whole_year = self.report.kind == "half" and section != "half"
            banned = self._unsuited(fact) + (_FULL_YEAR_WORDS if whole_year else ())
            found = candidates(hand, section, have, must, banned)
            if not stale:
                found = [template for template in found if template.text not in self._used]
            if not found:
                continue
            template = self._fresh(found, section, *fact.key)
            stated = {name: value for name, value in have.items() if name in template.slots - {"asof", "gap"}}
            if self.table.indicators[fact.indicator].kind == "rate" and "rate" in stated:
                stated["result"] = stated.pop("rate")
            kind = "compare" if last else "fact"
            text = self._fill(template, fact, have, fact.year)
            if "cut" in fact.flags and self.report.kind == "annual":
                text = _cut(text, stated["result"])
            return Said(text, kind, "review", fact.key, hand, stated)
        raise LookupError(f"no template says {fact.key} with {sorted(have)}")

    def _ways(self, fact: Fact, have: Mapping[str, str]) -> Iterable[tuple[str, set[str], Hand]]:
        """Section, slots that must be said, and hand, best first."""
        wanted = hand_for("review", *fact.key)
        figures = {name for name in ("target", "result", "rate", "last") if name in have}
        if self.table.indicators[fact.indicator].kind == "rate":
            sections = ["review_rate_target", "review_rate"] if "target" in have else ["review_rate"]
            keeps = [{"target", "rate"}, {"rate"}]
        elif "last" in have:
            sections, keeps = ["review_compare"], [{"result", "last"}]
        elif "target" not in have:
            sections, keeps = ["review_count"], [{"result"}]
        else:
            keeps = [figures, figures - {"rate"}]
            if self.report.kind == "half":
                sections = ["half", "review"]
            else:
                outcome = _outcome(fact)
                sections = [outcome, "review"] if pick([True, False], "outcome", *fact.key) else ["review", outcome]
        for hand in _hands(wanted):
            for section in sections:
                for keep in keeps:
                    for dated in [{"asof"}, set()] if "asof" in have else [set()]:
                        yield section, keep | dated, hand

    def _five(self, fact: Fact) -> Said:
        assert fact.five is not None
        span, value = fact.five
        values = {"span": span, "result": value}
        hand: Hand = hand_for("five", *fact.key) if span == "“十三五”期间累计" else "a"
        found = candidates(hand, "cumulative", ["span", "result"], ["result"])
        if hand == "b":
            found = [template for template in found if "十三五" in template.text]
        template = self._fresh(found, "five", *fact.key)
        return Said(self._fill(template, fact, values, fact.year), "five", "review", fact.key, hand, {"five": value})

    def _detail(self, fact: Fact) -> Said:
        assert fact.detail is not None
        unit_name, value = fact.detail
        hand = hand_for("detail", *fact.key)
        found = candidates(hand, "place", ["unit_name", "result"], ["unit_name", "result"])
        template = self._fresh(found, "detail", *fact.key)
        text = self._fill(template, fact, {"unit_name": unit_name, "result": value}, fact.year)
        return Said(text, "detail", "review", fact.key, hand, {"detail": value})

    def _unsuited(self, fact: Fact) -> tuple[str, ...]:
        return () if self.table.indicators[fact.indicator].service else _SERVICE_WORDS

    def _values(self, fact: Fact) -> dict[str, str]:
        target = "" if "words" in fact.flags else fact.shown("target")
        asof = f"{pick(['截至', '截至', '截止'], self.report.id)}{fact.asof}" if fact.asof else ""
        if self.table.indicators[fact.indicator].kind == "rate":
            return {"target": target, "rate": fact.shown("result"), "asof": asof}
        hidden = fact.mask("target") or fact.mask("result")
        return {
            "target": target,
            "result": fact.shown("result"),
            "rate": fact.rate,
            "asof": asof,
            "gap": "" if hidden or not target else gap(fact),
        }

    def _last(self, fact: Fact) -> str:
        if "prev" not in fact.flags:
            return ""
        before = self.table.find(fact.body, fact.year - 1, fact.indicator, fact.half)
        return before.result if before and before.mask("result") is None else ""

    def _fresh(self, found: list[Template], *key: object) -> Template:
        if not found:
            raise LookupError(f"no template for {key}")
        new = [template for template in found if template.text not in self._used]
        chosen = pick(new or found, self.report.id, *key)
        self._used.add(chosen.text)
        return chosen

    def _fill(self, template: Template, fact: Fact, values: Mapping[str, str], year: int) -> str:
        slots = self.body.slots
        name = self.table.indicators[fact.indicator].name.format_map(slots)
        shown = "20xx" if year == HIDDEN_YEAR else str(year)
        text = fill(template, {**slots, "indicator": name, "year": shown, "unit": "", **values})
        text = (
            re.sub(r"^[一二三四五]是", "", text)
            .replace("我局", slots["us"])
            .replace("局领导", f"{slots['us'][1:]}领导")
        )
        if self.body.rank == "市":
            text = text.replace("市下达", "省下达").replace("市里下达", "省里下达")
        return text


def say_item(item: Item, part: Role) -> Said:
    """The sentence of a topic, as planned or as done."""
    text = item.plan if part == "plan" else item.done
    return Said(text, "item", part, (item.body, item.year, item.half, item.topic))


def gap(fact: Fact) -> str:
    """How far the result is from the target, in the target's unit; empty where that cannot be said plainly."""
    target, result = number(fact.target), number(fact.result)
    if target is None or result is None or unit(fact.target) != unit(fact.result) or target == result:
        return ""
    if not fact.target[0].isdigit():
        return ""
    scale = 1e4 if unit(fact.target).startswith("万") else 1.0
    return f"{round(abs(target - result) / scale, 2):g}{unit(fact.target)}"


def _outcome(fact: Fact) -> str:
    target, result = number(fact.target), number(fact.result)
    if fact.mask("target") or fact.mask("result") or target is None or result is None or target == result:
        return "review"
    return "review_exceeded" if result > target else "review_missed"


def _hands(first: Hand) -> tuple[Hand, Hand]:
    return ("a", "b") if first == "a" else ("b", "a")


def _fit_bound(template: Template, target: str) -> str:
    """Leave 以上 out where the template itself says it."""
    bare = target.removesuffix("以上")
    bounded = re.search(r"\{rate\}(及?以上)|(不低于|≥)\{rate\}|以\{rate\}为底线", template.text)
    return bare if bounded else target


def _cut(text: str, value: str) -> str:
    digits = re.match(r"[\d.,]+", value)
    if digits is None or value not in text:
        raise ValueError(f"no figure to cut in {text}")
    half = len(digits[0]) // 2 + 1
    return text.replace(value, value[:half] + CUT + value[half:], 1)
