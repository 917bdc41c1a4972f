"""Where every fact is said, and the parts that questions are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from eval.sample.archive import Made, Placed
from eval.sample.defects import replace_ten
from eval.sample.facts import Fact, Table, load_table
from eval.sample.gold.question import Evidence
from eval.sample.phrases import digest, pick

BUREAUS = ("yl", "jc", "lj")
_SHORTEST = 4


class Index:
    """The made files, searchable by what is said in them. Copies of a report under another name are left out."""

    def __init__(self, files: Sequence[Made]) -> None:
        self.table: Table = load_table()
        self.text = {made.spec.name: made.text for made in files}
        self.defects = {made.spec.name: made.spec.defects for made in files}
        self.placed = [one for made in files if "copy" not in made.spec.defects for one in made.placed]
        self._subjects: dict[tuple[object, ...], list[Placed]] = {}
        self._sections: dict[tuple[str, str, int], list[Placed]] = {}
        for one in self.placed:
            self._subjects.setdefault(one.said.subject, []).append(one)
            self._sections.setdefault((one.file, one.report, one.group), []).append(one)

    def about(self, *subject: object) -> list[Placed]:
        """Every sentence about a fact, item or problem."""
        return self._subjects.get(subject, [])

    def says(self, fact: Fact, role: str, part: str | None = None) -> list[Placed]:
        """Places that print the target or result of a fact, whatever happened to them."""
        return [one for one in self.about(*fact.key) if role in one.said.stated and part in (None, one.said.part)]

    def sound(self, fact: Fact, *roles: str, part: str = "review") -> Placed | None:
        """The place that prints all these figures undamaged and unhidden in its own year's report."""
        for one in self.says(fact, roles[0], part):
            if all(role in one.said.stated and self.is_sound(one, role, fact) for role in roles):
                return one
        return None

    def is_sound(self, one: Placed, role: str, fact: Fact) -> bool:
        """Whether this figure came through unhurt."""
        if role in ("target", "result") and fact.mask(role):
            return False
        cut = "cut" in fact.flags and role == "result" and len(one.texts) > 1
        return not cut and self.printed(one, role) == one.said.stated[role]

    def printed(self, one: Placed, role: str) -> str:
        """The figure as that file shows it."""
        value = one.said.stated[role]
        if "replace_ten" in self.defects[one.file]:
            return replace_ten(value, self.table.reports[one.report].year + 1)
        return value

    def evidence(self, one: Placed, needles: Iterable[str]) -> list[Evidence]:
        """The unbroken pieces of a sentence that hold the needles; the longest piece where none does."""
        pieces = [piece.strip() for piece in one.texts]
        found = [piece for piece in pieces if len(piece) >= _SHORTEST and any(needle in piece for needle in needles)]
        return [(one.file, piece) for piece in found or [max(pieces, key=len)]]

    def elsewhere(self, fact: Fact, roles: Sequence[str], but: Iterable[Evidence]) -> list[Evidence]:
        """Other places that print one of these figures, and the sentences of its own that go with it."""
        taken = set(but)
        related = [one for role in roles for one in self.says(fact, role)]
        related += [one for one in self.about(*fact.key) if one.said.kind in ("detail", "five")]
        found = [item for one in related for item in self.evidence(one, one.said.stated.values())]
        return [item for item in dict.fromkeys(found) if item not in taken]

    def same(self, fact: Fact, *roles: str, but: Iterable[Evidence]) -> list[Evidence]:
        """Other places that print all of these figures undamaged, each in the piece of its sentence that does."""
        taken = set(but)
        found = [
            item
            for one in self.says(fact, roles[0])
            if all(role in one.said.stated and self.is_sound(one, role, fact) for role in roles)
            for item in self.evidence(one, [one.said.stated[role] for role in roles])
        ]
        return [item for item in dict.fromkeys(found) if item not in taken]

    def beside(self, one: Placed) -> list[Evidence]:
        """The other sentences of the same section of the same report."""
        return [
            item
            for other in self._sections[one.file, one.report, one.group]
            if other is not one
            for item in self.evidence(other, ())
        ]

    def others(self, facts: Sequence[Fact], evidence: Iterable[Evidence], limit: int = 6) -> list[str]:
        """Figures of the same indicator for other bodies and periods: none of them may be in the answer.

        Left out: what stands anywhere in the files of the evidence, and what is too short to be told apart.
        """
        first = facts[0]
        mine = {fact.key for fact in facts}
        years = {(fact.body, fact.year) for fact in facts}
        near = sorted(
            (
                fact
                for fact in self.table.facts
                if fact.indicator == first.indicator
                and fact.key not in mine
                and not (fact.half != first.half and (fact.body, fact.year) in years and first.half == "")
                and fact.body in BUREAUS
            ),
            key=lambda fact: (fact.body != first.body, abs(fact.year - first.year), fact.body, fact.half),
        )
        held = "".join(self.text[file] for file in {file for file, _ in evidence})
        own = {value for fact in facts for value in (fact.target, fact.result, fact.rate) if value}
        values = [fact.result for fact in near if fact.result and fact.mask("result") is None]
        kept = [value for value in dict.fromkeys(values) if len(value) > _SHORTEST and value not in held]
        return [value for value in kept if value not in own][:limit]

    def who(self, body: str, *key: object) -> str:
        """A name by which a clerk calls the body."""
        return pick(self.table.bodies[body].short, "who", body, *key)

    def ask(self, fact: Fact, *key: object) -> str:
        """How a clerk calls the indicator."""
        text = pick(self.table.indicators[fact.indicator].ask, "ask", *fact.key, *key)
        return text.format_map(self.table.bodies[fact.body].slots)

    def how(self, fact: Fact, *key: object) -> str:
        """The end of a question for the result."""
        return pick(self.table.indicators[fact.indicator].how, "how", *fact.key, *key)

    def org(self, body: str) -> str:
        """The body's full name."""
        return self.table.bodies[body].org


def period(fact: Fact) -> str:
    """The period of a row in the contract's form."""
    return f"{fact.year}-{fact.half}" if fact.half else str(fact.year)


def spread(found: Sequence[tuple[Fact, Placed]], count: int, salt: str) -> list[tuple[Fact, Placed]]:
    """`count` of the pairs, spread evenly over hand and report, always the same ones."""
    ordered = sorted(found, key=lambda pair: (pair[1].said.hand, pair[1].report, digest(salt, *pair[0].key)))
    lanes: dict[str, list[list[tuple[Fact, Placed]]]] = {"a": [], "b": []}
    for (hand, _), group in groupby(ordered, key=lambda pair: (pair[1].said.hand, pair[1].report)):
        lanes[hand].append(list(group))
    rows = {
        hand: _round_robin(sorted(groups, key=lambda group: digest(salt, group[0][1].report)))
        for hand, groups in lanes.items()
    }
    return _round_robin([rows["a"], rows["b"]])[:count]


def _round_robin(lanes: Sequence[list[tuple[Fact, Placed]]]) -> list[tuple[Fact, Placed]]:
    longest = max(map(len, lanes), default=0)
    return [lane[place] for place in range(longest) for lane in lanes if place < len(lane)]
