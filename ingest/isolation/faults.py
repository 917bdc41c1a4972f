"""What becomes of a file that its reader could not master, in the words the clerk reads."""

from __future__ import annotations

from ingest.errors import UnreadableFile
from ingest.finding.filenames import printable

_SAVE_AS = "请用 Word 或 WPS 打开后另存为 .docx"


def too_slow(seconds: float) -> UnreadableFile:
    """Not read within its time."""
    return UnreadableFile(f"处理超过 {seconds:.0f} 秒，已放弃", f"{_SAVE_AS}，或拆分成几个文件后再导入")


def too_much_memory() -> UnreadableFile:
    """Wants more memory than a file may have."""
    return UnreadableFile("占用内存过多，已放弃", "请拆分成几个文件，或删去其中的图片后再导入")


def crashed() -> UnreadableFile:
    """The reader's process died of it."""
    return UnreadableFile("读取程序崩溃，文件可能已损坏", f"{_SAVE_AS}后再导入，并把此文件反馈给开发者")


def stumbled(error: str) -> UnreadableFile:
    """A fault of ours in one odd file must not cost the user all the others."""
    fault = f"处理该文件时程序出错（{printable(error)}）"
    return UnreadableFile(fault, "请另存为其他格式后重试，并把此文件反馈给开发者")


def not_started() -> UnreadableFile:
    """The reading process does not come up."""
    return UnreadableFile("读取程序无法启动", "请关闭其他程序、检查杀毒软件是否拦截，然后重试")


LASTING = ("处理超过", "占用内存过多", "读取程序崩溃")
"""How the lines of files begin that cost much and would most likely fail again: they are not tried at every run."""
