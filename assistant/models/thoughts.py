"""What a reasoning model thinks aloud before its answer is no part of the answer."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class Thoughts:
    """Leaves out one <think>…</think> at the beginning of an answer that comes in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self._passed = False

    def leave_out(self, piece: str) -> str:
        """What of the answer can be told after `piece`."""
        if self._passed:
            return piece
        self._held += piece
        begun = self._held.lstrip()
        if begun.startswith(_OPEN):
            thought, closed, rest = begun.partition(_CLOSE)
            # Of a thought only what may be the beginning of its end is kept: it may be endless.
            self._held = _OPEN + thought.removeprefix(_OPEN)[-len(_CLOSE) :]
            if not closed:
                return ""
            self._held, self._passed = "", True
            return rest.lstrip()
        if _OPEN.startswith(begun):
            return ""
        return self.end()

    def end(self) -> str:
        """What was held back in doubt, at the end of the answer; an unfinished thought stays out."""
        held, self._held, self._passed = self._held, "", True
        return "" if held.lstrip().startswith(_OPEN) else held
