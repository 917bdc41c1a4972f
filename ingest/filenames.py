"""File names as text that can be shown and stored.

On Linux a name is bytes: one unpacked from a Windows archive is often GBK, and Python then carries it as surrogates
that no file and no terminal takes.
"""

from __future__ import annotations

import os
from pathlib import Path


def readable(path: Path) -> Path:
    """The path with every name that is not UTF-8 read as GB18030, else with its odd bytes spelt out.

    For showing, storing and guessing from the name; the file itself is opened under the path as it was.
    """
    return Path(*(readable_name(part) for part in path.parts))


def readable_name(name: str) -> str:
    """One name, or anything else typed where names may be, as `readable` shows it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(name)
    else:
        return name
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")
