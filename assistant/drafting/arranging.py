"""Material put as the writer asked: what he stresses first, and short enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.drafting.pieces import Group, Line, Material

MUCH_SHORTER = 0.85
"""Share of its length that a section has at most after it was to be shorter, as far as that can be done."""


def speaks_of(text: str, words: Sequence[str]) -> bool:
    """Whether a text has any of the words."""
    return any(word in text for word in words)


def forward(material: Material, words: Sequence[str]) -> Material:
    """The measures that speak of the words before the others, and their group before the other groups."""
    if not words:
        return material
    groups = [
        replace(group, lines=tuple(sorted(group.lines, key=lambda one: not speaks_of(one.text, words))))
        for group in material.groups
    ]
    groups.sort(key=lambda group: not any(speaks_of(one.text, words) for one in group.lines))
    return replace(material, groups=tuple(groups))


def shortened(
    material: Material, most: float, length: Callable[[Material], int], words: Sequence[str] = ()
) -> Material:
    """With lines left out until it is `most` characters long; the writer's facts and one measure always stay.

    Measures go first, from the end, those that speak of `words` last; then the problem, then targets to be filled in.
    """
    while length(material) > most:
        less = _less(material, words)
        if less is None:
            break
        material = less
    return material


def _less(material: Material, words: Sequence[str]) -> Material | None:
    lines = [one for group in material.groups for one in group.lines]
    loose = [one for one in lines if one.fact is None]
    if len(loose) > 2:
        return _without(material, _last(loose, words))
    if material.problem is not None:
        return replace(material, problem=None)
    open_targets = [one for one in material.targets if one.fact is None]
    if open_targets:
        return replace(material, targets=tuple(one for one in material.targets if one is not open_targets[-1]))
    if loose and len(lines) + len(material.targets) > 1:
        return _without(material, _last(loose, words))
    return None


def _last(lines: Sequence[Line], words: Sequence[str]) -> Line:
    return next((one for one in reversed(lines) if not speaks_of(one.text, words)), lines[-1])


def _without(material: Material, line: Line) -> Material:
    kept = [Group(group.lead, tuple(one for one in group.lines if one is not line)) for group in material.groups]
    return replace(material, groups=tuple(group for group in kept if group.lines))
