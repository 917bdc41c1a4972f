"""How much of a text stands word for word in a report: the judge's own count, shared with no check of the product."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from eval.metrics.text import plain

GRAM = 13
_FIXED = re.compile(
    r"在[^，。；]{2,24}(?:领导|指导|支持|关心|帮助)下"
    r"|(?:坚持)?以习近平新时代中国特色社会主义思想为(?:指导|指引|统领)|深入学习贯彻习近平新时代中国特色社会主义思想"
    r"|习近平总书记[^，。；]{0,24}(?:论述|讲话|精神|批示)(?:和[^，。；]{0,16}精神)?"
    r"|(?:全面|深入)?(?:学习)?贯彻(?:落实)?党的[一二三四五六七八九十]+大[^。；]{0,24}?精神|党的[一二三四五六七八九十]+大和[^。；]{0,24}?精神"
    r"|坚持稳中求进工作总基调|完整、?准确、?全面贯彻新发展理念|(?:加快构建|服务和融入|积极融入)新发展格局|着力推动高质量发展|更好统筹发展和安全"
    r"|(?:坚持)?以人民(?:健康)?为中心(?:的发展思想)?|把健康融入所有政策|不断增强[^，。；]{0,12}获得感、幸福感、安全感"
)
_BLANKS = re.compile(r"【待填[^】]*】")


@dataclass(frozen=True)
class Compared:
    """A text as it is compared: full-width forms folded, no white space, fixed formulae and placeholders cut out."""

    text: str

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The stretches between what is cut out."""
        folded = plain(_BLANKS.sub("\n\n", self.text))
        lines = _FIXED.split(folded.replace("\n\n", "\0"))
        return tuple(
            kept for line in lines for part in line.split("\0") if (kept := "".join(c for c in part if _counts(c)))
        )

    @cached_property
    def grams(self) -> frozenset[str]:
        """Its 13-grams."""
        return frozenset(piece[at : at + GRAM] for piece in self.pieces for at in range(len(piece) - GRAM + 1))

    @cached_property
    def joined(self) -> str:
        """The stretches with a separator between them that stands in no text."""
        return "\0".join(self.pieces)


def _counts(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")


def share(draft: Compared, report: Compared) -> float:
    """Share of the draft's 13-grams that stand in the report, 0 to 1; 0 where it has none."""
    grams = [piece[at : at + GRAM] for piece in draft.pieces for at in range(len(piece) - GRAM + 1)]
    return sum(gram in report.grams for gram in grams) / len(grams) if grams else 0.0


def longest(draft: Compared, report: Compared) -> str:
    """The longest stretch of 13 characters or more that both have; empty where there is none."""
    best = ""
    for piece in draft.pieces:
        at = 0
        while at + max(GRAM, len(best) + 1) <= len(piece):
            if piece[at : at + GRAM] not in report.grams:
                at += 1
                continue
            end = at + max(GRAM, len(best) + 1)
            while end <= len(piece) and piece[at:end] in report.joined:
                best = piece[at:end]
                end += 1
            at += 1
    return best
