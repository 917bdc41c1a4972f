"""Passages: whole sentences of one section within the budget, nothing lost and nothing twice."""

from __future__ import annotations

import socket

import pytest

from ingest.mapped import MappedText
from ingest.structure.lines import Line
from ingest.structure.passages import pack
from ingest.structure.tokens import count_tokens
from ingest.types import BlockKind
from tests.structure_builders import DEED, passages_of, report_of, reports_of


def lines_of(*texts: str, kind: BlockKind = "paragraph") -> list[Line]:
    lines: list[Line] = []
    at = 0
    for text in texts:
        lines.append(Line(MappedText.identity(text, at), kind))
        at += len(text) + 1
    return lines


def numbered(count: int) -> str:
    return "".join(f"第{n}个乡镇卫生院完成标准化建设并通过验收。" for n in range(count))


def test_tokens_are_counted_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert count_tokens("hello world") == 2
    assert count_tokens("<|endoftext|>") > 1
    assert count_tokens("") == 0


def test_a_passage_holds_whole_sentences_within_the_budget() -> None:
    passages = pack(lines_of(numbered(30)), 100)
    assert len(passages) > 3
    assert all(count_tokens(p.text.text) <= 100 for p in passages)
    assert all(p.text.text.startswith("第") and p.text.text.endswith("。") for p in passages)
    assert "".join(p.text.text for p in passages) == numbered(30)


def test_short_paragraphs_share_a_passage_and_stay_apart_in_it() -> None:
    (passage,) = pack(lines_of("门诊平稳。", "住院增加。"), 100)
    assert passage.text.text == "门诊平稳。\n住院增加。"


def test_a_passage_rather_ends_at_a_paragraph_than_within_the_next() -> None:
    first, second = numbered(4), numbered(5)
    passages = pack(lines_of(first, second), count_tokens(second) + 20)
    assert [p.text.text for p in passages] == [first, second]


def test_a_sentence_over_the_budget_is_a_passage_of_its_own() -> None:
    long = "，".join(["继续深化改革"] * 12) + "。"
    budget = count_tokens(long) * 2 // 3
    passages = pack(lines_of("门诊平稳。" + long + "住院增加。"), budget)
    assert [p.text.text for p in passages] == ["门诊平稳。", long, "住院增加。"]


def test_only_a_sentence_over_twice_the_budget_is_divided_and_then_at_commas() -> None:
    long = "，".join(["继续深化改革"] * 40) + "。"
    passages = pack(lines_of(long), 60)
    assert len(passages) > 2
    assert "".join(p.text.text for p in passages) == long
    assert all(p.text.text[-1] in "，。" for p in passages)


def test_a_table_row_stays_whole_and_the_first_row_first() -> None:
    rows = ["指标 | 任务数 | 完成数", *(f"项目{n} | {n}00人；含流动人口 | {n}05人" for n in range(1, 30))]
    passages = pack(lines_of(*rows, kind="table_row"), 80)
    assert passages[0].text.text.startswith(rows[0])
    assert "\n".join(p.text.text for p in passages).split("\n") == rows


def test_a_passage_knows_its_place_and_page_in_the_source() -> None:
    text = f"云岭县卫健局2022年工作总结\n{DEED}"
    (passage,) = passages_of(reports_of(text))
    assert text[passage.start : passage.end] == DEED == passage.text.text


def test_passages_never_cross_a_heading() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n一、医疗服务\n门诊平稳。\n二、公共卫生\n档案完整。\n{DEED}")
    assert [p.text.text for s in report.sections for p in s.passages] == ["门诊平稳。", f"档案完整。\n{DEED}"]


def test_a_heading_with_nothing_under_it_can_still_be_found() -> None:
    report = report_of(f"云岭县卫健局2022年工作总结\n一、医疗服务\n{DEED}\n二、下一步工作打算", truncated=True)
    assert report.truncated
    last = report.sections[-1]
    assert (last.path, last.part, str(last.period)) == (("二、下一步工作打算",), "plan", "2023")
    assert [p.text.text for p in last.passages] == ["二、下一步工作打算"]
