"""The bundled model's tokeniser: XLM-RoBERTa's unigram vocabulary, pruned to what Chinese offices write.

Six in ten of its 250,000 pieces belong to scripts that do not occur in these archives; carrying them costs a quarter of
a gigabyte and several seconds at every start.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ingest.embed.q4file import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPACE_MARK = "▁"
MASK = "<mask>"

_FULLWIDTH_TILDE = "～"
_STAND_IN = "\ufdd0"  # a noncharacter: no text holds it, and NFKC leaves it alone
_HAN_NAMES = ("CJK ", "IDEOGRAPHIC ", "BOPOMOFO ")


def kept_pieces(vocabulary: Vocabulary) -> list[int]:
    """Ids of the pieces to keep, in ascending order.

    A piece goes only if it is longer than one character and holds a letter that is neither ASCII nor Chinese. Such a
    piece can match no text without such a letter, so all other text is cut into pieces exactly as by the full
    vocabulary; and as every single character stays, the text of other scripts falls into characters, never into
    unknowns.
    """
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    lowest = min(vocabulary.scores)
    return [
        i
        for i, piece in enumerate(vocabulary.pieces)
        # An unknown character costs the lowest score less ten: one piece of that score must stay.
        if i in special or vocabulary.scores[i] == lowest or _is_kept(piece)
    ]


def _is_kept(piece: str) -> bool:
    word = piece.removeprefix(SPACE_MARK)
    return len(word) <= 1 or piece == MASK or not any(_is_foreign_letter(char) for char in word)


@cache
def _is_foreign_letter(char: str) -> bool:
    if char.isascii() or unicodedata.category(char)[0] not in "LM":
        return False
    return not unicodedata.name(char, "").startswith(_HAN_NAMES)


def build_tokenizer(vocabulary: Vocabulary, kept: list[int], max_tokens: int) -> Tokenizer:
    """A tokeniser over the pieces `kept`, whose ids are their places in that list.

    Normalisation is SentencePiece's `nmt_nfkc` (nmt's white space and control characters, then NFKC, the full-width
    tilde of ranges excepted), as XLM-RoBERTa was trained; the engine that ships with the file does the same one
    character at a time.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    place = {old: new for new, old in enumerate(kept)}
    pieces = [(vocabulary.pieces[i], vocabulary.scores[i]) for i in kept]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=place[vocabulary.unk], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.Replace(_FULLWIDTH_TILDE, _STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _FULLWIDTH_TILDE),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(left=True, right=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE_MARK, prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    special = [vocabulary.pieces[i] for i in (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk)]
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in [*special, MASK]])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, place[vocabulary.bos]), (eos, place[vocabulary.eos])],
    )
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def tokenizer_config(vocabulary: Vocabulary, max_tokens: int) -> str:
    """`tokenizer_config.json`, by which transformers knows the special tokens and the length."""
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    return json.dumps(
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": max_tokens,
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": vocabulary.pieces[vocabulary.pad],
            "unk_token": vocabulary.pieces[vocabulary.unk],
            "mask_token": MASK,
        },
        indent=2,
    )
