"""One small question to the configured model: does it answer, and how fast?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.models import ModelInfo, open_model
from assistant.models.stream import stream_text

if TYPE_CHECKING:
    from ingest.settings import Settings

_MOST = 80
_QUESTION = "以上是一段会议记录的开头。请用一句话说明它在讲什么，不超过四十个字。"
_TEXT = (
    "会议听取了关于村级卫生室设备更新的说明。与会人员认为，设备更新应当先易后难，先查清现有设备的数量和使用年限，"
    "再分批采购，优先保证偏远村的需要；采购和验收要公开，旧设备要登记后统一处置，不得随意丢弃。"
    "会议要求有关科室分工负责，把每一步的时间和责任人写清楚，遇到困难及时报告，不等不拖。"
)


@dataclass(frozen=True, slots=True)
class Check:
    """What a model did. Tokens are cl100k, the measure of this project's prompts; a model counts its own way.

    load_seconds: until it could be asked; first_seconds: from the question to the first text; seconds: to the end.
    prompt_rate, answer_rate: tokens read and written a second; the first only where no network is in between, the
    second only of an answer that came in more than one piece.
    """

    info: ModelInfo
    load_seconds: float
    first_seconds: float
    seconds: float
    prompt_rate: float | None
    answer_rate: float | None
    said: str


def check_model(settings: Settings) -> Check:
    """Ask the model. Raises BadSettings, ModelUnreachable."""
    from langchain_core.messages import HumanMessage

    from ingest.structure.tokens import count_tokens

    start = time.monotonic()
    model = open_model(settings)
    loaded = time.monotonic()
    # A number that no earlier check began with, so that nothing of the prompt has been read before.
    prompt = f"第{time.time_ns()}号。{_TEXT}\n{_QUESTION}"
    pieces: list[str] = []
    first = ended = loaded
    count_tokens(prompt)  # loads its tables, which is not the model's time
    asked = time.monotonic()
    for piece in stream_text(model.chat, [HumanMessage(prompt)], seconds=model.seconds, most=_MOST):
        ended = time.monotonic()
        first = first if pieces else ended
        pieces.append(piece)
    if not pieces:
        first = ended = time.monotonic()
    said = "".join(pieces)
    written = count_tokens("".join(pieces[1:]))
    return Check(
        model.info,
        loaded - start,
        first - asked,
        ended - asked,
        count_tokens(prompt) / (first - asked) if model.info.kind == "file" and first > asked else None,
        written / (ended - first) if written and ended > first else None,
        said,
    )
