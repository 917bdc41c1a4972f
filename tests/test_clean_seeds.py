"""Cleaning of real copies, where they are at hand."""

from __future__ import annotations

import re
from functools import cache

import pytest

from ingest.types import CleanDocument
from tests.clean_documents import SHARED, cleaned

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="no real copies beside this checkout")


@cache
def seed(number: str) -> tuple[str, CleanDocument]:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    return text, cleaned(text)


def whole(number: str) -> str:
    return "\n".join(block.text.text for block in seed(number)[1].blocks)


def marked(number: str, kind: str) -> list[str]:
    text, result = seed(number)
    return [text[mark.start : mark.end] for mark in result.marks if mark.kind == kind]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_furniture_is_left(number: str) -> None:
    text = whole(number)
    for words in (
        "展开阅读全文",
        "猜你喜欢",
        "上传人",
        "免费预览",
        "ICP备",
        "開通",
        "开通VIP",
        "当前页面",
        "分享借鉴",
        "字号",
    ):
        assert words not in text
    assert ">" not in text


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_quotes_lead_back_to_the_source(number: str) -> None:
    text, result = seed(number)
    for block in result.blocks:
        start, end = block.text.span()
        assert text[start:end].strip() == text[start:end]


def test_the_figure_cut_by_a_page_mark_is_joined_and_doubtful() -> None:
    assert "管理率84.2023%" in whole("000")
    assert "84.20\n\n2、23%" in marked("000", "doubtful")


def test_the_page_marks_are_gone_and_the_numbered_headings_stay() -> None:
    text, result = seed("000")
    gone = [text[piece.start : piece.end] for piece in result.furniture if piece.reason == "分页标记"]
    assert gone == [f"{n}、" for n in range(1, 16)]
    assert len(re.findall(r"^\d、", whole("000"), re.MULTILINE)) >= 9


def test_the_replaced_tens_are_doubtful() -> None:
    assert {"20230%", "202300万元", "8320237人次", "0.232023人", "202365个"} <= set(marked("000", "doubtful"))


def test_the_wrapped_preview_is_paragraphs_again() -> None:
    paragraphs = [len(block.text) for block in seed("001")[1].blocks]
    assert max(paragraphs[:8]) > 250
    assert sum(1 for length in paragraphs if 20 <= length <= 32) <= 2
    assert "X万袋" in marked("001", "masked")


def test_the_previews_are_truncated_and_the_complete_ones_are_not() -> None:
    assert [seed(n)[1].truncated for n in ("000", "001", "002", "003", "004")] == [True, True, False, False, False]


@pytest.mark.parametrize("number", ["002", "003"])
def test_traditional_copies_are_simplified_without_pinyin(number: str) -> None:
    text = whole(number)
    assert "卫生健康" in text and "衛" not in text
    assert not re.search(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", text)


def test_unrecoverable_characters_are_damaged() -> None:
    damaged = marked("003", "damaged")
    assert "??平ㄔO(shè)" in damaged and any("\ue493" in span for span in damaged)
    assert "84" in marked("003", "doubtful")


def test_masked_years_are_masked() -> None:
    assert "202_年" in marked("004", "masked") and "20xx年" in marked("003", "masked")


@pytest.mark.parametrize("folder", ["national", "provincial"])
def test_clean_reports_keep_their_text(folder: str) -> None:
    for path in sorted((SHARED / folder).glob("*.txt"))[::7]:
        text = path.read_text(encoding="utf-8")
        result = cleaned(text)
        kept = sum(len(block.text) for block in result.blocks)
        assert kept > 0.9 * len("".join(text.split())), path.name
        assert not result.truncated, path.name
