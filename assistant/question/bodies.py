"""Bodies in a question: by name, by short name, by rank (市里), by kind of institution, by description.

Everything is derived from the reports that the archive holds; a place that none of them belongs to is reported as
missing, so that the neighbour's figure is never given instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.question.places import unknown_places
from assistant.question.types import BodyMention
from ingest.archive.records import ReportRecord

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|地区|省|市|县|区|旗|州|盟|镇|乡|街道)$")
_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|羌族|彝族|苗族|侗族|土家族|布依族|傣族|景颇族|白族|哈尼族|傈僳族|蒙古族|朝鲜族|哈萨克|柯尔克孜|满族|瑶族|黎族|畲族|各族)+$"
)
_MASK = re.compile(r"[xX×＊*某〇○_]+")
_RANKS = "省市县区镇乡"
_ORG_TAIL = r"(?:卫生健康委员会|卫生健康委|卫生健康局|卫生和计划生育局|卫生和计划生育委员会|卫健局|卫健委|卫计局|卫计委|卫生局|人民政府|政府)"
_RANK_FORM = re.compile(
    rf"(?:全|我|本|咱)([{_RANKS}])(?:{_ORG_TAIL})?|(?<![\u4e00-\u9fff])([{_RANKS}])(?:里|级)?(?:{_ORG_TAIL})"
    rf"|([{_RANKS}])(?:里|级)(?:面|头|边)?(?:{_ORG_TAIL})?|(?<=[和与跟、换成看的年])([{_RANKS}])(?={_ORG_TAIL}){_ORG_TAIL}"
)
_NATION = re.compile(r"全国|国务院|国家层面|中央政府")
_DESCRIBED = (
    re.compile(
        rf"(?:那个|哪个|(?:^|(?<=[，,。和与跟]))(?=讲|要|搞|做|提到|提出|写|说|负责|准备|打算|想|主抓))"
        rf"(?P<text>[^，。,？?那]{{3,24}}?)的(?P<label>(?:那个|那)?(?P<rank>[{_RANKS}])里?(?:{_ORG_TAIL})?)"
    ),
    re.compile(rf"(?:^|(?<=[，,。和与跟]))(?P<text>[^，。,？?和与跟那]{{2,16}}?)的?(?P<label>那个(?P<rank>[{_RANKS}])里?(?:{_ORG_TAIL})?)"),
    re.compile(rf"(?P<label>(?P<rank>[{_RANKS}])里?(?:{_ORG_TAIL})?)[（(](?P<text>[^（()）]{{2,24}}?)的?(?:那个|那份|那家|那)[）)]"),
)
"""讲政务公开的区卫健局 · 搞健康扶贫那个县 · 县里（做健康扶贫的那个）"""

_BEFORE_BARE = ("", " ", *"的和与跟、，,。在看年那个全我本")

_ORG_FORMS = [("卫生健康委员会", "卫健委"), ("卫生健康委", "卫健委"), ("卫生健康局", "卫健局"), ("人民政府", "政府"),
              ("卫生和计划生育局", "卫计局"), ("卫生和计划生育委员会", "卫计委")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Bodies read from a question, the places it names in vain, and the spans that were read."""

    bodies: tuple[BodyMention, ...]
    missing: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A body named by what it does (讲政务公开的区卫健局): search `text` among `reports` to find which it is."""

    text: str
    label: str
    reports: frozenset[int]
    span: tuple[int, int]


class BodyIndex:
    """Every name under which the archive's bodies may be asked for. Built once per archive generation."""

    def __init__(self, reports: Iterable[ReportRecord]) -> None:
        self._reports = tuple(reports)
        self._names: dict[str, set[int]] = {}
        self._suffix: dict[str, set[str]] = {}
        self._bare: set[str] = set()
        for report in self._reports:
            for name, suffix in _names(report):
                self._names.setdefault(name, set()).add(report.id)
                if suffix:
                    self._suffix.setdefault(name, set()).add(suffix)
            self._bare |= _bare_names(report)
        self._longest_first = sorted(self._names, key=len, reverse=True)
        self._level = {report.id: report.level for report in self._reports}
        self._rank = {report.id: rank_of(report) for report in self._reports}

    def ranked(self, rank: str) -> frozenset[int]:
        """The reports of bodies of one rank (省 市 县 区 镇 乡 国)."""
        return frozenset(number for number, own in self._rank.items() if own == rank)

    def find(self, text: str) -> Found:
        """Read the bodies that `text` names."""
        bodies: list[BodyMention] = []
        spans: list[tuple[int, int]] = []
        for name in self._longest_first:
            for found in re.finditer(re.escape(name), text):
                start, end = found.span()
                if any(start < stop and end > begin for begin, stop in spans):
                    continue
                if name in self._bare and text[start - 1 : start] not in _BEFORE_BARE:
                    continue
                end = self._accept(name, text, end)
                if end < 0:
                    continue
                spans.append((start, end))
                bodies.append(BodyMention(text[start:end], self._meant(name, text[start:end]), named=True))
        for found in _RANK_FORM.finditer(text):
            if any(found.start() < stop and found.end() > begin for begin, stop in spans):
                continue
            rank = next(group for group in found.groups() if group)
            if reports := self.ranked(rank):
                spans.append(found.span())
                bodies.append(BodyMention(found[0], reports, named=False))
        for found in _NATION.finditer(text):
            if reports := self.ranked("国"):
                spans.append(found.span())
                bodies.append(BodyMention(found[0], reports, named=False))
        missing = unknown_places(text, spans)
        order = sorted(range(len(bodies)), key=lambda i: text.find(bodies[i].label))
        return Found(_distinct(bodies[i] for i in order), missing, tuple(sorted(spans)))

    def describe(self, text: str) -> list[Description]:
        """Bodies that `text` names by description only."""
        described: list[Description] = []
        for form in _DESCRIBED:
            for found in form.finditer(text):
                taken = any(found.start() < item.span[1] and found.end() > item.span[0] for item in described)
                if not taken and (reports := self.ranked(found["rank"])):
                    described.append(Description(found["text"], found["label"], reports, found.span()))
        return described

    def _accept(self, name: str, text: str, end: int) -> int:
        """Where the mention that begins with `name` ends; -1 when the next character makes it another place."""
        suffixes = self._suffix.get(name)
        if suffixes and end < len(text) and text[end] in "省市县区州盟旗镇乡":
            if text[end] not in {suffix[-1] for suffix in suffixes} and not text.startswith(("市场", "区域", "县域", "乡村", "省级", "市级", "县级", "区级"), end):
                return -1
            if any(text.startswith(suffix, end) for suffix in suffixes):
                end += max(len(suffix) for suffix in suffixes if text.startswith(suffix, end))
        tail = re.compile(r"[省市县区]?" + _ORG_TAIL).match(text, end)
        return tail.end() if tail else end

    def _meant(self, name: str, mention: str) -> frozenset[int]:
        """The reports meant by a name; a bare name shared by a province and its city means the higher rank."""
        reports = self._names[name]
        own = {number for number in reports if self._rank[number] and mention.startswith(name + self._rank[number])}
        if own:
            return frozenset(own)
        for level in ("国", "省", "市", "县", "乡"):
            if high := {number for number in reports if self._level[number] == level}:
                return frozenset(high) if name in self._suffix else frozenset(reports)
        return frozenset(reports)


def rank_of(report: ReportRecord) -> str | None:
    """国 省 市 县 区 镇 乡: as the region or body is written, else the level."""
    if report.level in ("国", "省", "市"):
        return report.level
    for name in (report.region, report.org):
        if name and (found := re.search(r"(?:自治县|县|区|旗|镇|乡|街道|市)", _MASK.sub("", name))):
            return {"自治县": "县", "旗": "县", "街道": "乡"}.get(found[0], found[0])
    return {"县": "县", "乡": "乡"}.get(report.level or "")


def short_region(region: str) -> tuple[str, str]:
    """A place without its rank: 衡南县 → (衡南, 县), 内蒙古自治区 → (内蒙古, 自治区)."""
    found = _SUFFIX.search(region)
    if not found:
        return region, ""
    stem = _ETHNIC.sub("", region[: found.start()])
    return (stem, found[0]) if len(stem) >= 2 else (region, "")


def _names(report: ReportRecord) -> list[tuple[str, str]]:
    """(name, suffix) pairs: the suffix is set when the name is a bare place."""
    names: list[tuple[str, str]] = []
    masked = False
    if report.region:
        masked = _MASK.search(report.region) is not None
        if not masked:
            stem, suffix = short_region(report.region)
            names.append((report.region, ""))
            if suffix:
                names.append((stem, suffix))
            if stem == "内蒙古":
                names.append(("内蒙", "古自治区"))
    if report.org:
        bare = _MASK.sub("", report.org)
        masked = masked or bare != report.org
        for form in _forms(report.org):
            names.append((form, ""))
        if masked and len(bare) >= 3:
            names.extend((form, "") for form in _forms(bare))
    return [(name, suffix) for name, suffix in names if len(name) >= 2]


def _bare_names(report: ReportRecord) -> set[str]:
    """What is left of a masked name (xx镇卫生院 → 镇卫生院): it must not be found inside another body's name."""
    bare = _MASK.sub("", report.org or "")
    return _forms(bare) if bare and bare[0] in _RANKS else set()


def _forms(org: str) -> set[str]:
    forms = {org}
    for long, short in _ORG_FORMS:
        forms |= {form.replace(long, short) for form in forms} | {form.replace(short, long) for form in forms if long not in form}
    return forms


def _distinct(bodies: Iterable[BodyMention]) -> tuple[BodyMention, ...]:
    kept: list[BodyMention] = []
    for body in bodies:
        if all(body.reports != other.reports for other in kept):
            kept.append(body)
    return tuple(kept)
