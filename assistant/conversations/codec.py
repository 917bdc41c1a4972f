"""Answers to stored JSON and back."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.answer import Answer, Check, Citation, Computed, Sentence, Understood, Warning

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


class UnreadableAnswer(ValueError):
    """The stored text is no answer that this program knows."""


def encode(answer: Answer) -> str:
    """Every field of the answer, those that lead back into the archive included."""
    return json.dumps(asdict(answer), ensure_ascii=False, separators=(",", ":"))


def decode(stored: str) -> Answer:
    """The answer again; `decode(encode(answer)) == answer`. Raises UnreadableAnswer.

    Fields that are missing take their default and unknown ones are passed over, so that answers kept by an older or a
    newer program can still be read.
    """
    try:
        data = json.loads(stored)
        return _build(
            Answer,
            data,
            sentences=tuple(_sentence(item) for item in data["sentences"]),
            citations=tuple(_build(Citation, item, section=tuple(item["section"])) for item in data["citations"]),
            warnings=tuple(_build(Warning, item) for item in data["warnings"]),
            checks=tuple(_build(Check, item) for item in data.get("checks", ())),
            understood=_understood(data.get("understood")),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableAnswer(str(error)) from error


def _understood(data: dict[str, Any] | None) -> Understood | None:
    if data is None:
        return None
    known = {field.name for field in fields(Understood)}
    return Understood(**{name: tuple(values) for name, values in data.items() if name in known})


def _sentence(data: dict[str, Any]) -> Sentence:
    computed = tuple(_build(Computed, item) for item in data.get("computed", ()))
    return _build(Sentence, data, citations=tuple(data["citations"]), computed=computed)


def _build(kind: type[T], data: dict[str, Any], **made: object) -> T:
    known = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in known} | made)
