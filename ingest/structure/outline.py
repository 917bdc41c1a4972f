"""Lines → the tree of headings, in the order of styles that this report itself uses."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.structure.headings import Heading, bare_heading, numbered_heading
from ingest.structure.lines import Line
from ingest.structure.numbering import RANK, numbering_at
from ingest.structure.parts import part_title

_TOP = ("part", "section", "cn")


@dataclass(slots=True)
class Node:
    """A heading with the lines under it, up to the next heading of any level.

    `parent` is the index of the node above it in the list, None at the top; the first node has no heading and holds
    what stands before all headings. `line` is the heading's own line; it is among `lines` only when it is inline.
    """

    heading: Heading | None
    line: Line | None
    parent: int | None
    path: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)


def outline(lines: list[Line]) -> list[Node]:
    """The nodes of a report in reading order; every line belongs to exactly one of them."""
    headings = _recognise(lines)
    nodes = [Node(None, None, None, ())]
    stack: list[int] = []
    own_order: set[tuple[str, str]] = set()
    for i, line in enumerate(lines):
        heading = headings[i]
        if heading is None:
            nodes[-1].lines.append(line)
            continue
        above_it = [_heading(nodes[n]) for n in stack]
        keep = _keep(heading, above_it, [h for h in headings[i + 1 :] if h is not None], own_order)
        del stack[keep:]
        parent = stack[-1] if stack else None
        if keep and RANK.get(heading.style, -1) >= 0 and RANK.get(above_it[keep - 1].style, -1) > RANK[heading.style]:
            own_order.add((above_it[keep - 1].style, heading.style))
        above = nodes[parent].path if parent is not None else ()
        stack.append(len(nodes))
        nodes.append(
            Node(
                heading,
                line,
                parent,
                (*above, heading.text) if heading.text else above,
                [line] if heading.inline else [],
            )
        )
    return nodes


def _heading(node: Node) -> Heading:
    if node.heading is None:
        raise ValueError("only the first node has no heading")
    return node.heading


def _recognise(lines: list[Line]) -> list[Heading | None]:
    """A heading or None for each line; lists whose items look like headings are left as text."""
    found: list[Heading | None] = [numbered_heading(line) for line in lines]
    for i, line in enumerate(lines):
        if found[i] is None:
            before = lines[i - 1] if i else None
            after = lines[i + 1] if i + 1 < len(lines) else None
            found[i] = bare_heading(line, before, after)
    result = [None if heading is not None and _is_item(lines, found, i) else heading for i, heading in enumerate(found)]
    _open_long_items(lines, result)
    return result


def _is_item(lines: list[Line], found: list[Heading | None], i: int) -> bool:
    """Whether a heading candidate is rather an item of a list or of a table of contents: nothing stands under it.

    Declared headings and those that announce a part are never items.
    """
    heading = found[i]
    if heading is None or heading.inline or heading.level is not None or part_title(heading.text) is not None:
        return False
    following = found[i + 1] if i + 1 < len(lines) else None
    if heading.closed and _next_item(lines, i, heading):
        return True
    if following is None and i + 1 < len(lines):
        return False  # text stands under it
    if following is not None and _below(following, heading):
        return False  # lower headings stand under it
    return heading.closed or _row(heading, following) or (i > 0 and _row(found[i - 1], heading))


def _open_long_items(lines: list[Line], headings: list[Heading | None]) -> None:
    """An item too long for a heading, between headings of its own row, gets a nameless heading.

    Otherwise 2. would be filed under the heading of 1..
    """
    last: dict[str, int] = {}
    for i, line in enumerate(lines):
        heading = headings[i]
        numbering = numbering_at(line.string) if heading is None and line.kind != "table_row" else None
        if heading is not None:
            last = {style: number for style, number in last.items() if RANK.get(style, 0) < RANK.get(heading.style, 0)}
            last[heading.style] = heading.number
        elif numbering is not None and last.get(numbering.style) == numbering.number - 1:
            headings[i] = Heading(numbering.style, numbering.number, None, "", inline=True)
            last[numbering.style] = numbering.number


def _next_item(lines: list[Line], i: int, heading: Heading) -> bool:
    """Whether the next line is the next item of the same row: then both are sentences of a list."""
    numbering = numbering_at(lines[i + 1].string) if i + 1 < len(lines) else None
    return numbering is not None and (numbering.style, numbering.number) == (heading.style, heading.number + 1)


def _below(lower: Heading, upper: Heading) -> bool:
    return lower.style != upper.style and lower.number <= 1 and RANK.get(lower.style, 99) > RANK.get(upper.style, -1)


def _row(first: Heading | None, second: Heading | None) -> bool:
    """Two numbered lines one right after the other with nothing between: items of a list or of a table of contents."""
    return (
        first is not None
        and second is not None
        and first.style == second.style
        and not first.inline
        and first.number > 0
        and second.number == first.number + 1
    )


def _keep(heading: Heading, stack: list[Heading], later: list[Heading], own_order: set[tuple[str, str]]) -> int:
    """How many headings of the stack stay above this one.

    `own_order` holds the pairs of styles (upper, lower) that this report has nested against the usual order before.
    """
    if heading.level is not None:
        for depth, above in enumerate(stack):
            if above.level is not None and above.level >= heading.level:
                return depth
        return max((depth + 1 for depth, above in enumerate(stack) if above.level is not None), default=0)
    if heading.style == "bare":
        return _keep_bare(heading, stack)
    for depth, above in enumerate(stack):
        if above.style == heading.style:
            return depth
    keep = len(stack)
    while keep:
        above = stack[keep - 1]
        if above.style in ("bare", "declared"):
            # 工作开展情况 …… 二、下一步打算: the first heading of the row had lost its number
            if heading.style in _TOP and heading.number > 1 and above.level is None and part_title(above.text):
                keep -= 1
                continue
            break
        usual = RANK[above.style] < RANK[heading.style]
        again = heading.number == 1 and (above.style, heading.style) in own_order
        if usual or again or _goes_on(above, heading, later):
            break
        keep -= 1
    return keep


def _keep_bare(heading: Heading, stack: list[Heading]) -> int:
    for depth, above in enumerate(stack):
        if above.style == "bare":
            return depth
    if part_title(heading.text) is not None:
        return 0
    return len(stack)


def _goes_on(above: Heading, heading: Heading, later: list[Heading]) -> bool:
    """Whether `above` is followed by its next number after the row that `heading` opens: 1、（一）（二）2、."""
    if heading.number != 1:
        return False
    for following in later:
        if following.style == above.style:
            return following.number == above.number + 1
        if following.style != heading.style and RANK.get(following.style, 99) < RANK[heading.style]:
            return False
    return False
