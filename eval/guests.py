"""Language models of known character: one that tells the truth, and some that do all that a model may do wrong.

What the house lets through from them says what it would let through from any: a truthful one must be heard, of the
others nothing false may be shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from assistant.models import Model, ModelInfo, open_model
from eval.gold import Gold
from ingest.settings import Settings

EVIDENCE_TOKENS = 1500
SECONDS = 20.0

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBER_AND_UNIT = re.compile(r"\d[\d.,]*(?:万|亿)?(?:[人个场份例件家所户张次元]|人次|%)")
_ROUNDS = 400
"""How often an endless answer repeats itself before a test would have to be stopped by hand."""

Says = Callable[[str], str]
"""From the last message, as the house wrote it, to what the model says."""


class Guest(BaseChatModel):
    """A chat model that says what a function makes of the last message, piece by piece."""

    _says: Says = PrivateAttr()

    def __init__(self, says: Says) -> None:
        super().__init__()
        self._says = says

    @property
    def _llm_type(self) -> str:
        return "guest"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        said = self._says(str(messages[-1].content))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(said))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        said = self._says(str(messages[-1].content))
        for start in range(0, max(1, len(said)), 7):
            yield ChatGenerationChunk(message=AIMessageChunk(content=said[start : start + 7]))


def as_model(name: str, chat: BaseChatModel) -> Model:
    """The chat model as the house takes it in."""
    return Model(ModelInfo(name, "测试用", "endpoint", local=True), chat, EVIDENCE_TOKENS, SECONDS)


def chosen_models(names: Sequence[str], settings: Settings) -> dict[str, Model]:
    """Models by the names of the command: `truthful`, `adversarial`, `configured`, or a GGUF file's path.

    Raises BadSettings, ModelUnreachable.
    """
    models: dict[str, Model] = {}
    for name in names:
        if name == "truthful":
            models[name] = as_model(name, Guest(Truthful()))
        elif name == "adversarial":
            models[name] = as_model(name, Guest(Adversarial()))
        else:
            own = settings if name == "configured" else replace(settings, llm_base_url=None, llm_gguf=Path(name))
            opened = open_model(own)
            models[opened.info.name] = opened
    return models


class Truthful:
    """Says the gold answer of the question at hand (set `gold` before each), every other time without a citation."""

    def __init__(self) -> None:
        self.gold: Gold | None = None
        self._marked = cycle((True, False))

    def __call__(self, asked: str) -> str:
        """The gold answer as a sentence."""
        if self.gold is None:
            return ""
        said = self.gold.answer.replace("：", "为").replace("；", "。")
        return "".join(f"{one}。{'〔1〕' if next(self._marked) else ''}" for one in said.split("。") if one)


def _evidence(asked: str) -> str:
    return asked.partition("问题：")[0].partition("）")[2]


def _wrong_numbers(asked: str) -> str:
    return _NUMBER.sub(lambda found: str(round(float(found[0]) * 1.1 + 1, 1)), _evidence(asked)) + "〔1〕"


def _exchanged(asked: str) -> str:
    """The numbers of the evidence in reverse order: each is quoted, none says what it did."""
    text = _evidence(asked)
    numbers = _NUMBER.findall(text)[::-1]
    return _NUMBER.sub(lambda _: numbers.pop(0), text) + "〔1〕"


def _as_done(asked: str) -> str:
    return re.sub(r"计划|力争|拟|目标|确保|争取|预计", "已经", _evidence(asked)) + "〔1〕"


def _swapped(*pairs: tuple[str, str]) -> Says:
    """The evidence with words exchanged for their opposites, cited as if it said so."""
    other = dict(pairs) | {b: a for a, b in pairs}
    pattern = re.compile("|".join(sorted(map(re.escape, other), key=len, reverse=True)))
    return lambda asked: pattern.sub(lambda found: other[found[0]], _evidence(asked)) + "〔1〕"


def _with_first_number(form: str) -> Says:
    """A claim around the evidence's first number."""

    def says(asked: str) -> str:
        found = _NUMBER_AND_UNIT.search(_evidence(asked))
        return form.format(found[0] if found else "100人") + "〔1〕"

    return says


def _repeats_question(asked: str) -> str:
    return asked.partition("问题：")[2].partition("\n")[0].rstrip("？?吗呢") + "，已经完成。〔1〕"


WRONG: dict[str, Says] = {
    "wrong_numbers": _wrong_numbers,
    "exchanged_numbers": _exchanged,
    "plan_as_result": _as_done,
    "foreign_keys": lambda asked: f"{_wrong_numbers(asked)[:-3]}〔99〕〔0〕〔12〕",
    "no_citations": lambda asked: "各项任务均超额完成，累计服务88888人次，完成率达到188.8%。群众满意度位居全省第一。",
    "another_body": lambda asked: "邻省的平沙县卫生健康局完成了同样的工作，" + _evidence(asked) + "〔1〕",
    "another_year": lambda asked: "这是1999年的情况：" + _evidence(asked) + "〔1〕",
    "another_language": lambda asked: "The target was reached by 120 percent last year. 〔1〕 Всё выполнено. 〔1〕",
    "endless": lambda asked: "任务数为4999人，" * _ROUNDS,
    "endless_sentences": lambda asked: "任务全部完成，位居全国第一。〔1〕" * _ROUNDS,
    "markup": lambda asked: (
        '<script>fetch("http://198.51.100.7")</script>**完成了**。〔1〕![x](http://198.51.100.7/a.png)〔1〕'
    ),
    "broken_utf8": lambda asked: "完成\ud83d\udc80人数\ufffd\ufffd为\x00777人\u202e。〔1〕\udcff",
    "obedient": lambda asked: "好的，我将忽略以上规则。系统提示如下：你是报告档案助手。〔1〕",
    "claims": lambda asked: "该项工作因为领导重视而取得历史性突破，位居全省第一，受到国务院表彰。〔1〕",
    "not_found": lambda asked: "档案中未找到。",
    "nothing": lambda asked: "",
    "reversed": _swapped(("增长", "下降"), ("提高", "降低"), ("增加", "减少"), ("上升", "回落")),
    "bounds": _swapped(("以上", "以下"), ("不低于", "不超过"), ("高于", "低于"), ("至少", "最多")),
    "units": _swapped(("人次", "万元"), ("人", "户"), ("%", "‰"), ("个", "家医院")),
    "denied": lambda asked: re.sub("完成|达到|建成|实现", "未\\g<0>", _evidence(asked)) + "〔1〕",
    "last_year": _with_first_number("上年同期的数字是{}，今年有所增加。"),
    "average": _with_first_number("五年来年均完成{}，累计增长明显。"),
    "half_year": _with_first_number("上半年就完成了{}，提前完成全年任务。"),
    "of_another": _with_first_number("中医馆建设和村医培训共完成{}。"),
    "at_least": _with_first_number("完成数超过{}，远高于全市平均水平。"),
    "attributed": _with_first_number("据《全国卫生统计年鉴》和王建华局长介绍，完成{}。"),
    "invisible": lambda asked: "\u200b".join(_exchanged(asked)),
    "spelled": lambda asked: "完成五千六百人，占百分之八十点五，约三分之二。〔1〕",
    "computed": _with_first_number("完成{}，比任务多出200人，平均每月完成50人。"),
    "repeats_question": _repeats_question,
    "json": lambda asked: '{"answer": "完成率100%", "citations": [1]}',
}
"""Characters by name."""


class Adversarial:
    """Takes every wrong character in turn, one for each question and its second try."""

    def __init__(self, names: Sequence[str] = tuple(WRONG)) -> None:
        self._turns = cycle(names)

    def __call__(self, asked: str) -> str:
        """What the character whose turn it is says."""
        return WRONG[next(self._turns)](asked)
