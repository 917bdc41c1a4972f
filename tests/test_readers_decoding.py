"""Text files are decoded as Python's text mode decodes them, in whatever encoding they come."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers.decoding import decode

REPORT = (
    "2023年，全县免费产前筛查任务数为4380人，\r\n截至11月底完成4480人，完成率102.28%。\r下一步，继续做好“两癌”筛查工作。\n"
    * 3
)
TRADITIONAL = "本年度衛生健康工作總結：完成國家規定的檢查任務，醫療機構服務質量進一步提高。\n" * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_chinese_text_reads_as_in_text_mode_of_its_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(REPORT.encode(encoding))
    decoded = decode(path.read_bytes())
    assert decoded.text == path.read_text(encoding=encoding)
    assert decoded.note is None


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_no_part_of_the_text(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + "总结".encode(encoding)).text == "总结"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be", "big5"])
def test_traditional_characters_are_recognised_too(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("text", ["总结", "一、工作", "2023年工作总结", "今年完成4480人。"])
def test_a_few_characters_of_gb18030_are_enough(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_cut_in_two_at_the_end_is_replaced_and_noted(cut: int) -> None:
    data = REPORT.strip().encode()
    decoded = decode(data[:-cut])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(REPORT[:20])
    assert decoded.note is not None
    assert "字节损坏" in decoded.note


def test_a_broken_byte_does_not_fail_a_gb18030_file() -> None:
    decoded = decode(REPORT.encode("gb18030") + b"\xff" + REPORT.encode("gb18030"))
    assert decoded.encoding == "gb18030"
    assert decoded.text.count("产前筛查") == 6
    assert decoded.note is not None


def test_a_stray_zero_byte_does_not_make_utf16_of_a_text() -> None:
    assert decode(REPORT.encode() + b"\x00").encoding == "utf-8"


def test_valid_utf8_is_believed_over_a_declaration_that_says_otherwise() -> None:
    assert decode(REPORT.encode(), declared="gb18030").encoding == "utf-8"


def test_a_declaration_that_no_codec_knows_is_ignored() -> None:
    assert decode(REPORT.encode("gb18030"), declared="no-such-codec").encoding == "gb18030"


@pytest.mark.parametrize("data", [random.Random(7).randbytes(4000), bytes(range(256)) * 8, b"\x00" * 500])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="不是文字"):
        decode(data)


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_give_text_or_a_clear_refusal(data: bytes) -> None:
    try:
        assert isinstance(decode(data).text, str)
    except UnreadableFile as error:
        assert error.remedy


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_every_utf8_text_without_control_characters_is_itself(text: str) -> None:
    bare = text.lstrip("\ufeff")
    assert decode(bare.encode() or b" ").text == (bare or " ")
