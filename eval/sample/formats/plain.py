"""Plain text."""

from __future__ import annotations

from collections.abc import Iterable

from eval.sample.draft import Block


def text_of(blocks: Iterable[Block], indent: str) -> str:
    """The report as text, one block a line; paragraphs are indented by `indent`."""
    lines = []
    for block in blocks:
        if block.kind == "title":
            lines.append(f"{block.text}\n")
        elif block.kind == "sign":
            lines.append(f"{'　' * 14 if indent else ''}{block.text}")
        else:
            lines.append(f"{indent}{block.text}")
    return "\n".join(lines)
