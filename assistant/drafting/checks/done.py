"""What a section promises although the body's last review reports it as finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.checks.subject import Subject
from assistant.drafting.types import DraftCheck
from ingest.archive.records import PassageRecord
from ingest.clean import normalise

_FINISHED = re.compile(
    r"已(?:经|全部|全面|正式)?(?:建成|完成|竣工|投用|投入使用|投入运行|启用|挂牌|开诊|搬迁|通过验收|成立|上线|封顶|开通|落成|验收|创成|获批)|"
    r"(?:建成投用|建成并投入|正式投用|正式启用|顺利完成|全面完成|全面建成|如期完成|通过验收|竣工验收|成功创建|成功创成|创建成功|挂牌成立|揭牌成立|建成了|成立了|完成了|投入使用|搬迁入驻|正式运行)"
)
_OPEN = re.compile(r"尚未|未完成|未能|正在|一期|前期|部分|主体|阶段|基本完成|完成了?\d|\d%|其余|剩余|没有|力争|计划|将")
_PROMISE = re.compile(
    r"建成|完成|建设|新建|迁建|改扩建|改造|成立|组建|创建|启用|启动|竣工|投用|投入使用|上线|搬迁|搭建|设立|开通|挂牌|建立|封顶|验收"
)
_KEPT_UP = re.compile(
    r"巩固|深化|运行|运营|提升|完善|管理|维护|发挥|用好|规范|持续|继续|二期|后续|配套|达效|常态|成果|推广|扩大"
)
_THING = re.compile(
    r"[\u4e00-\u9fff]*?(?:中心|医院|卫生院|卫生室|大楼|综合楼|门诊楼|住院楼|病房楼|楼|项目|工程|平台|系统|基地|实验室|病区|医共体|医联体|专科|联盟|站|馆|室|园|院区|新区|体系|机制|县城|示范县|示范区|卫生县|先进县|热线|学院|病房|专班|委员会|协会)"
)
_STOP = re.compile(r"[，。；、：\n]")
_COUNTED = re.compile(r"\d|\0|第[一二三四五六七八九十]|[一二三四五六七八九十两]+[个所家处座]")
"""30 of a kind, or the second one: others than those that are finished."""
_NAMED = 5
_LEAST = 6
_ALIKE = 0.8
_COMMON = frozenset("的了和与及等在为全县市区乡镇各")


@dataclass(frozen=True, slots=True)
class _Finished:
    text: str
    year: int | None


def done(subject: Subject) -> Iterator[DraftCheck]:
    """Clauses that promise a thing which a passage of `done` says is finished."""
    if not subject.done or subject.order.kind == "总结":
        return
    finished = [one for passage in subject.done for one in _finished(passage)]
    if not finished:
        return
    start = 0
    for stop in [*_STOP.finditer(subject.prose), None]:
        end = len(subject.prose) if stop is None else stop.start()
        clause = subject.prose[start:end]
        if _PROMISE.search(clause) and not _KEPT_UP.search(clause) and not _COUNTED.search(clause):
            for thing in _things(clause):
                told = next((one for one in finished if _same(thing, one.text)), None)
                if told is not None:
                    when = f"{told.year}年" if told.year else "上一次"
                    yield subject.found(
                        "already_done",
                        "warning",
                        start,
                        end,
                        f"{when}总结已写明完成（{_short(told.text)}）：请核对“{thing}”是否还要列入计划，或改为巩固、提升。",
                    )
                    break
        start = end + 1


def _finished(passage: PassageRecord) -> Iterator[_Finished]:
    """Clauses of a review that report something as finished and leave nothing open, with the one before where it is
    named there (迁建工程进展顺利，已建成投用).
    """
    year = passage.period.last if passage.period else None
    for sentence in re.split(r"[。；;\n]", normalise(passage.text.text)):
        before = ""
        for clause in re.split(r"[，,]", sentence):
            if _FINISHED.search(clause) and not _OPEN.search(clause):
                named = len(_FINISHED.sub("", clause)) >= _NAMED
                yield _Finished(clause.strip() if named else f"{before}，{clause}".strip("， "), year)
            before = clause


def _things(clause: str) -> Iterator[str]:
    """What the clause promises, without the verb in front: 县中医医院迁建项目."""
    for found in _THING.finditer(clause):
        words = _PROMISE.split(found[0])
        thing = max(words, key=len) if len(words[-1]) < 3 else words[-1]
        if len(found[0]) >= _LEAST and len(thing) >= 3:
            yield re.sub(r"^(?:继续|加快|推进|推动|积极|全力|力争|确保|年底前|全面|抓好|实施|做好|加强)+", "", found[0])


def _same(thing: str, told: str) -> bool:
    pairs = {thing[i : i + 2] for i in range(len(thing) - 1) if not set(thing[i : i + 2]) & _COMMON}
    pairs -= {"建设", "完成", "建成", "新建", "推进", "加快", "项目"}
    return len(pairs) >= 3 and sum(pair in told for pair in pairs) >= _ALIKE * len(pairs)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
