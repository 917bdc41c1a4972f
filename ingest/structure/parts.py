"""What a heading or a sentence does: look back (review), name problems (problem) or look ahead (plan)."""

from __future__ import annotations

import re

from ingest.structure.numbering import numbering_at
from ingest.types import Part

_TITLES = re.compile(r"《[^》]*》|计划生育|计生|五年规划|规划编制|编制规划|总结推广|总结经验|安排部署|安全生产")

_PLAN = re.compile(
    r"下一步|下步|下一阶段|下阶段|下半年(?:重点|主要|的)?(?:工作|打算|计划|安排|思路|任务|目标|措施)|打算|今后|展望|未来|"
    r"努力方向|工作思路|工作计划|工作规划|工作要点|工作建议|工作安排|总体思路|基本思路|明年|来年|新的一年|"
    r"改进(?:措施|办法|方向)|整改(?:措施|方向)|工作部署|对策|建议$|(?:及|和|与)(?:建议|思路|安排|计划|规划)|(?:计划|安排|思路|规划)$|"
    r"对今年.{0,6}工作"
)
_PLAN_AT_END = re.compile(
    r"(?:预期目标|奋斗目标|目标任务|主要目标|工作目标|总体目标|发展目标|总体要求|工作要求|工作任务|重点任务|主要任务|基本任务|目标要求|重点工作|"
    r"工作措施|工作重点|指导思想|基本方针)(?:建议|安排|(?:和|与|及).{2,8})?$"
)
_DONE = re.compile(r"完成|实现|推进|围绕|紧扣|聚焦|落实|达成|超额")
_REVIEW = re.compile(
    r"回顾|总结|(?:工作|开展|进展|完成|落实|执行|推进|基本|主要|实施|履职|运行|办理|公开|有关|整体|具体)情况|情况(?:汇报|如下|$)|"
    r"成效|成绩|成就|进展|做法|亮点|经验|特色|已完成|取得|工作体会|过去.{0,4}年|去年|上半年|一年来|以来"
)
_CARRIED_OUT = re.compile(
    r"(?:计划|任务|安排|目标|要点|打算|部署|建议)(?:的)?(?:完成|落实|执行|推进|进展|实施|办理|贯彻)(?:的)?(?:情况|结果|成效|如下|$)"
)
"""2023年工作计划完成情况 looks back, whatever it names first."""
_REVIEW_ONLY = re.compile(
    r"(?:工作)?(?:回顾|总结)$|(?:工作|开展|进展|完成|落实|执行)情况$|(?:主要|工作)(?:做法|成效|成绩)$"
)
_PLAN_ONLY = re.compile(
    r"^(?:下一步|下步|下一阶段|下阶段|今后|明年|来年|下半年|(?:19|20)\d\d年).{0,14}(?:打算|计划|安排|思路|任务|目标|要求|工作|措施|重点|设想)$|"
    r"(?:工作|发展)(?:打算|思路|计划|安排)$|努力方向$|(?:改进|整改)措施$|改进措施.{0,4}$"
)
_PROBLEM = re.compile(
    r"(?:存在|面临|遇到)的?.{0,8}(?:问题|困难|不足|短板|差距|薄弱环节|挑战)|存在不足|"
    r"(?:主要|突出|工作中?的?)(?:问题|困难|不足|短板)|(?:问题|困难|不足|短板|差距|薄弱环节|挑战)(?:和|与|及|、|以及)(?:问题|困难|不足|短板|差距|薄弱环节|挑战|原因)|"
    r"^(?:问题|困难|不足|短板|差距)(?:$|与|和|及)|(?:问题|不足|困难)(?:及|和|与)?.{0,4}原因分?析?$|不足之处$|需要.{0,6}(?:解决|改进).{0,2}问题"
)
_MENDING = re.compile(
    r"解决|破解|聚焦|化解|克服|补齐|补短板|应对|攻坚|整治|整改(?:情况|成效|落实|到位)|针对|消除|回应|防范"
)

_SENTENCE_PLAN = re.compile(
    r"^(?:[一二三四五六]是|因此|为此|同时|对此|总之)?[，,]?(?:在)?(?:[\dxX×_]{4}年(?:度|里)?[，,]?)?"
    r"(?:下一步|下步|下一阶段|下阶段|下一年|接下来|今后|明年|来年|新的一年|展望|在?今后的工作中|"
    r"(?:我们|我[局委院中所站县市区镇乡州省处科校]心?|全[局委院县市区镇乡州省]|[^，。；]{0,8}(?:局|委|医院|卫生院|中心))"
    r"将(?:继续|进一步|坚持|努力|认真|严格按|按照|重点|全力|紧紧|一如既往|不断|持续|加大|加强|深入|着力|积极|全面|切实|大力|始终|立足|围绕|"
    r"在|以|从|通过|根据|把))"
    r"|我们将在(?:新的|今后|下)|争取在新的一年|将是我们今后"
    r"|^(?:针对|对于|围绕)(?:以上|上述|这些|存在的?)[^，。]{0,10}(?:问题|不足|困难|短板)[^。]{0,6}[，,](?:我[局院委站所]|我们|拟|将|要|应|采取|重点|主要|今后|下)"
)
_SENTENCE_PROBLEM = re.compile(
    r"清醒地?(?:看到|认识|知道|意识|懂得)|深知|不足之处在所难免|"
    r"(?:仍|还|也|尚|但|依然|仍然|同时)[^，。；]{0,8}存在[^，。；]{0,18}(?:问题|不足|困难|短板|差距|薄弱)(?![^。；，]{0,6}，我们(?:把|以|从|着力|坚持|通过|组织|采取))|"
    r"(?:仍|还|也|尚|依然|仍然)[^，。；]{0,8}面临[^，。；]{0,18}(?:问题|不足|困难|短板|差距|挑战)[^，。；]{0,4}(?:$|[。：:]|，(?:主要|突出|集中|具体|表现))|"
    r"(?:还|仍|也)有(?:着)?(?:不少|一定|一些|许多|很多|较大|很大|明显|诸多)的?[^，。；]{0,6}(?:不足|差距|问题|困难|短板)|"
    r"(?:存在|面临)的?(?:主要|突出|一些)?(?:问题|困难|不足)(?:和[^，。；：]{1,4})?(?:：|:|是|有|主要|表现)|"
    r"^(?:主要|突出)?(?:问题|困难|不足)(?:和[^，。；：]{1,4})?(?:：|:|是|有|主要)|(?:与|距|同|离)[^。；]{2,30}还有[^。；]{0,6}差距|(?:矛盾|问题)[^。；，]{0,6}(?:依然|仍然|仍)(?:较为|比较|十分)?(?:突出|存在)"
)
_MAY_PLAN = re.compile(r"将|下一|下步|下阶|接下来|今后|明年|来年|新的一年|展望|争取在|针对|对于|围绕")
_MAY_BE_PROBLEM = re.compile(r"[题难足板距弱战醒知]")
"""What every such sentence has in it; asked first because most sentences have none of it."""
_SENTENCE_REVIEW = re.compile(
    r"^(?:一年来|今年以来|过去(?:的)?一年|过去(?:的)?[一二两三四五]年|[一二两三四五]年来|全年(?:共|累计|完成)|回顾)"
)
_HEAD = 48
_PLAIN = 24


def part_title(text: str) -> Part | None:
    """The part that a heading announces, None when it announces none (`（一）疫情防控`).

    Where a heading names two parts (存在问题及下一步打算), the first one named counts; the sentences under it are
    then read one by one.
    """
    words = _words(text)
    first: dict[Part, int] = {}
    problem, review = _PROBLEM.search(words), _REVIEW.search(words)
    plan = _PLAN.search(words) or (None if _DONE.search(words) else _PLAN_AT_END.search(words))
    if problem is not None and not _MENDING.search(words):
        first["problem"] = problem.start()
    if review is not None:
        first["review"] = review.start()
    if plan is not None and not (
        review is not None and (_REVIEW_ONLY.search(words, plan.start()) or _CARRIED_OUT.search(words, plan.start()))
    ):
        first["plan"] = plan.start()
    return min(first.items(), key=lambda item: item[1])[0] if first else None


def plain_part_title(text: str) -> Part | None:
    """As `part_title`, but only for headings that are nothing else (下一步工作打算, 存在的主要问题, 2022年工作回顾).

    Inside a part, 推动改革取得新成效 is a promise and 补齐短板 a deed: there only plain titles change the part.
    """
    words = _words(text)
    if len(words) > _PLAIN:
        return None
    if _PLAN_ONLY.search(words):
        return "plan"
    if _REVIEW_ONLY.search(words):
        return "review"
    return "problem" if _PROBLEM.search(words) and not _MENDING.search(words) else None


def _words(text: str) -> str:
    numbering = numbering_at(text)
    return _TITLES.sub("", text[numbering.end if numbering else 0 :])


def names_two_parts(text: str) -> bool:
    """Whether a heading announces a part after the first: 1998年工作回顾和1999年总体要求, 存在问题及下一步打算."""
    plan = _PLAN.search(_words(text)) or _PLAN_AT_END.search(_words(text))
    return plan is not None and part_title(text) in ("review", "problem")


def sentence_part(sentence: str) -> Part | None:
    """The part that a sentence turns to by its opening words, None when it just goes on."""
    head, opening = sentence[:_HEAD], sentence[: 2 * _HEAD]
    if _MAY_PLAN.search(head) and _SENTENCE_PLAN.search(head):
        return "plan"
    if _MAY_BE_PROBLEM.search(opening) and _SENTENCE_PROBLEM.search(opening):
        return "problem"
    if _SENTENCE_REVIEW.search(sentence):
        return "review"
    return None
