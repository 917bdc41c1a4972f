"""Marks that web pages and word processors leave on a line: quote marks, bullet glyphs, file extensions, noise dots."""

from __future__ import annotations

import re

from ingest.clean import reasons
from ingest.clean.draft import Draft, furniture_of, with_text
from ingest.types import Furniture

# Word writes its bullets as characters of the Symbol font: U+F020 to U+F0FF.
_START = (
    (re.compile(r"[>＞]+[\s>＞]*(?=[\u3400-\u9fff（(《“\d])"), reasons.QUOTE_MARK),
    (re.compile(r"[?？]{1,8}\s*(?=[\u3400-\u9fff（(《“\d])"), reasons.LOST_BLANK),
    (re.compile(r"[\uf020-\uf0ff•●▪■◆◇□➢➤►▶✓√]\s*(?=[\u3400-\u9fff（(《“\d])"), reasons.BULLET),
)
_EXTENSION = re.compile(r"(?<=[\u3400-\u9fff）)\d])\.(?:docx?|pdf|txt|wps|rtf|pptx?|html?)$", re.IGNORECASE)
# Model-essay sites put a full stop into running text (助老的.风气) to catch copies: after 的, between characters.
_NOISE_DOT = re.compile(r"(?<=的)\.(?=[\u3400-\u9fff])")
_HEAD = 5


def drop_line_marks(draft: Draft) -> Draft:
    """Cut such marks off the blocks; what they stood on stays."""
    blocks = []
    gone: list[Furniture] = []
    for i, block in enumerate(draft.blocks):
        text = block.text
        spans = [(found.span(), reason) for pattern, reason in _START if (found := pattern.match(text.text))]
        if i < _HEAD and (found := _EXTENSION.search(text.text)):
            spans.append((found.span(), reasons.EXTENSION))
        if "的." in text.text:
            spans += [(dot.span(), reasons.NOISE_DOT) for dot in _NOISE_DOT.finditer(text.text)]
        gone += [furniture_of(text, reason, *span) for span, reason in spans]
        blocks.append(
            with_text(block, text.replace_spans((*span, "") for span, _ in sorted(spans))) if spans else block
        )
    return draft.changed(blocks, gone) if gone else draft
