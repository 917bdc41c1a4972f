"""Quotes are the source's own characters, and sentences and citations hang together."""

from __future__ import annotations

from typing import Any

import pytest

from eval.metrics.verbatim import quote_fault, shape_faults
from eval.sources import copies_of, possible_texts
from tests.eval_builders import ARCHIVED, SCREENED, SOURCE, TEXTS, answer, citation, says, sentence, silence


def test_a_verbatim_quote_passes() -> None:
    assert quote_fault(citation(), TEXTS) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"quote": SCREENED.replace("5600", "5700")}, "不是 songxi.txt 的原文"),
        ({"quote": SCREENED.replace("，", ",")}, "不是 songxi.txt 的原文"),
        ({"quote": SCREENED[:-1]}, "不在"),
        ({"start": 0}, "不在"),
        ({"start": -20, "end": -1}, "不在"),
        ({"source_file": "其他.txt"}, "没有名为"),
        ({"quote": "", "start": 5, "end": 5}, "空的"),
    ],
)
def test_a_quote_that_is_not_verbatim_is_caught(changed: dict[str, Any], reason: str) -> None:
    fault = quote_fault({**citation(), **changed}, TEXTS)
    assert fault is not None
    assert reason in fault


def test_a_quote_may_be_of_any_file_of_that_name() -> None:
    assert quote_fault(citation(), {"songxi.txt": ("另一个文件夹里的同名文件", SOURCE)}) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_a_plain_file_is_decoded_without_the_products_help(encoding: str) -> None:
    text = "一年工作\r\n全部完成" if encoding != "big5" else "衛生工作\r\n全部完成"
    texts = possible_texts(text.encode(encoding))
    assert text in texts
    assert text.replace("\r\n", "\n") in texts


def test_a_file_of_unknown_encoding_is_still_read() -> None:
    assert any("完成" in text for text in possible_texts("完成".encode() + b"\xff\xff"))


def test_well_formed_answers_pass() -> None:
    assert shape_faults(says(SCREENED)) == ()
    assert shape_faults(silence()) == ()
    partly = answer([sentence("松溪县完成5600人。", 1), sentence("档案中未找到邻县的人数。")], [citation()])
    assert shape_faults(partly) == ()


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (answer([sentence("完成5600人。")], [citation()]), "第1句没有引文"),
        (answer([sentence("完成5600人。", 3)], [citation()]), "第1句引了不存在的〔3〕"),
        (answer([sentence("完成5600人。", 1)], [citation(), citation(ARCHIVED)]), "引文编号重复"),
        (answer([], []), "没有句子"),
        ({**says("完成。"), "answer": "完成。〔1〕另外还完成5700人。"}, "answer 不是各句连同标记的连接"),
        ({**says("完成。"), "answer": "完成。"}, "answer 不是各句连同标记的连接"),
        ({**says("完成。"), "answer": "据查，完成。〔1〕"}, "answer 不是各句连同标记的连接"),
        (silence("没有。"), "弃答没有以“档案中未找到”开头"),
        (answer([sentence("档案中未找到。")], [citation()], abstained=True), "弃答却带引文"),
    ],
)
def test_what_breaks_the_contract_is_caught(broken: dict[str, Any], reason: str) -> None:
    assert reason in shape_faults(broken)


def test_copies_are_all_files_of_one_report() -> None:
    copies = copies_of([("a.txt", "b.docx"), ("b.docx", "c.pdf"), ("d.txt",)])
    assert copies["a.txt"] == {"a.txt", "b.docx"}
    assert copies["b.docx"] == {"a.txt", "b.docx", "c.pdf"}
    assert copies["d.txt"] == {"d.txt"}
