"""What the cleaning steps pass on to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.mapped import MappedText
from ingest.types import Block, Document, Furniture, Mark


@dataclass(frozen=True, slots=True)
class Draft:
    """A document on its way to being clean. `source` is `Document.text`; all offsets refer to it."""

    source: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...] = ()
    marks: tuple[Mark, ...] = ()
    truncated: bool = False

    @classmethod
    def of(cls, document: Document) -> Draft:
        """The blocks of the document that hold any text, stripped of white space at both ends."""
        stripped = (with_text(block, _strip(block.text)) for block in document.blocks)
        return cls(document.text, tuple(block for block in stripped if block.text.text))

    def changed(
        self, blocks: Iterable[Block], furniture: Iterable[Furniture] = (), marks: Iterable[Mark] = ()
    ) -> Draft:
        """The next draft: new blocks, and more furniture and marks than before."""
        return replace(
            self,
            blocks=tuple(blocks),
            furniture=(*self.furniture, *furniture),
            marks=(*self.marks, *marks),
        )


def _strip(text: MappedText) -> MappedText:
    """Stripped; most readers strip already, and a slice of a map costs more than a look."""
    string = text.text
    return text.strip() if string and (string[0].isspace() or string[-1].isspace()) else text


def with_text(block: Block, text: MappedText) -> Block:
    """The same block with another text."""
    return block if text is block.text else replace(block, text=text)


def furniture_of(text: MappedText, reason: str, start: int = 0, end: int | None = None) -> Furniture:
    """The source span of a piece of text, as furniture. The piece must not be empty."""
    first, last = text.span(start, end)
    return Furniture(first, last, reason)
