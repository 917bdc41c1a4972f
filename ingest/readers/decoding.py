"""Bytes to text, exactly as Python's text mode gives it: BOM removed, line ends turned into `\\n`.

Chinese office files are UTF-8, GB18030 (with GBK and GB2312 inside it) or UTF-16, now and then Big5. UTF-8 is
recognised by its own structure; between the others the more plausible Chinese wins, because nearly any bytes are valid
GB18030 and nearly any even number of bytes is valid UTF-16.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache

from ingest.readers import faults

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WITHOUT_BOM = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 32_768
_PLAUSIBLE = 0.5
_ENOUGH = 20
"""Characters beyond ASCII from which they tell the encoding by themselves."""
_NO_LEAD = bytes(range(0xC0))  # what is left without these are the lead bytes of multi-byte sequences
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]")
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is a Python codec name; `note` is a Chinese one-liner when the decoding is not beyond doubt."""

    text: str
    encoding: str
    note: str | None = None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a text file; `declared` is the encoding that the file itself names (HTML meta), a hint that may be wrong.

    Raises UnreadableFile when the bytes are no text.
    """
    decoded = _decode(data, declared)
    if len(_CONTROL.findall(decoded.text)) > 2 + len(decoded.text) // 20:
        raise faults.not_text()
    return decoded


def _decode(data: bytes, declared: str | None) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data, encoding)
    if data.count(0) * 20 <= len(data):  # UTF-16 with digits or line ends in it has far more zero bytes
        text = _strict(data, "utf-8")
        if text is not None:
            return Decoded(text, "utf-8")
        if declared is not None:
            text = _strict(data, declared)
            # Any bytes may be valid in the encoding that a page names by mistake.
            if text is not None and _score(text, declared) >= _score(_sample(data, "gb18030"), "gb18030"):
                return Decoded(text, declared)
        nearly = _nearly_utf8(data)
        if nearly is not None:
            return nearly
    best = max(_WITHOUT_BOM, key=lambda encoding: _score(_sample(data, encoding), encoding))
    if _share(_sample(data, best), best) >= _PLAUSIBLE:
        return _tolerant(data, best)
    return _last_resort(data)


def _text_mode(data: bytes, encoding: str, errors: str) -> str:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, errors=errors).read()


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return _text_mode(data, encoding, "strict")
    except (UnicodeError, LookupError):
        return None


def _tolerant(data: bytes, encoding: str) -> Decoded:
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    return _with_breaks(_text_mode(data, encoding, "replace"), encoding)


def _with_breaks(text: str, encoding: str) -> Decoded:
    return Decoded(text, encoding, f"有 {text.count(_BROKEN)} 处字节损坏，以 {_BROKEN} 代替")


def _nearly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes (a file cut within a character): far more good sequences than bad ones."""
    text = _text_mode(data, "utf-8", "replace")
    broken = text.count(_BROKEN)
    good = len(data.translate(None, _NO_LEAD)) - broken
    return _with_breaks(text, "utf-8") if good >= 20 * broken else None


def _sample(data: bytes, encoding: str) -> str:
    return data[:_SAMPLE_BYTES].decode(encoding, "replace")


def _score(text: str, encoding: str) -> float:
    """How plausible the text is by its characters beyond ASCII, which are alike in most encodings (markup)."""
    wide = "".join(character for character in text[:_SAMPLE_BYTES] if character > "\x7f")
    return _share(wide if len(wide) >= _ENOUGH else text, encoding)


def _share(text: str, encoding: str) -> float:
    """The share of characters that everyday Chinese consists of."""
    sample = text[:_SAMPLE_BYTES]
    everyday = _everyday("big5" if encoding.lower().startswith(("big5", "cp950")) else "gb2312")
    return sum(character in everyday for character in sample) / max(1, len(sample))


@cache
def _everyday(charset: str) -> frozenset[str]:
    """Printable ASCII, Chinese punctuation, and the common characters: level 1 of GB2312 (3,755; rows 16 to 55), or
    of Big5 (5,401; A440 to C67E).
    """
    rows = (*range(0xA1, 0xA4), *(range(0xA4, 0xC7) if charset == "big5" else range(0xB0, 0xD8)))
    cells = (*range(0x40, 0x7F), *range(0xA1, 0xFF)) if charset == "big5" else range(0xA1, 0xFF)
    table = bytes(byte for row in rows for cell in cells for byte in (row, cell))
    return frozenset(table.decode(charset, "ignore")) | {chr(code) for code in (*range(32, 127), 9, 10, 13, 0xA0)}


def _last_resort(data: bytes) -> Decoded:
    """Shift-JIS and the like, as charset-normalizer sees them."""
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE_BYTES]).best()
    text = _strict(data, guess.encoding) if guess is not None else None
    if guess is None or text is None:
        raise faults.not_text()
    return Decoded(text, guess.encoding, f"编码按 {guess.encoding} 推测，如有乱码请以 UTF-8 另存后重新导入")
