"""Zips as they come from other people's computers, and as nobody's computer makes them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary zip, names in UTF-8 and said to be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def raw_zip(
    members: list[tuple[bytes, bytes]],
    *,
    flags: int = 0,
    claimed: int | None = None,
    extra: bytes = b"",
    method: int = 0,
    same_place: bool = False,
) -> bytes:
    """A zip made by hand: names as bytes, stored data.

    claimed: what every member says its size is; same_place: all entries of the directory point to the first member.
    """
    body, directory = b"", b""
    for name, data in members:
        size = len(data) if claimed is None else claimed
        fields = (20, flags, method, 0, 33, zlib.crc32(data), size if method == 0 else len(data), size, len(name))
        place = 0 if same_place else len(body)
        if not same_place or not body:
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields, len(extra)) + name + extra + data
        directory += (
            struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, len(extra), 0, 0, 0, 0, place) + name + extra
        )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def bomb(megabytes: int = 50) -> bytes:
    """Kilobytes that become megabytes."""
    return packed({"炸弹.txt": bytes(megabytes * 1024 * 1024)})


def unicode_path(raw: bytes, name: str) -> bytes:
    """The extra field in which 7-Zip says what a name really is."""
    body = struct.pack("<BL", 1, zlib.crc32(raw)) + name.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body
