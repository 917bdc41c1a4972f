"""Names that have come over from an exemplar, or from nowhere: bodies, places, persons, projects, documents.

Known is what the writer said, what the body's own reports say, and who stands above it by rank (省卫健委, 国家).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.drafting.bodies import find_body
from assistant.drafting.checks import phrases
from assistant.drafting.checks.subject import Subject
from assistant.drafting.types import DraftCheck, Severity
from assistant.question.names import short_region
from ingest.clean import normalise
from ingest.structure.places import provinces

_PLACE = re.compile(
    r"(?=([\u4e00-\u9fff]{2,4}?)"
    r"(省(?![级内时钱份直委厅卫域])|自治区|自治州|市(?![场民值级直区县委政卫域容])|县(?![域级乡直委内政]|城)|区(?![域别分块间级委政])|镇(?![级痛静区])|乡(?![村镇级情])"
    r"|街道(?!办)|村(?![民医卫级居庄落])))"
)
_INSTITUTION = re.compile(
    r"(?=([\u4e00-\u9fff]{2,4}?)(人民医院|中医医院|中医院|中心医院|妇幼保健院|卫生院|医院|疾控中心|卫健局|卫健委|卫生健康局|卫生健康委|大学|学院|公司|集团|医专))"
)
_PERSON = re.compile(r"([\u4e00-\u9fff]{2,4})(?:同志|局长|主任委员|书记|院长|县长|市长|省长|厅长|院士|教授|专家团队)")
_PERSON_AFTER = re.compile(
    r"(?:局长|书记|院长|县长|市长|省长|主任|院士|教授)([\u4e00-\u9fff]{2,3})(?=[，。、；指强介带出主说表])"
)
_TITLE = re.compile(r"《([^》\n]{2,60})》")
_QUOTED = re.compile(r"“([^”\n]{2,30})”")
_NO_NAME = re.compile(
    r"[国强全本各该此某每这那一二三四五六七八九十两几多个等和及与或在的为从对由向于到至是有所座家内外新老城都农社辖灾乡镇县市区库林山景园校病片疫小我下驻跨贫试示]$"
    r"|^[全本各该我此每这那上下两三四一二]|[和与及向对到在为由从将把的、]"
)
_GENERIC = re.compile(
    r"公立|民营|民办|社会|综合|专科|定点|三级|二级|一级|基层|乡镇|城市|中心|县级|市级|省级|区级|牵头|成员|辖区|社区|医疗|智慧|中医|中西医|互联网|监测|哨点|试点|示范|重点|所属|直属|上级|下级|国有|委属|协作|支援|对口|帮扶|建设|推进|加强|支持|鼓励|各类|有关|相关|部分|所有|全部|人民|妇幼|精神|传染|康复|儿童|口腔|肿瘤|胸科|护理|老年|骨科|眼科|平安|文明|美丽|清廉|健康|乡村|高水平|现代|研究|区域|医学|县域|联合|龙头|紧密|三甲|二甲|远程|数字|行政|自然|边远|偏远|山区|特色|卫生"
)
_PERSON_NOT = re.compile(
    r"主要|分管|各级|有关|党委|党组|支部|副|总|单位|科室|部门|负责|领导|医院|全体|广大|优秀|医师|护士|青年|老|学科|名誉|首席|第一|执行|常务|中医|知名|特聘|客座|兼任|卫健|卫生|健康|国家|省级|市级|县级|县委|市委|区委|省委|纪委|政府|乡镇|街道|以及|和|与|由|的|习近平|总"
)
_OF_RANK = re.compile(r"我([省市县区州旗镇乡])(?![级内直])")
_WE = re.compile(r"(?<![\u4e00-\u9fff])我([局委院厅])|(?<=[，。在对由向和])我([局委院厅])")
_NAMES = frozenset({"ns", "nr", "nrt", "nt", "nrfg"})


def names(subject: Subject) -> Iterator[DraftCheck]:
    """Leaked names, each place once, the longest name first."""
    taken: list[tuple[int, int]] = []
    for start, end, severity in sorted(_leaks(subject), key=lambda one: (one[0] - one[1], one[0])):
        if any(first < end and start < last for first, last in taken):
            continue
        taken.append((start, end))
        shown = subject.shown(start, end)
        ours = f"“{subject.order.org}”"
        yield subject.found(
            "leaked_name",
            severity,
            start,
            end,
            f"“{shown}”不是{ours}自己的名称或项目，可能来自范例：请删去或换成本单位的。",
        )


def _leaks(subject: Subject) -> Iterator[tuple[int, int, Severity]]:
    text = _without_common(subject)
    for name in sorted(_others(subject)):
        for found in re.finditer(re.escape(name), text):
            yield *found.span(), "error"
    for pattern in (_PLACE, _INSTITUTION):
        shortest: dict[int, int] = {}  # by where the name ends: its left end is a guess
        for found in pattern.finditer(text):
            if _strange(subject, found[1], found[2]):
                shortest[found.end(2)] = found.start(1)
        yield from ((start, end, "error") for end, start in shortest.items())
    for found in _PERSON.finditer(text):
        yield from _person(subject, found.start(1), found[1], behind=True)
    for found in _PERSON_AFTER.finditer(text):
        yield from _person(subject, found.start(1), found[1], behind=False)
    yield from _quoted(subject)
    yield from _ranks(subject)


def _without_common(subject: Subject) -> str:
    """The text with the places blanked out that are the body's own or that every report may name."""
    region = _region(subject.order.org)[0]
    own = [name for name in (region, short_region(region)[0] if region else "") if len(name) >= 2]
    pattern = "|".join(map(re.escape, (*own, *phrases.words("national_places"))))
    return re.sub(pattern, lambda found: "\0" * len(found[0]), subject.prose)


@cache
def _region(org: str) -> tuple[str, str | None]:
    body = find_body(org, ())
    return body.region or "", body.level


def _known(subject: Subject) -> str:
    """What the writer and the body's own reports say."""
    own = [f"{one.report.title}\n{one.report.region or ''}\n{one.text}" for one in subject.exemplars(own=True)]
    return f"{subject.given}\n{normalise(chr(10).join(own))}\n{_region(subject.order.org)[0]}"


def _others(subject: Subject) -> set[str]:
    """Names of other bodies and places that must not stand in the text."""
    known = _known(subject)
    found: set[str] = set()
    reports = [(one.report.org, one.report.region) for one in subject.exemplars(own=False)]
    cited = {one.citation for one in subject.section.sources}
    reports += [(one.org, None) for one in subject.citations if one.n in cited]
    regions = {region for _, region in reports if region} | set(subject.places)
    for org in {org for org, _ in reports if org}:
        found.add(normalise(org))
        region = _region(org)[0]
        regions |= {region} if region else set()
    for region in regions:
        stem = short_region(region)[0]
        found |= {normalise(region)} | ({normalise(stem)} if len(stem) >= 2 else set())
    for short, full in provinces().items():
        found |= {short, full}
    allowed = phrases.words("national_places")
    return {
        name for name in found if len(name) >= 2 and name not in known and not any(name in place for place in allowed)
    }


def _strange(subject: Subject, before: str, kind: str) -> bool:
    """A name before 县, 医院, … that nobody known bears."""
    known = _known(subject)
    if _NO_NAME.search(before) or _GENERIC.search(before) or any(before[at:] in known for at in range(len(before) - 1)):
        return False
    if (
        len(kind) > 1 and before[-1] in "省市县区州旗镇乡村"
    ):  # 建成县|人民医院: the place, if it has a name, is found as one
        return False
    return _is_proper(before, foreign=_is_foreign(subject, f"{before}{kind}"))


def _is_foreign(subject: Subject, name: str) -> bool:
    """Whether another body's exemplar has the name."""
    return any(name in normalise(one.text) for one in subject.exemplars(own=False))


def _is_proper(word: str, *, foreign: bool) -> bool:
    """Whether it reads as a name: for the dictionary one, or no word at all; out of an exemplar a noun will do."""
    from assistant.question.segment import is_word, tagged

    tags = tagged(word)
    if any(tag in _NAMES and (len(word) == 2 or is_word(piece)) for piece, tag in tags):
        return True
    if any(tag[0] not in "ngxiz" and len(piece) > 1 for piece, tag in tags):
        return False
    return foreign or all(len(piece) == 1 and tag[0] in "ngx" for piece, tag in tags)


def _person(subject: Subject, start: int, run: str, *, behind: bool) -> Iterator[tuple[int, int, Severity]]:
    from assistant.question.segment import tagged

    known = _known(subject)
    if _PERSON_NOT.search(run) and not re.search(r"[由和与]([\u4e00-\u9fff]{2,3})$", run):
        return
    for size in (3, 2):
        name = (run[-size:] if behind else run[:size]) if len(run) >= size else ""
        if not name or name in known or _PERSON_NOT.search(name):
            continue
        tags = tagged(name)
        if len(tags) == 1 and tags[0][1].startswith("nr"):
            at = start + (len(run) - size if behind else 0)
            yield at, at + size, "error"
            return


def _quoted(subject: Subject) -> Iterator[tuple[int, int, Severity]]:
    """Projects and documents that one other body's exemplar names and nobody else does."""
    text, known = subject.prose, _known(subject)
    for found in _TITLE.finditer(text):
        title = found[1]
        if title in known or any(word in title or word in found[0] for word in phrases.words("national_titles")):
            continue
        yield *found.span(1), "error" if _bearers(subject, title) < 2 else "note"
    for found in _QUOTED.finditer(text):
        term = found[1]
        if term in known or term in phrases.words("quoted") or re.search(r"十[一二三四五六]五", term):
            continue
        bearers = _bearers(subject, term)
        if bearers == 1:
            yield *found.span(1), "error"
        elif bearers == 0 and subject.section.composer == "llm":
            yield *found.span(1), "warning"  # a model's own invention; a skeleton has none, a writer may


def _bearers(subject: Subject, name: str) -> int:
    """How many other bodies' exemplars have the name."""
    return len({one.report.org for one in subject.exemplars(own=False) if name in normalise(one.text)})


def _ranks(subject: Subject) -> Iterator[tuple[int, int, Severity]]:
    """我市 in a county's plan, 我委 in that of a 局."""
    org = subject.order.org
    region, _ = _region(org)
    if region[-1:] in tuple("省市县区州旗镇乡"):
        for found in _OF_RANK.finditer(subject.prose):
            if found[1] != region[-1]:
                yield *found.span(), "error"
    sort = next((letter for letter in ("局", "委", "厅", "院") if re.search(rf"{letter}(?:员会)?$", org)), None)
    if sort is not None:
        for found in _WE.finditer(subject.prose):
            if (found[1] or found[2]) != sort:
                yield *found.span(), "warning"
