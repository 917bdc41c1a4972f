"""What holds for every text: the way back to the source, order, and peace for text that is clean already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean.draft import Draft
from ingest.clean.entities import resolve_entities
from ingest.clean.pipeline import STEPS
from ingest.clean.script import simplify_script
from tests.clean_documents import cleaned, document, lines

_PIECES = st.sampled_from(
    [
        *("一、主要工作情况", "（二）加强队伍建设", "1、", "2、", "3、", "完成率95.5%", "20230%", "20xx年", "XX县"),
        *(
            "衛(wèi)生",
            "規(guī)劃",
            "收藏 分享(赏)",
            "第1页 / 共9页",
            "相关资源",
            "\n",
            "\n\n",
            "　　",
            " ",
            "。",
            "，",
        ),
        *(
            "??",
            "\ue123",
            "\ufffd",
            ">",
            "的.好",
            "工 作 总 结",
            "&nbsp;",
            "a",
            "X",
            "x",
            "*",
            "1 2",
            "来源：",
            "“",
            "》",
        ),
        *("\u200b", "认真落实各项任务，不断提高服务水平", "上级部门的决策部署"),
    ]
)
messy = st.lists(_PIECES, max_size=60).map("".join)
_WORDS = st.sampled_from(
    ["认真落实任务", "提高服务水平", "加强队伍建设", "完成投资3000万元", "覆盖率达到95%", "开展督导检查"]
)
clean_sentence = st.lists(_WORDS, min_size=1, max_size=6).map(lambda words: "，".join(words) + "。")
clean_text = st.lists(clean_sentence, min_size=1, max_size=12, unique=True).map("\n".join)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
@given(text=messy)
def test_every_step_keeps_the_way_back_to_the_source(step: Callable[[Draft], Draft], text: str) -> None:
    before = Draft.of(document(text))
    after = step(before)
    size = len(text)
    for block in after.blocks:
        assert block.text.text
        for char, start, end in zip(block.text.text, block.text.starts, block.text.ends, strict=True):
            assert 0 <= start <= end <= size
            if step not in (simplify_script, resolve_entities) and start < end:
                assert char in text[start:end]
    for piece in (*after.furniture, *after.marks):
        assert 0 <= piece.start < piece.end <= size


@given(text=messy)
def test_the_whole_of_cleaning_keeps_offsets_in_order(text: str) -> None:
    result = cleaned(text)
    for block in result.blocks:
        assert list(block.text.starts) == sorted(block.text.starts)
    assert list(result.furniture) == sorted(result.furniture, key=lambda piece: (piece.start, piece.end))
    assert list(result.marks) == sorted(result.marks, key=lambda mark: (mark.start, mark.end, mark.kind))


@given(text=clean_text)
def test_clean_text_is_left_as_it_is(text: str) -> None:
    result = cleaned(text)
    assert [block.text.text for block in result.blocks] == text.splitlines()
    assert (result.furniture, result.marks, result.truncated) == ((), (), False)


@given(text=messy)
def test_cleaning_clean_paragraphs_again_takes_no_sentence_away(text: str) -> None:
    report = "全年各项任务均已按期完成，群众满意度明显提高。"
    assert any(report in line for line in lines(f"{report}\n{text}\n{report}"))
