"""What may be wrong with a file, in the words the clerk reads: fault and remedy of each `UnreadableFile`."""

from __future__ import annotations

from ingest.errors import UnreadableFile

SAVE_AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx，再重新导入"
COPY_AGAIN = "请重新下载或向提供者索取完整的文件"


def empty() -> UnreadableFile:
    """Zero bytes."""
    return UnreadableFile("文件是空的（0 字节）", COPY_AGAIN)


def no_text() -> UnreadableFile:
    """A sound file that holds no character of text."""
    return UnreadableFile("文件里没有任何文字", "请确认是否选错了文件；如果内容是图片，请先做文字识别（OCR）")


def too_large(limit: int) -> UnreadableFile:
    """More than `limit` bytes."""
    return UnreadableFile(f"文件超过 {limit // (1024 * 1024)} MB 的上限", "请拆分成几个文件，或删去其中的图片后再导入")


def damaged(name: str) -> UnreadableFile:
    """A `name` (Word 文档, PDF 文件) that its parser gives up on."""
    return UnreadableFile(f"{name}已损坏或不完整，无法打开", COPY_AGAIN)


def encrypted(name: str) -> UnreadableFile:
    """Protected by a password that we do not have."""
    return UnreadableFile(f"{name}设有打开密码", "请先用密码打开，取消密码后另存，再重新导入")


def scanned() -> UnreadableFile:
    """A PDF of pictures."""
    return UnreadableFile(
        "PDF 里没有文字层（扫描件或图片）", "请先做文字识别（OCR），另存为带文字层的 PDF 或 .docx 后再导入"
    )


def not_text() -> UnreadableFile:
    """Bytes that are no text in any encoding we know."""
    return UnreadableFile("文件内容不是文字，或编码无法识别", "请用记事本或 WPS 打开，确认无误后以 UTF-8 编码另存")


def other_format(what: str, remedy: str) -> UnreadableFile:
    """Content of a known but unsupported format, `what` in words."""
    return UnreadableFile(f"文件内容实际上是{what}", remedy)


def needs_program(name: str, suffix: str) -> UnreadableFile:
    """A format that only LibreOffice reads, where there is no LibreOffice; `suffix` is what to save it as instead."""
    return UnreadableFile(f"读取{name}需要 LibreOffice", f"请安装 LibreOffice，或用 Word、WPS 另存为 {suffix} 后再导入")


def unsupported(suffix: str) -> UnreadableFile:
    """A suffix that we do not read."""
    return UnreadableFile(f"暂不支持 {suffix or '没有后缀'} 的文件", "请另存为 .docx、.pdf、.html 或 .txt 后再导入")
