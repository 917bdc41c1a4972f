"""Gold questions: one JSON object a line, what a right answer holds and where it stands.

Only the keys named here are read; a gold file may carry any other key for its own readers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import ReportAssistantError

NOT_FOUND = "档案中未找到"
"""How an abstention begins. Written here a second time on purpose: the judge does not borrow the accused's words."""


class GoldError(ReportAssistantError):
    """The gold file cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of a source file that holds the answer; `file` None means that any file will do."""

    file: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One question with what is expected of its answer.

    numbers: figures that must all be shown, unit optional (`2900`, `90%`, `110万`).
    must_include_any: groups of strings; of each group at least one must be shown.
    evidence must be cited, or else one of `same` (places that state the very same); what is in `also` may be.
    orgs, periods: the bodies and periods (`2022`, `2022-H1`, `2021/2025`) that the question is about, empty when it
    names none; citations of others are leaks. `phrasing` says whose wording the question is, if the file tells.
    """

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    answer: str = ""
    numbers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    must_include_any: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    also: tuple[Evidence, ...] = ()
    same: tuple[Evidence, ...] = ()
    phrasing: str | None = None
    orgs: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()

    @property
    def expects_abstention(self) -> bool:
        """Whether the archive does not hold the answer."""
        return self.kind == "unanswerable" or (not self.evidence and self.answer.startswith(NOT_FOUND))


def load_gold(path: Path) -> tuple[Gold, ...]:
    """The questions of a JSON Lines file. Raises GoldError naming the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise GoldError(f"读不了题集文件 {path}（{error.strerror}）", "请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"题集文件 {path} 不是 UTF-8 编码", "请另存为 UTF-8") from error
    gold = tuple(_from_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not gold:
        raise GoldError(f"题集文件 {path} 里没有题目", "请给出每行一个 JSON 对象的文件")
    return gold


def _from_line(path: Path, number: int, line: str) -> Gold:
    try:
        body = json.loads(line)
        return parse_gold(body, default_id=str(number))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise GoldError(f"题集文件 {path} 第{number}行不合格式（{error}）", "请对照格式说明改正") from error


def parse_gold(body: Mapping[str, Any], default_id: str = "") -> Gold:
    """One question from its JSON object; missing lists are empty. Raises ValueError, TypeError, AttributeError or
    KeyError if it has another form.
    """
    question = body["question"]
    if not isinstance(question, str):
        raise TypeError("question 应为字符串")
    return Gold(
        id=str(body.get("id", default_id)),
        kind=str(body.get("kind") or "fact"),
        question=question,
        history=_strings(body, "history"),
        answer=str(body.get("answer") or ""),
        numbers=_strings(body, "numbers"),
        must_include=_strings(body, "must_include"),
        must_include_any=_groups(body.get("must_include_any") or []),
        must_not_include=_strings(body, "must_not_include"),
        evidence=_evidence(body, "evidence"),
        also=_evidence(body, "also"),
        same=_evidence(body, "same"),
        phrasing=None if body.get("phrasing") is None else str(body["phrasing"]),
        orgs=tuple(one for item in _several(body.get("org")) for one in re.split(r"[、,，;；/]", item) if one),
        periods=_several(body.get("period")) or _several(body.get("year")),
    )


def _strings(body: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = body.get(key) or []
    if not isinstance(value, list):
        raise TypeError(f"{key} 应为列表")
    return tuple(str(item) for item in value)


def _evidence(body: Mapping[str, Any], key: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(_file_name(item.get("file")), str(item["text"])) for item in body.get(key) or [])


def _groups(value: Iterable[Any]) -> tuple[tuple[str, ...], ...]:
    """A flat list is one group; a list of lists is several."""
    items = list(value)
    if items and all(isinstance(item, list) for item in items):
        return tuple(tuple(str(one) for one in item) for item in items)
    return (tuple(str(item) for item in items),) if items else ()


def _several(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _file_name(value: Any) -> str | None:
    """Only the last part of a path: citations name files, not folders."""
    return None if value is None else str(value).replace("\\", "/").rsplit("/", 1)[-1]
