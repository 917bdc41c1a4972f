"""Training texts cut into pieces of a few lengths, with the prefixes that the product puts before its own texts."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench.textbook import read
from ingest.errors import ReportAssistantError

LENGTHS = (16, 24, 32, 48, 64, 96, 128, 192, 256, 384)
"""Tokens of a piece. Every piece is cut down to one of them, so that a batch needs no padding and no mask."""

PASSAGE_CHARACTERS = (60, 110, 170, 300, 450)
"""Lengths of passages aimed at; the product's own have some 300 characters."""

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_SHORTEST, _LONGEST_QUERY = 8, 60

Tokenize = Callable[[list[str]], list[list[int]]]
"""Texts to token ids, the special first and last token with them."""


class NoTexts(ReportAssistantError):
    """There is nothing to train on."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What stands before a question and before a passage."""

    query: str
    passage: str


def folder_lines(folder: Path) -> list[str]:
    """The distinct lines of all readable files under `folder`, in the order of the file names. Raises NoTexts."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = dict.fromkeys(line.strip() for path in files for line in read(path).splitlines())
    found = [line for line in lines if len(line) >= _SHORTEST]
    if not found:
        raise NoTexts(f"{folder} 里没有可用的文字", "请换一个放有 .txt、.docx 等文件的文件夹")
    return found


def pieces(lines: Iterable[str], prefixes: Prefixes, seed: int) -> list[str]:
    """Each line as passages of several lengths and some of its sentences as questions, without repeats, shuffled."""
    chance = random.Random(seed)
    made: dict[str, None] = {}
    for line in lines:
        sentences = _SENTENCE.findall(line)
        for passage in _passages(sentences, chance):
            made[prefixes.passage + passage] = None
        for sentence in sentences:
            text = sentence.strip().rstrip("。；")
            if _SHORTEST <= len(text) <= _LONGEST_QUERY and chance.random() < 0.5:
                made[prefixes.query + text] = None
    found = list(made)
    chance.shuffle(found)
    return found


def _passages(sentences: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Whole sentences one after another, up to a length drawn anew for each passage."""
    wanted, passage = chance.choice(PASSAGE_CHARACTERS), ""
    for sentence in sentences:
        passage += sentence
        if len(passage) >= wanted:
            yield passage
            wanted, passage = chance.choice(PASSAGE_CHARACTERS), ""
    if len(passage) >= _SHORTEST:
        yield passage


def cut(ids: Sequence[int], lengths: Sequence[int] = LENGTHS) -> list[int] | None:
    """`ids` at the longest of `lengths` that it fills, its last token kept; None if it fills none."""
    length = max((one for one in lengths if one <= len(ids)), default=None)
    return None if length is None else [*ids[: length - 1], ids[-1]]
