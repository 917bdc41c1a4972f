"""A manuscript as plain text, indented as Chinese text is."""

from __future__ import annotations

from assistant.drafting.export import form
from assistant.drafting.export.lines import section_lines
from assistant.drafting.export.sources import section_sources
from assistant.drafting.export.targets import TABLE_NAME, target_table
from assistant.drafting.types import Manuscript

_INDENT = "　　"


def to_text(manuscript: Manuscript, *, with_sources: bool = True) -> str:
    """The document; the table of targets has a tab between columns. `with_sources` appends 来源说明."""
    lines = [" ".join(manuscript.title.split()), ""]
    if addressee := form.addressee_line(manuscript.order):
        lines.append(addressee)
    lines += [_INDENT + line.text for section in section_lines(manuscript.sections) for line in section]
    names = form.attachments(manuscript, with_sources=with_sources)
    if names:
        first, *further = form.attachment_note(names)
        lines += ["", _INDENT + first, *(_INDENT + "　　　" + line for line in further)]
    signed = form.signature(manuscript.order)
    if signed is not None:
        lines += ["", signed.org, signed.date]
    for number, name in enumerate(names, start=1):
        lines += ["", "", form.attachment_label(number, len(names)), name, ""]
        table = target_table(manuscript)
        if name == TABLE_NAME and table is not None:
            lines += ["\t".join(" ".join(text.split()) for text in row) for row in (table.header, *table.rows)]
        else:
            for section in section_sources(manuscript):
                lines += [section.heading, *(_INDENT + line for line in section.lines)]
    return "\n".join(lines) + "\n"
