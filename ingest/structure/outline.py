"""Lines → the tree of headings, in the order of styles that this report itself uses."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.structure.headings import Heading, bare_heading, numbered_heading
from ingest.structure.lines import Line
from ingest.structure.numbering import RANK
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
    for i, line in enumerate(lines):
        heading = headings[i]
        if heading is None:
            nodes[-1].lines.append(line)
            continue
        keep = _keep(heading, [_heading(nodes[n]) for n in stack], [h for h in headings[i + 1 :] if h is not None])
        del stack[keep:]
        parent = stack[-1] if stack else None
        above = nodes[parent].path if parent is not None else ()
        stack.append(len(nodes))
        nodes.append(Node(heading, line, parent, (*above, heading.text), [line] if heading.inline else []))
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
    result = list(found)
    for i, heading in enumerate(found):
        if heading is None or heading.inline or heading.level is not None or part_title(heading.text) is not None:
            continue
        after = found[i + 1] if i + 1 < len(lines) else None
        empty = after is not None or i + 1 == len(lines)
        if heading.closed and (empty and not (after is not None and _below(after, heading))):
            result[i] = None
        elif after is not None and _row(heading, after) or (i and _row(found[i - 1], heading) and empty):
            beneath = after is not None and _below(after, heading)
            if not beneath:
                result[i] = None
    return result


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


def _keep(heading: Heading, stack: list[Heading], later: list[Heading]) -> int:
    """How many headings of the stack stay above this one."""
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
        if RANK[above.style] < RANK[heading.style] or _goes_on(above, heading, later):
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
