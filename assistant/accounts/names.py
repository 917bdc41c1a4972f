"""Users' names: what may be one, and which are the same."""

from __future__ import annotations

import unicodedata

from assistant.accounts.types import UnfitAccount

LONGEST = 32
_UNFIT = frozenset('/\\:*?"<>|')
"""Names stand in file names and addresses at times."""


def fit_name(name: str) -> str:
    """The name as it is kept: NFKC, without blanks around it. Raises UnfitAccount."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if not 1 <= len(plain) <= LONGEST:
        raise UnfitAccount("用户名长度不合要求", f"请用 1 到 {LONGEST} 个字符")
    if any(character in _UNFIT or not _is_seen(character) for character in plain) or plain.strip(".") == "":
        raise UnfitAccount("用户名里有不能用的字符", "请用汉字、字母、数字和 . _ - @")
    return plain


def key_of(name: str) -> str:
    """The same for all ways of writing one name: nobody should pass for another by upper and lower case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())


def _is_seen(character: str) -> bool:
    """Neither control nor format character, nor half of a surrogate pair; of blanks only the plain one."""
    return character == " " or unicodedata.category(character)[0] not in "CZ"
