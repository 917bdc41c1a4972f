"""A manuscript in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.export import form
from assistant.drafting.export.lines import Line, section_lines
from assistant.drafting.export.sources import section_sources
from assistant.drafting.export.targets import TABLE_NAME, TargetTable, target_table
from assistant.drafting.types import Manuscript

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$&]")
_BLOCK = re.compile(r"^(?:(\d{1,9})([.)])|([-+=#]))(?=\s|$)|^([-+=#])(?=[-+=#])")


def to_markdown(manuscript: Manuscript, *, with_sources: bool = True) -> str:
    """The document with headings by their level. `with_sources` appends 来源说明."""
    blocks = [f"# {inline(manuscript.title)}"]
    if addressee := form.addressee_line(manuscript.order):
        blocks.append(inline(addressee))
    blocks += [_block(line) for lines in section_lines(manuscript.sections) for line in lines]
    names = form.attachments(manuscript, with_sources=with_sources)
    blocks += [inline(line) for line in form.attachment_note(names)]
    signed = form.signature(manuscript.order)
    if signed is not None:
        blocks += [inline(signed.org), inline(signed.date)]
    for number, name in enumerate(names, start=1):
        blocks.append(f"## {form.attachment_label(number, len(names))}：{name}")
        table = target_table(manuscript)
        if name == TABLE_NAME and table is not None:
            blocks.append("\n".join(_rows(table)))
        else:
            for section in section_sources(manuscript):
                blocks += [f"### {inline(section.heading)}", "\n".join(f"- {inline(line)}" for line in section.lines)]
    return "\n\n".join(blocks) + "\n"


def _block(line: Line) -> str:
    """A heading of its level; one that goes on is bold up to its full stop (CommonMark closes no ** between that and a
    Chinese character).
    """
    if line.head and not line.rest:
        return f"{'#' * (line.level + 1)} {inline(line.head)}" if line.level < 3 else inline(line.head)
    if 0 < line.level < 3 and line.head:
        return f"**{inline(line.head[:-1])}**{line.head[-1]}{inline(line.rest)}"
    return inline(line.text)


def _rows(table: TargetTable) -> Iterator[str]:
    yield f"| {' | '.join(table.header)} |"
    yield f"|{' --- |' * len(table.header)}"
    for row in table.rows:
        yield f"| {' | '.join(inline(text) for text in row)} |"


def inline(text: str) -> str:
    """`text` on one line, so that Markdown shows it as it stands. Nothing is escaped that need not be: 1.5万人."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _BLOCK.sub(lambda at: f"{at[1]}\\{at[2]}" if at[1] else f"\\{at[3] or at[4]}", line)
