"""The pruned vocabulary cuts Chinese text exactly as the full one does."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest.embed.bundled import _locate
from ingest.embed.q4file import Vocabulary, parse
from ingest.embed.tokenizer import build_tokenizer, kept_pieces

pytestmark = pytest.mark.model

PHRASES = (
    "2023年，云岭县免费“两癌”筛查任务数5500人，实际完成5600人，完成率101.82%。",
    "（一）持续推进医共体建设；1．启动县中医医院迁建，总投资3,200万元（含专项债）……",
    "每千人口执业（助理）医师2.8人～3.1人，较上年增长0.3个百分点↑",
    "①ＡＢＣ类ＰＣＲ检测 ②CT、DR、B超设备更新12台/套 ③Email: office@example.org http://example.org/a?b=1",
    "The county hospital's e-record (v2.0) covers 95% of out-patients; see Annex-3_final.xlsx",
    "面积1200㎡，温度2℃—8℃，病床３００张，№7号楼，￥15万元",
    "臺灣同胞、衛生健康委員會、規劃",
)
LETTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.sampled_from(
        "0123456789０１２３４５６７８９，。、；：？！“”‘’（）《》〈〉【】…—～·％＋－／①②③㎡℃№￥　\n\t的和是在了"
    ),
    st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E),
)
TEXTS = st.lists(st.one_of(st.text(LETTERS, max_size=12), st.sampled_from(PHRASES)), max_size=5).map("".join)


@dataclass
class Both:
    vocabulary: Vocabulary
    kept: list[int]
    full: Tokenizer
    pruned: Tokenizer


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    vocabulary = parse(_locate().read_bytes()).vocabulary
    kept = kept_pieces(vocabulary)
    everything = list(range(len(vocabulary.pieces)))
    yield Both(vocabulary, kept, build_tokenizer(vocabulary, everything, 512), build_tokenizer(vocabulary, kept, 512))


@given(text=TEXTS)
def test_chinese_and_ascii_text_is_cut_as_by_the_full_vocabulary(both: Both, text: str) -> None:
    assert [both.kept[i] for i in both.pruned.encode(text).ids] == both.full.encode(text).ids


def test_less_than_half_of_the_vocabulary_is_kept(both: Both) -> None:
    assert len(both.kept) < 0.45 * len(both.vocabulary.pieces)


@pytest.mark.parametrize(
    "text", ["здравоохранение", "ひらがなカタカナ", "Ελλάδα αβγ", "café jìn naïve Zürich", "보건소"]
)
def test_other_scripts_fall_into_pieces_not_into_unknowns(both: Both, text: str) -> None:
    assert both.pruned.token_to_id("<unk>") not in both.pruned.encode(text).ids


def test_a_character_that_the_model_never_saw_is_unknown_to_both(both: Both) -> None:
    text = "任务\ue5d2完成"

    assert both.full.token_to_id("<unk>") in both.full.encode(text).ids
    assert [both.kept[i] for i in both.pruned.encode(text).ids] == both.full.encode(text).ids


def test_a_text_stands_between_the_marks_of_begin_and_end(both: Both) -> None:
    tokens = both.pruned.encode("卫生健康").tokens

    assert (tokens[0], tokens[-1]) == ("<s>", "</s>")


def test_full_width_forms_are_read_as_ordinary_ones_but_the_tilde_of_ranges_stays(both: Both) -> None:
    assert both.pruned.encode("５０％").ids == both.pruned.encode("50%").ids
    assert "～" in "".join(both.pruned.encode("5～10人").tokens)


def test_line_breaks_and_runs_of_blanks_count_as_one_blank(both: Both) -> None:
    assert both.pruned.encode("  一是\n\n　二是 ").ids == both.pruned.encode("一是 二是").ids


def test_a_long_text_is_cut_at_the_models_length(both: Both) -> None:
    ids = both.pruned.encode("加强基层服务能力建设。" * 400).ids

    assert len(ids) == 512
    assert ids[-1] == both.pruned.token_to_id("</s>")
