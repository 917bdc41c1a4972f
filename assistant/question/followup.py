"""Makes a follow-up self-contained by rules: pronouns, ellipsis, year shifts, body shifts, list pointing.

What a follow-up leaves out is taken from the question before it, which was made self-contained in the same way. A
question that says it is about something else takes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.across import Across, read_across
from assistant.question.bodies import BodyIndex, Found
from assistant.question.intent import asks_whole_part, has_cue, read_role, read_unit
from assistant.question.topic import read_topic
from assistant.question.types import Topic, YearMention
from assistant.question.years import compared, read_years

_COUNTED = {"一": 1, "1": 1, "两": 2, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4, "五": 5, "5": 5}
_BACK = re.compile(
    r"(?:再)?(?:前|上|头|早)一年|(?:再)?往前(?:推|数|一)?(?:(?P<back>[一二两三四五1-5])?年)?|(?:再)?(?:早|提前)一年"
    r"|(?P<ago>[一二两三四五1-5])年(?:之|以)?前"
)
_ON = re.compile(
    r"(?:再)?(?:后|下)一年|(?<!第)第二年|次年|(?:再)?往后(?:推|数|一)?(?:(?P<on>[一二两三四五1-5])?年)?"
    r"|(?P<later>[一二两三四五1-5])年(?:之|以)?后"
)
_RELATIVE = {-3: "大前年", -2: "前年", -1: "去年", 0: "今年", 1: "明年", 2: "后年"}
_SAME_TIME = re.compile(r"当年|同年|那一?年|该年(?:度)?|同期|同一年")
_HALF = re.compile(r"上半年|下半年|全年|整年")

_POINTING = re.compile(
    r"它|其(?![他它余实])|这项|该项|这个|那个|这件|那件|上述|同一|刚才|这事|那事|这块|这方面|该(?:指标|工作|项目|任务)"
)
_OPENING = re.compile(r"^(?:那么|那|还有|另外|再|换成|换|如果是|要是)+|(?:呢|的话|怎么样|如何)?[？?。]*$")
_THEN = re.compile(r"^(?:那么|那)(?![个些里边儿种项年时位家份])")
_FILLER = re.compile(
    r"(?:再|只|仅|就|先)?(?:看看|看一看|看一下|看下|看)|只要|仅要|(?:也|都)(?:是)?(?:这样|如此|一样)(?:的)?|具体(?:来说|说)?|换成|改成"
)
_NEW_SUBJECT = re.compile(
    r"^(?:[^，,。；;]{0,6}?(?:换个|换一个)(?:话题|问题|方面)|(?:那)?不(?:说|谈|聊|问|管)(?:这|那|它)[^，,。；;]{0,4}"
    r"|(?:我)?(?:还|另外|再|顺便|顺带)*(?:想|要)?(?:再)?(?:问|请教|打听|了解)(?:你|您)?(?:一)?(?:个|下)?"
    r"(?:别的|另外的?|其他的?|另一个|新的?)(?:问题|事|情况)?"
    r"|(?:另外|此外|顺便|顺带)(?:再|我)?(?:想|要)?(?:问|请教|打听)(?:一)?(?:下|个问题|句)?|另一个问题)[，,。；;：: ]*"
)
_ONLY_TALK = re.compile(
    r"^(?:谢谢|多谢|好的?|嗯|知道了|明白了?|收到|你?(?:确定|肯定)(?:吗|么)?|真的吗?|是吗|对吗|没错吧"
    r"|(?:(?:有没有|有)?(?:出处|依据|来源|根据|原文)(?:是)?(?:在)?(?:哪里?|哪儿|什么|吗|呢)*)|哪(?:里|儿)(?:写的?|说的?|来的?)"
    r"|还有(?:吗|没有|别的吗|其他的?吗?)?|(?:继续|接着)(?:说|讲)?|然后呢|再说一遍|没(?:看|听)懂)"
    r"[！!。，,？? 呢吗了啊]*$"
)
_WHICH = re.compile(
    r"^(?:那么?)?(?:这|它们|他们)?(?:[两二](?:个|家|者|地|边)?)?[县市区]?(?:的|里|中)?(?:哪一?[个家县市区边]|谁)(?:的)?(?:更|要|比较)?"
    r"(?P<more>高|多|大|好|低|少|快)(?:一?[些点])?[呢啊？?。]*$"
)
_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}|最后一|[前后][一二两三四五\d])(?:项|条|个|点|种|类|方面|件|步)"
)
_LISTED = re.compile(r"问题|措施|方面|具体|内容|说的?|讲的?|指的?|做法|任务|工作|打算")
_AGAINST = re.compile(r"^(?:那)?(?:么)?(?:和|跟|与|同|比起|相比)")
_ASPECT = re.compile(
    r"^(?:同比|环比|比(?:上|前|去)一?年|增长|下降|增加|减少|增幅|降幅|涨幅|增速|变化|差距?|缺口|占比|排名|原因|理由|效果|难点|比)+$"
)
"""What can be asked of any topic, and is none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One user turn, read on its own."""

    text: str
    years: YearMention
    found: Found
    topic: Topic
    across: Across | None = None


@dataclass(frozen=True, slots=True)
class Standalone:
    """A self-contained question and the earlier topic that stays in the background."""

    text: str
    background: Topic


def read_turn(text: str, bodies: BodyIndex) -> Turn:
    """Read one turn without its history."""
    years = read_years(text)
    found = bodies.find(text)
    across = None if found.bodies or found.missing else read_across(text)
    spans = [*years.spans, *years.bases, *found.spans, *(across.spans if across else ())]
    return Turn(text, years, found, read_topic(text, spans), across)


def make_standalone(question: str, history: Sequence[str], bodies: BodyIndex) -> Standalone:
    """Fold the earlier user turns into `question`, from the first to the last."""
    folded: list[Standalone] = []
    for turn in [*history, question]:
        if not folded or not folded[-1].text:
            folded.append(Standalone(turn, Topic(())))
        else:
            folded.append(_of_both(folded, turn, bodies) or _fold(folded[-1], turn, bodies))
    return folded[-1]


def asks_which(text: str) -> bool:
    """Whether a turn asks no more than which of those before has more (哪个高)."""
    return _WHICH.match(text) is not None


def _of_both(before: Sequence[Standalone], text: str, bodies: BodyIndex) -> Standalone | None:
    """哪个高, after the same was asked of one body and then of another: the question for both."""
    last = read_turn(before[-1].text, bodies)
    which = _WHICH.match(text)
    if which is None or len(last.found.bodies) != 1:
        return None
    for earlier in (read_turn(one.text, bodies) for one in reversed(before[:-1])):
        other = earlier.found.bodies
        if len(other) == 1 and other[0].label != last.found.bodies[0].label and _alike(earlier, last):
            both = f"{other[0].label}和{last.found.bodies[0].label}"
            asked = _OPENING.sub("", _put(last.text, bodies_spans(last.text, last), both))
            return Standalone(f"{asked}，哪个{which['more']}", Topic(()))
    return None


def _alike(one: Turn, other: Turn) -> bool:
    """Whether two turns ask the same but for the body."""
    return (one.topic.runs, one.years.years, one.years.offsets, read_role(one.text), read_unit(one.text)) == (
        other.topic.runs,
        other.years.years,
        other.years.offsets,
        read_role(other.text),
        read_unit(other.text),
    )


def _fold(before: Standalone, text: str, bodies: BodyIndex) -> Standalone:
    if _ONLY_TALK.match(text):
        return before
    if (other := _NEW_SUBJECT.match(text)) and read_turn(text[other.end() :], bodies).topic.runs:
        return Standalone(text[other.end() :], Topic(()))
    previous = read_turn(before.text, bodies)
    if _points_into_list(text, bodies):
        return before
    if previous.years.years:
        text = compared(text, previous.years.years, _years_text(previous))
    when = _shifted(previous.years, text)
    if when is not None:
        text = _ON.sub("", _BACK.sub("", text))
    elif not previous.years.silent:
        text = _SAME_TIME.sub("", text)
    current = read_turn(_FILLER.sub("", _THEN.sub("", text)), bodies)
    complete = current.found.bodies and not current.years.silent and "呢" not in text
    if not _content(current) and complete and asks_whole_part(text):
        return Standalone(text, Topic(()))
    if not _content(current) and current.across is not None:
        time = when or ("" if not current.years.silent else _years_text(previous))
        return Standalone(f"{time}{''.join(previous.topic.runs)} {text}".strip(), Topic(()))
    if not _content(current):
        return Standalone(_elliptic(previous, current, when), Topic(()))
    lead = ""
    if not current.found.bodies and not current.found.missing:
        lead += _bodies_text(previous)
    if when is not None:
        lead += when
    elif current.years.silent and not previous.years.silent:
        lead += _years_text(previous)
    if _POINTING.search(text):
        return Standalone(f"{lead}{''.join(previous.topic.runs)} {text}".strip(), Topic(()))
    if framed := _same_kind(previous, current, when):
        return Standalone(framed, previous.topic)
    return Standalone(f"{lead} {text}".strip(), previous.topic)


def _points_into_list(text: str, bodies: BodyIndex) -> bool:
    """第二项是什么: only what was listed knows, so the list is asked for again."""
    if not _ORDINAL.search(text):
        return False
    rest = read_turn(_LISTED.sub("", _ORDINAL.sub("", text)), bodies)
    return not _content(rest) and not rest.found.bodies and not rest.found.missing and rest.years.silent


def _content(turn: Turn) -> tuple[str, ...]:
    """The topic words of a turn that are more than its measure word or an aspect of the topic before."""
    unit = read_unit(turn.text)
    missing = "".join(turn.found.missing)
    return tuple(
        run for run in turn.topic.runs if run != unit and not _ASPECT.match(run) and not (missing and run in missing)
    )


def _elliptic(previous: Turn, current: Turn, when: str | None) -> str:
    """The earlier question with the year, body or role of the new one in place of its own."""
    rest = _OPENING.sub("", current.text)
    asked = _blank(rest, read_years(rest).spans)
    label = "和".join([*(body.label for body in current.found.bodies), *current.found.missing])
    if label and _AGAINST.match(current.text):
        label = "和".join(part for part in (_bodies_text(previous), label) if part)
    elif (
        read_role(asked) is not None
        or read_unit(asked) is not None
        or any(has_cue(asked, cue) for cue in ("plan", "problem", "trend", "list"))
        or any(_ASPECT.match(run) for run in current.topic.runs)
    ):
        kept = "" if label else _bodies_text(previous)
        time = when or ("" if not current.years.silent else _years_text(previous))
        return f"{kept}{time}{''.join(previous.topic.runs)} {rest}"
    replaced = previous.text
    if when is not None:
        replaced = _put(replaced, previous.years.spans, when)
    elif not current.years.silent:
        replaced = _put(replaced, previous.years.spans, _years_text(current))
    elif half := _HALF.search(current.text):
        replaced = _put(_HALF.sub("", replaced), (), "")
        spans = read_years(replaced).spans
        end = spans[-1][1] if spans else 0
        replaced = replaced[:end] + ("" if half[0] in ("全年", "整年") else half[0]) + replaced[end:]
    if label:
        replaced = _put(replaced, bodies_spans(replaced, previous), label)
    return replaced


def _same_kind(previous: Turn, current: Turn, when: str | None) -> str | None:
    """产前筛查呢, after a question on 两癌筛查: that very question on the other screening.

    Only where the two names end alike: what was asked in persons would be asked in vain of a rate or of buildings.
    """
    if len(current.topic.runs) != 1 or len(previous.topic.runs) != 1:
        return None
    new, old = current.topic.runs[0], previous.topic.runs[0]
    bare = _OPENING.sub("", _blank(current.text, [*current.years.spans, *current.found.spans])).strip(" 的")
    if bare != new or new[-2:] != old[-2:] or previous.text.count(old) != 1:
        return None
    framed = previous.text.replace(old, new)
    time = when or ("" if current.years.silent else _years_text(current))
    if time:
        framed = _put(framed, read_years(framed).spans, time)
    label = _bodies_text(current)
    return _put(framed, bodies_spans(framed, previous), label) if label else framed


def bodies_spans(text: str, turn: Turn) -> Sequence[tuple[int, int]]:
    """Where the bodies of `turn` stand in `text` (its years may have been replaced meanwhile)."""
    spans = []
    for name in [*(body.label for body in turn.found.bodies), *turn.found.missing]:
        at = text.find(name)
        if at >= 0:
            spans.append((at, at + len(name)))
    return sorted(spans)


def _put(text: str, spans: Sequence[tuple[int, int]], new: str) -> str:
    """`new` in place of the first span, the other spans taken out with what joins them (2021年和2022年)."""
    if not spans:
        return new + text
    first = spans[0]
    for start, end in reversed(spans[1:]):
        joined = re.search(r"[和与跟及、,，]$", text[:start])
        text = text[: joined.start() if joined else start] + text[end:]
    return text[: first[0]] + new + text[first[1] :]


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def _bodies_text(turn: Turn) -> str:
    return "和".join([*(body.label for body in turn.found.bodies), *turn.found.missing])


def _years_text(turn: Turn) -> str:
    return "".join(turn.text[start:end] for start, end in turn.years.spans)


def _shifted(years: YearMention, text: str) -> str | None:
    """前一年 and its like, counted from the year asked about before; None where the text shifts nothing."""
    found, sign = _BACK.search(text), -1
    if found is None:
        found, sign = _ON.search(text), 1
    if found is None:
        return None
    by = sign * next((_COUNTED[word] for word in found.groups() if word), 1)
    if years.years:
        return f"{(min if sign < 0 else max)(years.years) + by}年"
    if years.offsets and years.offsets[0] + by in _RELATIVE:
        return _RELATIVE[years.offsets[0] + by]
    return None
