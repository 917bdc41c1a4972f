"""A clause of an exemplar recast as a short phrase: verb and object, nothing that belongs to a year or place.

What opens a clause (进一步, 全县要), who does it where (在…镇), when (六月底前), how much and whatever follows the
object are left out. A clause that does not stand without them is dropped: a draft may lack a line, never hold nonsense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.drafting.passing import is_passing
from assistant.drafting.periods import stale_periods
from assistant.drafting.units import is_unit
from assistant.promises.measures import is_measure
from assistant.promises.wording import words
from assistant.question.segment import tagged
from ingest.clean import normalise
from ingest.figures.lexer import values

LONGEST = 20
"""Characters of a phrase, placeholder left out."""
_SHORTEST = 6
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd]")
_CLAUSES = re.compile(r"[，,；;：:。！!？?|\n]")
_NUMBERING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．]|(?:第)?[一二三四五六七八九十](?:是要?|要)|[①-⑳●■—\-·•])\s*"
)
_LEADS = re.compile(
    r"^(?:进一步|继续|持续|不断|切实|努力|全力以赴|全力|大力|积极|着力|认真|扎实|稳步|有序|深入|全面|加快|统筹|坚决|严格|精心|主动|要|应|将|须|必须|拟|力争|争取|确保|计划|同时|此外|并|而且|还要|重点|尽快|早日|年内|全年|今年|本年度?|明年|来年"
    r"|上半年|下半年|[一二三四]季度|下一步|我[省市县区州局委院镇乡]|全[省市县区州局委院镇乡]|本[省市县区州局委院镇乡]|各级|各地|各单位|各部门|年底前?|年末|(?:19|20)\d\d年度?)+(?:要|将|应)?"
)
_VERB = re.compile(
    r"(?:高标准|高质量|高水平|常态化|规范化|一体|一体化|分类|分级|协同|同步|再|多渠道|全方位|系统|精准|科学|依法|聚力|抢先|因地制宜|有力|用心|用情|全链条|坚定|全面|深入|持续|扎实|积极|加快|统筹|严格|稳步|大力|着力){0,3}"
    r"(?:推进|推动|加强|加快|加大|深化|强化|完善|健全|优化|提升|提高|增强|促进|支持|鼓励|引导|发展|建设|建成|建立|构建|打造|形成|完成|实现|保障|巩固|拓展|扩大|增加|增设|新增|新建|改建|扩建|迁建"
    r"|改造|启动|开工|举办|组织|制定|出台|编制|修订|印发|推行|推广|推出|创建|争创|申报|谋划|筹建|筹备|设立|成立|组建|培育|壮大|引进|引育|招引|培养|培训|轮训|选派|统筹|协调|抓实|抓紧|抓好|狠抓|做好|做实|做强"
    r"|做优|做大|做精|办好|用好|建好|建强|管好|盘活|发挥|落实|实施|开展|实行|试行|探索|开通|整治|治理|防范|化解|解决|规范|创新|改革|改善|改进|维护|保护|严格|严防|严控|严肃|严查|守住|守牢|筑牢|夯实|织密|织牢"
    r"|弘扬|传承|激发|释放|营造|宣传|普及|监测|排查|整合|共享|连通|打通|畅通|理顺|贯通|压实|压减|控制|降低|减少|缩短|倡导|动员|选聘|选树|招聘|招录|储备|争取|对接|承接|承办|融入|服务|配备|配齐|配强|购置"
    r"|派驻|遴选|评选|表彰|确保|坚持|参与|接受|听取|公开|集成|集聚|汇聚|稳住|稳定|开发|挖掘|擦亮|延伸|覆盖|下沉|放大|放宽|简化|清理|清零|核查|核实|修复|育好|留住|吸引|留用|关爱|关心|帮扶|救助"
    r"|救治|供应|储运|联合|衔接|贯彻|学习|巡查|督导|督促|督查|检查|考核|评估|评价|审计|约谈|通报|问责|打击|查处|惩治|丰富|补齐|补足|延续|升级|更新|改版|上线|接入|归集|转化|应用|运用|利用|盘清|摸清|践行|繁荣"
    r"|滚动实施|满足|方便|防止|避免|保持|激活|赋能|培优|扶持|跟踪|兑现|发放|补助|保证|保住|调整|调动)(?!的)"
)
_DEADLINE = re.compile(
    r"^(?:在|于)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}日|份|底|末|初|上旬|中旬|下旬)?|第?[一二三四]季度末?)(?:之?前|起|内)?(?:要|应|将)?"
)
_LED = re.compile(r"^(?P<by>由)?(?P<who>[㐀-鿿、]{2,20}?)(?:牵头负责|牵头|具体负责)(?=[㐀-鿿]{5})(?!的)")
_TIME = re.compile(
    r"(?:19|20)\d\d|[二〇○零一]{4}年|去年|上年|前年|往年|近年|[一二三四五六七八九十\d]{1,3}月(?:份|底|末|前|中旬|上旬|下旬)|第[一二三四五六七八九十\d]+(?:届|个五年|次全国)|收官|开局|之年|换届|周年|元年|(?:提升|建设|攻坚|突破|服务|质量|落实|执行|改革|发展|深化|巩固|管理|作风|推进|见效|效能|治理|创新|项目|环境)年(?:[”\"]|行动|活动)"
)
_RELATIVE = re.compile(r"今年|明年|来年|年底|年内|本年|全年|上半年|下半年")
_CARRIERS = frozenset(
    {
        "在",
        "于",
        "依托",
        "选取",
        "选择",
        "以",
        "通过",
        "借助",
        "利用",
        "支持",
        "指导",
        "推荐",
        "组织",
        "督促",
        "指定",
        "会同",
        "联合",
    }
)
_NO_OPENING = re.compile(
    r"^(?:列入|纳入|落户|把|将|对|对于|为|使|让|以|按|按照|根据|针对|围绕|结合|鉴于|如|例如|凡|其|该|此|这|那|是|有|没有|即|和|与|及|或|的|由|因|虽|但|等|进而|从而|不断|逐步|特别|尤其|关于|除|当|从|到|被|向|聚焦|锚定|立足|着眼|紧盯|紧扣|突出|强调|本着|随着|做到|以及|所|可|能|不|无|多|少|很|更|最|也|都|就|才|又|还|再)"
)
_NO_END = re.compile(
    r"(?:(?<![双导方定面走志取])向[㐀-鿿]{1,2}|(?<=^开展)[㐀-鿿]+人|为(?:抓手|重点|突破口|目标|核心|牵引|主线|载体|依托|基础|引领|支撑|导向|契机|主题)|的|和|与|及|或|等|以|为|在|对|将|把|向|从|被|并|、|“|（|《|了|着|于|由|到|至|使|让|是|有|约|近|超|达|不|更|最|如|即|其|该|各|每|全|以上|左右|以内|工作要求|情况下)$"
)
_INNER = re.compile(
    r"我们|同志|总书记|习近平|党中央|全会|讲话|其中|例如|如下|[xX×＊*_]{2,}|\?|�|各位|代表|他们|自己|什么|怎么|……|…|第一|更加|不松劲|唯一|首个|获评|荣获|位居|排名|已经|已完成|了|不少于|不低于|不超过|至少|[㐀-鿿]{2}由[㐀-鿿]"
)
_GOALS = (
    "提高",
    "提升",
    "改善",
    "增强",
    "确保",
    "保障",
    "防止",
    "避免",
    "严防",
    "守住",
    "守好",
    "满足",
    "营造",
    "减少",
    "引导",
    "压减",
    "降低",
    "扩大",
    "巩固",
    "促进",
    "缩短",
    "严控",
    "控制",
    "保持",
    "筑牢",
    "形成",
    "实现",
    "激发",
    "释放",
    "维护",
    "方便",
)
_FOLLOWING = re.compile(
    r"(?<=[㐀-鿿]{4})(?:并|且|以及|同时)(?=[㐀-鿿]{4})|(?<=[㐀-鿿]{5})和(?=(?:推动|加强|开展|完善|落实|建立|推进|促进|提高|提升|强化))"
)
_LISTED = re.compile(r"^(?P<front>[^、]{4,}?)(?:、[^、]+?)+等(?P<rest>[㐀-鿿]{2,})$")
_ASIDE = re.compile(r"（[^）]*）|\([^)]*\)|【[^】]*】|\[[^\]]*\]")
_COUNTABLE = re.compile(r"[个家条项名户座处所场支类种人次例张台辆套件期批对位亩吨公里间]+$|人次|平方米|公里|万元|亿元")
_BESIDE = re.compile(r"(?:不低于|不少于|不超过|至少|达到|达|约|超过|超|近|共|完成)?$")
_BEHIND = re.compile(r"^(?:以上|以下|左右|以内|余|多)?")
ACTIONS = (
    "新建",
    "改建",
    "扩建",
    "建成",
    "建设",
    "新增",
    "培训",
    "轮训",
    "培养",
    "招聘",
    "引进",
    "举办",
    "组织",
    "创建",
    "选派",
    "打造",
    "培育",
    "增加",
    "增设",
    "购置",
    "配备",
    "配齐",
    "派驻",
    "改造",
    "储备",
    "实施",
    "开展",
    "设立",
    "遴选",
    "评选",
    "组建",
    "推广",
    "开通",
    "整治",
    "修复",
    "选树",
    "申报",
    "选聘",
    "定向",
    "招录",
)
"""Doings that are counted in things: what is counted is part of the phrase, its number is for the writer to set."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` holds a placeholder 【待填：indicator，unit】 where the exemplar had a number.

    `goal`: it says what is to come of it (提高…质量) rather than what is done.
    """

    text: str
    goal: bool

    @property
    def bare(self) -> str:
        """Without placeholders: what is compared with other phrases."""
        return _ASIDE.sub("", self.text)


def placeholder(indicator: str, unit: str) -> str:
    """The mark that the writer replaces."""
    name = re.sub(r"[，,【】：:\s]", "", indicator)
    return f"【待填：{name}，{unit or '数值'}】"


@lru_cache(maxsize=20_000)
def recast(clause: str, year: int, *, own: bool) -> Phrase | None:
    """The phrase of a measure for a plan of `year`; None where nothing that stands by itself is left.

    `own`: of the body's own report: what it counts is kept with a placeholder, else numbers are simply left out.
    """
    parts = [part for part in _CLAUSES.split(_ASIDE.sub("", normalise(clause))) if part.strip()]
    for part in parts[:2]:
        found = _recast(part, year, own)
        if found is not None:
            return found
    return None


def _recast(part: str, year: int, own: bool) -> Phrase | None:
    if stale_periods(part, year) or is_passing(part, year) or _INNER.search(part) or _UNREADABLE.search(part):
        return None
    text = _ASIDE.sub("", part).strip(" 　")
    for _ in range(2):
        text = _NUMBERING.sub("", text)
    text = _opened(_without_carrier(_opened(text)))
    text = re.sub(r"(?<=[㐀-鿿]{2})我[省市县区州镇乡](?!级)", "", text)
    text = _FOLLOWING.split(text)[0]
    listed = _LISTED.match(text)
    if listed is not None and len(text) > LONGEST - 4:
        text = f"{listed['front']}等{listed['rest']}"
    counted, mark = _without_number(text, own)
    if counted is None or not _stands(counted):
        return None
    text = counted
    marked = text.replace(_SLOT, mark) if mark else text
    return Phrase(marked, text.startswith(_GOALS))


def _opened(text: str) -> str:
    """Without what opens it: who does it (由医政科牵头), by when, how eagerly."""
    for _ in range(4):
        before = text
        if found := _DEADLINE.match(text):
            text = text[found.end() :]
        if (found := _LED.match(text)) and (found["by"] or is_unit(found["who"])):
            text = text[found.end() :]
        if (found := _LEADS.match(text)) and not text.startswith(("全面从严", "全面推行", "统筹推进")):
            text = text[found.end() :]
        if text == before:
            break
    return text


def _without_carrier(text: str) -> str:
    """在石桥镇探索… → 探索…: who does it and where are this year's to say."""
    said = tagged(text[:30])
    if not said or said[0][0] not in _CARRIERS:
        return text
    at = len(said[0][0])
    for word, _ in said[1:]:
        if at >= 3 and word in words("begins") | {"探索", "增设", "创建", "打造", "配备", "派驻", "试行"}:
            rest = text[at:]
            return rest if len(rest) >= _SHORTEST else text
        at += len(word)
    return text


_SLOT = "\N{OBJECT REPLACEMENT CHARACTER}"


def _without_number(text: str, own: bool) -> tuple[str | None, str]:
    """The phrase with a slot for its one number, and the placeholder for it; (None, "") where it cannot do without."""
    found = values(text)
    if not found:
        return (None, "") if re.search(r"\d|[A-Za-z]{5,}", text) else (text, "")
    value = found[0]
    if len(found) > 1 or value.is_rate or not value.unit or not text.startswith(ACTIONS):
        return None, ""
    front = _BESIDE.sub("", text[: value.start])
    behind = _BEHIND.sub("", text[value.end :])
    whole = front + behind
    if re.search(r"\d", whole) or len(front) < 2 or not _COUNTABLE.search(value.unit) or (behind and len(behind) < 2):
        return None, ""
    if not own:
        return whole, ""
    return f"{front}{_SLOT}{behind}", placeholder(whole, value.unit)


def _stands(text: str) -> bool:
    """Whether a phrase is a whole one: a verb with its object, nothing hanging, nothing of a year."""
    bare = text.replace(_SLOT, "")
    if not _SHORTEST <= len(bare) <= LONGEST or _TIME.search(bare) or _RELATIVE.search(bare):
        return False
    if _NO_OPENING.match(bare) or _NO_END.search(bare) or not is_measure(bare):
        return False
    if any(bare.count(a) != bare.count(b) for a, b in ("“”", "《》", "（）", "‘’")) or '"' in bare:
        return False
    said = tagged(bare)
    if not _VERB.match(bare):
        return False
    if sum(word in words("begins") for word, _ in said) == len(said):
        return False
    return any((len(word) > 1 and t[0] in "nlbij") or t == "vn" for word, t in said[1:])
