"""Targets that are words: numbers with their units, questions, orders and facts of a draft."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from eval.fuzz.broken import Broken, check_mapped, check_pieces
from eval.fuzz.target import Target, answered, lines, plain
from ingest.errors import UnreadableFile

if TYPE_CHECKING:
    from assistant.question.bodies import BodyIndex
    from ingest.archive.records import ReportRecord

_ORDERS = (
    "org: 云岭县卫生健康局\nyear: 2025\nkind: 全年工作计划\nsections: [公共卫生服务, 中医药]\nup_to: 2024\n"
    "facts:\n  - {indicator: 两癌筛查, target: 10000人}\n  - {text: 县中医医院迁建项目6月底前主体封顶}\n",
    "org: 云岭县卫生健康局\nyear: 2025\ndate: 2025-01-10\nfacts: |\n  两癌筛查目标10000人\n  签约率达到75%\n",
    "org: [a]\nyear: 2025年\ncomposer: skeleton\nlength: 短\nprefer: [1]\nfacts: {file: a.xlsx}\n",
    "org: a\nyear: 0xffff\ndate: 2024-13-45\nfacts: [[&a [x, x], *a]]\n",
)
_QUESTIONS = (
    "2022年云岭县两癌筛查任务数多少，完成了吗？",
    "那一年呢？\n\n云岭县2021年建档率是多少\n\n2022年的呢",
    "近三年各县家庭医生签约率相比去年提高了多少个百分点",
    "“十四五”期间年均增长多少，2021-2025年分别是多少？",
    "二〇二二年上半年某市卫生健康委员会计划建设哪些项目",
)


def word_targets() -> tuple[Target, ...]:
    """All of them."""
    return (
        plain("figures", _figures, lines),
        plain("cleaning", _cleaning, lambda: [b"\n".join(lines()[at : at + 12]) for at in range(0, 400, 12)]),
        plain("question", _question, lambda: [text.encode() for text in _QUESTIONS]),
        plain("order", _order, lambda: [text.encode() for text in _ORDERS]),
        plain("facts", _facts, lambda: [b"\n".join(lines()[at : at + 4]) for at in range(0, 200, 4)] + [_TABLE]),
        plain("addressed", _addressed, lines),
    )


_TABLE = "指标\t目标\t完成\n两癌筛查\t10000人\t9800人\n签约率\t75%\t78.5%\n".encode()


def _figures(data: bytes) -> bool:
    from ingest.figures.lexer import values

    text = data.decode("utf-8", "replace")
    at = 0
    for value in values(text):
        if not at <= value.start < value.end <= len(text):
            raise Broken("figures overlap or leave the text")
        at = value.end
    return True


def _cleaning(data: bytes) -> bool:
    """Text as a reader would give it, cleaned: every character still has its place."""
    from ingest.clean import clean
    from ingest.readers.txt import read_txt

    try:
        document = read_txt(data)
    except UnreadableFile:
        return False
    cleaned = clean(document)
    for block in cleaned.blocks:
        check_mapped(block.text, len(document.text))
    check_pieces(cleaned, len(document.text))
    if cleaned != clean(document):
        raise Broken("the same text was cleaned in two ways")
    return True


def _question(data: bytes) -> bool:
    from assistant.question.understand import understand

    text, *history = data.decode("utf-8", "replace").split("\n\n")[:6]
    reports, bodies = _known()
    read = understand(text, history, bodies, reports)
    if read != understand(text, history, bodies, reports):
        raise Broken("the same question was understood in two ways")
    return True


@cache
def _known() -> tuple[Sequence[ReportRecord], BodyIndex]:
    """What an archive may hold: bodies of every rank, one without a year, one without a name."""
    from assistant.question.bodies import BodyIndex
    from ingest.archive.records import ReportRecord

    held = (
        ("云岭县卫生健康局", "云岭县", "县", 2021),
        ("云岭县卫生健康局", "云岭县", "县", 2022),
        ("临泽市卫生健康委员会", "临泽市", "市", 2022),
        ("某省人民政府", "某省", "省", None),
        (None, None, None, None),
    )
    reports = tuple(
        ReportRecord(
            id=number,
            file_id=number,
            title=f"{org or ''}工作总结",
            org=org,
            region=region,
            level=level,
            year=year,
            kind="总结",
            truncated=False,
            start=0,
            end=1,
            sources=("a.txt",),
            passages=1,
        )
        for number, (org, region, level, year) in enumerate(held, 1)
    )
    return reports, BodyIndex(reports)


def _order(data: bytes) -> bool:
    from assistant.drafting.order import read_order

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "order.yaml")
        path.write_bytes(data)
        return answered(lambda: read_order(path))


def _facts(data: bytes) -> bool:
    from assistant.drafting.facts import parse_facts

    text = data.decode("utf-8", "replace")
    if parse_facts(text) != parse_facts(text):
        raise Broken("the same facts were read in two ways")
    return True


def _addressed(data: bytes) -> bool:
    from ingest.clean.addressed import addressed_spans

    text = data.decode("utf-8", "replace")
    at = 0
    for start, end in addressed_spans(text):
        if not at <= start < end <= len(text):
            raise Broken("spans overlap or leave the text")
        at = end
    return True
