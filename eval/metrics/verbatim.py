"""Is every quote the source's own characters, and does every sentence that asserts something cite one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.gold import NOT_FOUND


def quote_fault(citation: Mapping[str, Any], texts: Mapping[str, Sequence[str]]) -> str | None:
    """What is wrong with one quote, in Chinese; None if it is verbatim.

    texts: for each file name the texts it may be read as (one is the rule; files of the same name in two folders, or
    with line ends that a reader may fold, have several).
    """
    name, quote, start, end = (citation[key] for key in ("source_file", "quote", "start", "end"))
    if not quote:
        return f"〔{citation['n']}〕引文是空的"
    if name not in texts:
        return f"〔{citation['n']}〕没有名为 {name} 的文件"
    if any(0 <= start < end and text[start:end] == quote for text in texts[name]):
        return None
    if any(quote in text for text in texts[name]):
        return f"〔{citation['n']}〕引文在 {name} 中，但不在 {start}–{end} 处"
    return f"〔{citation['n']}〕引文不是 {name} 的原文"


def shape_faults(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """What breaks the contract in how sentences and citations hang together, one Chinese line each.

    The answer is exactly the sentences with their marks (white space between them is free); every sentence cites at
    least one citation that is there, and none that is not, unless it says 档案中未找到; an abstention begins with
    these words and cites nothing.
    """
    faults: list[str] = []
    numbers = [int(citation["n"]) for citation in answer["citations"]]
    if len(set(numbers)) != len(numbers):
        faults.append("引文编号重复")
    if not answer["sentences"]:
        faults.append("没有句子")
    marked = ["".join([str(one["text"]), *(f"〔{n}〕" for n in one["citations"])]) for one in answer["sentences"]]
    if not _is_joined(str(answer["answer"]), marked):
        faults.append("answer 不是各句连同标记的连接")
    for place, sentence in enumerate(answer["sentences"], 1):
        strangers = [n for n in sentence["citations"] if n not in numbers]
        if strangers:
            faults.append(f"第{place}句引了不存在的〔{strangers[0]}〕")
        silent = answer["abstained"] or str(sentence["text"]).startswith(NOT_FOUND)
        if not silent and len(strangers) == len(sentence["citations"]):
            faults.append(f"第{place}句没有引文")
    if answer["abstained"] and not str(answer["answer"]).startswith(NOT_FOUND):
        faults.append(f"弃答没有以“{NOT_FOUND}”开头")
    if answer["abstained"] and answer["citations"]:
        faults.append("弃答却带引文")
    return tuple(faults)


def _is_joined(answer: str, sentences: Sequence[str]) -> bool:
    at = 0
    for sentence in sentences:
        while answer[at : at + 1].isspace() and not answer.startswith(sentence, at):
            at += 1
        if not answer.startswith(sentence, at):
            return False
        at += len(sentence)
    return not answer[at:].strip()
