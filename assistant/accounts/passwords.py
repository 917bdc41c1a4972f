"""Passwords at rest: scrypt, as OWASP's Password Storage Cheat Sheet advises (N=2^15, r=8, p=3; 32 MiB each).

A stored password carries its own parameters, so that later releases may raise them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import unicodedata

from assistant.accounts.types import UnfitAccount

SHORTEST, LONGEST = 8, 256
_LOG_N, _R, _P, _BYTES = 15, 8, 3, 32
_AT_ONCE = threading.BoundedSemaphore(2)
"""Hashing takes memory and a core: many people signing in at once wait rather than exhaust the machine."""


def check_password(name: str, password: str) -> None:
    """Raises UnfitAccount for a password that is too short, too long, or the user's name."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise UnfitAccount("密码太短", f"请至少用 {SHORTEST} 个字符")
    if len(plain) > LONGEST:
        raise UnfitAccount("密码太长", f"请不要超过 {LONGEST} 个字符")
    if _normal(name).casefold() in (plain.casefold(), plain.strip().casefold()):
        raise UnfitAccount("密码与用户名相同", "请另选一个密码")
    if len(set(plain)) == 1:
        raise UnfitAccount("密码只是一个字符的重复", "请另选一个密码")


def hashed(password: str) -> str:
    """What is kept of a password: `scrypt$log2(N)$r$p$salt$hash`, salt and hash in base64."""
    salt = secrets.token_bytes(16)
    made = _scrypt(password, salt, _LOG_N, _R, _P)
    return "$".join(("scrypt", str(_LOG_N), str(_R), str(_P), _text(salt), _text(made)))


def matches(password: str, stored: str) -> bool:
    """Whether `stored` was made of `password`; takes the same time whatever the answer."""
    _, log_n, r, p, salt, made = stored.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(log_n), int(r), int(p))
    return hmac.compare_digest(found, base64.b64decode(made))


def is_outdated(stored: str) -> bool:
    """Whether it was made with other parameters than are used now."""
    return stored.split("$")[:4] != ["scrypt", str(_LOG_N), str(_R), str(_P)]


def _scrypt(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    plain = _normal(password)[: LONGEST + 1].encode("utf-8", "replace")
    with _AT_ONCE:
        memory = 128 * r * (1 << log_n) + 128 * r * p + (1 << 20)
        return hashlib.scrypt(plain, salt=salt, n=1 << log_n, r=r, p=p, maxmem=memory, dklen=_BYTES)


def _normal(password: str) -> str:
    """One form for what looks the same: keyboards and systems write full-width and composed characters differently."""
    return unicodedata.normalize("NFKC", password)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
