"""Picks a value out of a command's JSON: `summary/total/right`, `rows/[name=pairs]/value`, `questions/*/hits/evidence`.

A step is a key, a number in a list, `@1` for an object's second value, `[field=value]` for the first object of a list
that has it, `*` for each of a list (or of an object's values), `#` for a length.
"""

from __future__ import annotations

import re
from typing import Any

_WHERE = re.compile(r"\[(?P<field>[^=\]]+)=(?P<wanted>.*)\]")


class PathError(LookupError):
    """The JSON has nothing there."""


def look_up(body: Any, path: str) -> Any:
    """What stands at `path`; the body itself for an empty one. Raises PathError."""
    return _walk(body, [step for step in path.split("/") if step], path)


def numbers(body: Any, path: str) -> list[float]:
    """The numbers at `path`, a `*` in it giving one for each; truth counts 1, what is null is left out."""
    found = look_up(body, path)
    listed = found if isinstance(found, list) else [found]
    return [float(value) for value in listed if isinstance(value, int | float)]


def _walk(body: Any, steps: list[str], path: str) -> Any:
    for place, step in enumerate(steps):
        if step == "*":
            rest = steps[place + 1 :]
            each = body.values() if isinstance(body, dict) else body
            if not isinstance(body, list | dict):
                raise PathError(f"{path}: no list at *")
            return [None if one is None else _walk(one, rest, path) for one in each]
        if body is None:
            return None
        body = _step(body, step, path)
    return body


def _step(body: Any, step: str, path: str) -> Any:
    if step == "#" and isinstance(body, list | dict | str):
        return len(body)
    if isinstance(body, list):
        if where := _WHERE.fullmatch(step):
            for one in body:
                if isinstance(one, dict) and str(one.get(where["field"])) == where["wanted"]:
                    return one
        elif step.lstrip("-").isdigit() and -len(body) <= int(step) < len(body):
            return body[int(step)]
    elif isinstance(body, dict) and step in body:
        return body[step]
    elif isinstance(body, dict) and step[1:].isdigit() and step[0] == "@" and int(step[1:]) < len(body):
        return list(body.values())[int(step[1:])]
    raise PathError(f"{path}: nothing at {step}")
