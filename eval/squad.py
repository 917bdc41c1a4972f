"""Reads question sets in the form of SQuAD and CMRC 2018."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import ReportAssistantError


class SquadError(ReportAssistantError):
    """The file is not a SQuAD-style question set."""


@dataclass(frozen=True, slots=True)
class Squad:
    """Distinct paragraphs, and questions each with the index of the paragraph that answers it."""

    paragraphs: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]


def load_squad(path: Path) -> Squad:
    """data[].paragraphs[] each with context and qas[].question. Raises SquadError."""
    try:
        pairs = list(_pairs(json.loads(path.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        raise SquadError(f"读不了 {path}（{error.strerror}）", "请检查路径") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SquadError(
            f"{path} 不是 SQuAD 格式的 JSON（{error!r}）", "请换用 data/paragraphs/qas 结构的文件"
        ) from error
    paragraphs = {context: i for i, context in enumerate(dict.fromkeys(context for context, _ in pairs))}
    questions = tuple((question, paragraphs[context]) for context, asked in pairs for question in asked)
    if not questions:
        raise SquadError(f"{path} 里没有问题", "请换一个题集")
    return Squad(tuple(paragraphs), questions)


def _pairs(body: Any) -> Iterator[tuple[str, list[str]]]:
    for article in body["data"]:
        for paragraph in article["paragraphs"]:
            yield str(paragraph["context"]), [str(one["question"]) for one in paragraph["qas"]]


def traditional(squad: Squad) -> Squad:
    """The same set in traditional characters (OpenCC s2t)."""
    import opencc

    convert = opencc.OpenCC("s2t").convert
    return Squad(
        tuple(str(convert(paragraph)) for paragraph in squad.paragraphs),
        tuple((str(convert(question)), i) for question, i in squad.questions),
    )


def first_questions(squad: Squad, limit: int | None) -> Sequence[tuple[str, int]]:
    """The first `limit` questions, or all; the paragraphs all stay in any case."""
    return squad.questions if limit is None else squad.questions[:limit]
