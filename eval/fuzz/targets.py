"""Every target there is."""

from __future__ import annotations

from collections.abc import Sequence

from eval.fuzz.files import file_targets
from eval.fuzz.interface import interface_target
from eval.fuzz.target import Target
from eval.fuzz.words import word_targets
from ingest.errors import NotFound


def all_targets() -> tuple[Target, ...]:
    """In the order in which they are run."""
    return (*word_targets(), *file_targets(), interface_target())


def chosen(names: Sequence[str]) -> tuple[Target, ...]:
    """Those of these names, all without any. Raises NotFound."""
    known = {target.name: target for target in all_targets()}
    for name in names:
        if name not in known:
            raise NotFound(f"没有名为 {name} 的对象", f"可选的有 {'、'.join(known)}")
    return tuple(known[name] for name in names) if names else tuple(known.values())
