"""What the commands print: text that only shows, never acts on a terminal, and JSON in an encoding that every program
reads.
"""

from __future__ import annotations

import json
import re
import sys

import typer

from ingest.finding.filenames import printable

_ACTS = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON itself leaves as it is, and what a terminal obeys or a reader of lines takes for a line's end."""
_NOTHING = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Takes no room and does nothing; web pages are full of it."""


def tell(text: str, *, err: bool = False) -> None:
    """Print text that may come from a file, a question or a model: a report could else colour, clear or rename the
    terminal, or turn the direction of writing. Only line ends act; the rest is spelt out.
    """
    typer.echo(visible(text), err=err)


def visible(text: str) -> str:
    """The same lines, with every other character that is not seen spelt out as its code point."""
    lines = text.translate(_NOTHING).replace("\t", " ").split("\n")
    return "\n".join(printable(line.removesuffix("\r")) for line in lines)


def json_text(value: object, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """`value` as JSON that can be printed: the same value, with what acts on a terminal escaped."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    return _ACTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: object, *, indent: int | None = 2) -> None:
    """Print `value`. Where the output is not UTF-8 (a redirected Windows terminal), escaped, hence pure ASCII."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    typer.echo(json_text(value, indent=indent, ascii_only=not is_utf8))
