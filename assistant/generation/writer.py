"""The guest writes, the house checks: each sentence of a model is verified as it comes, mended once, else not shown.

What was shown is never taken back. What the model leaves out, or gets wrong twice, is told in the archive's own words.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from assistant.abstain import NOT_FOUND
from assistant.answer import Verdict
from assistant.compose.draft import Draft, DraftSentence, Support
from assistant.events import Progress, Shown
from assistant.generation.attribution import attributions
from assistant.generation.lacking import lacking
from assistant.generation.packing import Numbered
from assistant.generation.prompting import asking, mending, with_whole_years
from assistant.generation.sentences import Written, sentences
from assistant.generation.trimming import trimmed
from assistant.models import Model
from assistant.question.types import Question
from assistant.verify import STRANGE_NUMBER, Verifier
from ingest.errors import ModelUnreachable

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

logger = logging.getLogger(__name__)

MORE_SENTENCES = 2
"""How many more sentences than quotes a model may write; one that goes on has lost its way."""

_MOST_CHARACTERS = 1200
PATIENCE = 15.0
"""Seconds that a reader waits for the first sentence. A second try takes about as long as the first; where nothing is
shown yet and both would take longer than this, the quotes are shown instead.
"""

NOT_PASSED = "语言模型的回答没有通过核对，改用原文摘录。"
_NOT_FOUND_BY_MODEL = "语言模型认为原文没有直接回答，以下为最相关的原文摘录。"
_NOT_COMPLETE = "语言模型的回答不完整，已补上原文摘录。"
_LABEL = re.compile(r"^（[^）]{0,60}(?:总结|计划|存在问题|年份不详)[^）]{0,40}）[：:]?")
"""The label in front of a piece of evidence, copied with it."""

_OF_UNKNOWN_YEAR = "（年份不详）"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How writing ended: whether any sentence of the model's stands, and a line for the reader where not all does."""

    wrote: bool
    note: str


@dataclass(slots=True)
class _Failed:
    """What did not stand, to be mended: the reasons, and all that the model said."""

    faults: list[str]
    said: list[str]
    not_found: bool = False


def write(
    question: Question, given: Sequence[Numbered], quoted: Draft, model: Model, verifier: Verifier
) -> Iterator[Progress | Shown | Outcome]:
    """Checked sentences as they come, the outcome last. The verifier holds what stands.

    A model that does not answer, or not in time, is no error here: the quotes stand in, and the outcome says why.
    """
    until = time.monotonic() + model.seconds
    asked = asking(question, given)
    shown: list[DraftSentence] = []
    failed = _Failed([], [])
    note = ""
    yield Progress(f"{model.info.name} 正在作答…")
    try:
        yield from _take(question, _stream(model, asked, until), given, verifier, shown, failed, "checked")
        left = lacking(question, quoted, shown)
        taken = time.monotonic() - (until - model.seconds)
        enough_time = 2 * taken < (model.seconds if shown else min(PATIENCE, model.seconds))
        if left and failed.faults and not failed.not_found and enough_time:
            yield Progress("正在按核对结果改写…")
            again = mending(asked, "".join(failed.said), failed.faults, left)
            second = _Failed([], [])
            yield from _take(question, _stream(model, again, until), given, verifier, shown, second, "mended")
            left = lacking(question, quoted, shown)
    except ModelUnreachable as error:
        note = f"{error.fault}，{'其余' if shown else ''}改用原文摘录。"
        left = lacking(question, quoted, shown)
    reasons = list(dict.fromkeys(failed.faults))
    if left:
        note = note or (_NOT_COMPLETE if shown else _NOT_FOUND_BY_MODEL if failed.not_found else NOT_PASSED)
        for sentence in left:
            before = len(verifier.citations)
            if fault := verifier.add(sentence, "quoted", reasons.pop(0) if reasons else ""):
                verifier.drop(fault)
            else:
                yield Shown(verifier.sentences[-1], verifier.citations[before:])
    for reason in reasons:
        verifier.drop(reason)
    yield Outcome(bool(shown), note)


def _stream(model: Model, messages: Sequence[BaseMessage], until: float) -> Iterator[str]:
    from assistant.models.stream import stream_text

    return stream_text(model.chat, messages, seconds=max(0.1, until - time.monotonic()), most=_MOST_CHARACTERS)


def _take(
    question: Question,
    pieces: Iterator[str],
    given: Sequence[Numbered],
    verifier: Verifier,
    shown: list[DraftSentence],
    failed: _Failed,
    verdict: Verdict,
) -> Iterator[Shown]:
    """Verify the sentences of one stream; those that stand go to `shown` and out, the others to `failed`."""
    for written in islice(sentences(pieces), len(given) + MORE_SENTENCES):
        failed.said.append(written.text)
        if NOT_FOUND in written.text:
            failed.not_found = failed.not_found or not shown
            continue
        before = len(verifier.citations)
        fault = "有一句没有出处"
        for supports in attributions(written, given):
            sentence = _own(question, written, supports)
            if _repeats(sentence, shown):
                fault = ""
                break
            stands, fault = _standing(sentence, verifier, verdict)
            if stands is not None:
                shown.append(stands)
                yield Shown(verifier.sentences[-1], verifier.citations[before:])
                break
        if fault:
            logger.debug("refused (%s): %s", fault, written)
            failed.faults.append(fault)


def _standing(sentence: DraftSentence, verifier: Verifier, verdict: Verdict) -> tuple[DraftSentence | None, str]:
    """The sentence as it is or without an invented piece, taken in by the verifier; else None and why not."""
    fault = verifier.add(sentence, verdict)
    if fault is None:
        return sentence, ""
    if fault == STRANGE_NUMBER:
        for text in trimmed(sentence.text):
            shorter = replace(sentence, text=text)
            if verifier.add(shorter, "mended", fault) is None:
                return shorter, ""
    return None, fault


def _own(question: Question, written: Written, supports: tuple[Support, ...]) -> DraftSentence:
    text = with_whole_years(_LABEL.sub("", written.text))
    if question.years and any(one.passage.period is None for one in supports) and "年份不详" not in text:
        text = text.rstrip("。") + f"{_OF_UNKNOWN_YEAR}。"
    return DraftSentence(text, supports, own=True)


def _repeats(sentence: DraftSentence, shown: Sequence[DraftSentence]) -> bool:
    return any(sentence.text == one.text for one in shown)
