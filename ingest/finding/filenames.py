"""File names as text that can be shown and stored.

On Linux a name is bytes: one unpacked from a Windows archive is often GBK, and Python then carries it as surrogates
that no file and no terminal takes. And any name may hold line breaks, terminal commands or signs that turn the
direction of writing, so that `总结\\u202excod.exe` looks like a document.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories of characters that act instead of showing: controls, formats, line and paragraph separators."""


def readable(path: Path) -> Path:
    """The path with every name that is not UTF-8 read as GB18030, else with its odd bytes spelt out.

    For showing, storing and guessing from the name; the file itself is opened under the path as it was.
    """
    return Path(*(readable_name(part) for part in path.parts))


def readable_name(name: str) -> str:
    """One name, or anything else typed where names may be, as `readable` shows it: always a single line."""
    return printable(_decoded(name))


def printable(text: str) -> str:
    """The text on one line, with every character that is not seen spelt out as its code point."""
    if text.isprintable():
        return text
    return "".join(_spelt(c) if unicodedata.category(c) in _UNSEEN else c for c in text)


def on_disk(shown: str) -> bool:
    """Whether there is anything at a path that `readable` gave, whatever the name is in bytes.

    A member of a zip counts by its zip: whether that still holds it, only reading it tells. A folder that cannot be
    looked into may hold anything.
    """
    here = Path(Path(shown).anchor)
    for part in Path(shown).parts[1:]:
        step = here / part
        try:
            if not step.is_symlink() and not step.exists():
                if here.is_file():
                    return True
                named = next((entry for entry in here.iterdir() if readable_name(entry.name) == part), None)
                if named is None:
                    return False
                step = named
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        here = step
    return True


def _decoded(name: str) -> str:
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


def _spelt(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
