"""What of a passage is embedded: few tokens, because embedding is the cost of ingest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百\d]+[、.．章节]|[（(][一二三四五六七八九十\d]+[)）][、.]?)\s*"
)
_LONGEST_HEADING = 24


def embed_text(text: str, path: Sequence[str]) -> str:
    """The text to embed for a passage of cleaned `text` under the headings `path`.

    The last heading goes in front, without its number, when it is short and not in the text's first words anyway: it
    says what the passage is about at the price of a few tokens. The headings above it would cost as much and tell less.
    """
    heading = _NUMBERING.sub("", path[-1]).strip() if path else ""
    if not heading or len(heading) > _LONGEST_HEADING or heading in text[: 2 * _LONGEST_HEADING]:
        return text
    return f"{heading}：{text}"


def content_key(embedded: str) -> bytes:
    """SHA-256 of an embed text: equal text has one vector, wherever it stands."""
    return hashlib.sha256(embedded.encode()).digest()
