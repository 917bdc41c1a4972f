"""What may be wrong with a zip or a file in it, in the words the clerk reads."""

from __future__ import annotations

from ingest.errors import UnreadableFile
from ingest.readers.faults import COPY_AGAIN

_UNPACK = "请先解压，确认无误后再导入里面的文件"


def damaged() -> UnreadableFile:
    """Not a zip, cut off, or with wrong checksums."""
    return UnreadableFile("压缩包已损坏或不完整，无法打开", COPY_AGAIN)


def encrypted(members: int) -> UnreadableFile:
    """Members that want a password."""
    return UnreadableFile(f"压缩包内有 {members} 个文件设有密码", "请用密码解压后再导入里面的文件")


def unsafe_name() -> UnreadableFile:
    """A name that points out of the zip."""
    return UnreadableFile("压缩包内的文件名指向压缩包之外，已拒绝", "来源可疑，请核实；确需导入请手工解压")


def nested_too_deep() -> UnreadableFile:
    """A zip in a zip in a zip."""
    return UnreadableFile("压缩包套了两层以上，里面的压缩包没有打开", _UNPACK)


def too_many(limit: int) -> UnreadableFile:
    """More than `limit` entries."""
    return UnreadableFile(f"压缩包内的文件超过 {limit:,} 个", "请解压后分批导入")


def too_much(limit: int) -> UnreadableFile:
    """More than `limit` bytes unpacked."""
    return UnreadableFile(f"压缩包解压后超过 {limit // 1024**2:,} MB 的上限", "请解压后分批导入")


def bomb() -> UnreadableFile:
    """Unpacks to far more than any document does."""
    return UnreadableFile("压缩比异常，可能是恶意压缩包，已拒绝", "来源可疑，请核实；确需导入请手工解压")


def unsupported_method() -> UnreadableFile:
    """Packed by a method other than the usual ones."""
    return UnreadableFile("压缩方式不支持", "请先解压，再导入里面的文件")
