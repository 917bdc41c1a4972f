"""The command line: `report-assistant`. Every command imports what it needs only when it runs."""

from __future__ import annotations

import gc
import io
import logging
import os
import sys

_INTERRUPTED = 130
"""What a shell expects of a program that Ctrl+C stopped."""


def main() -> None:
    """Run the command line; a user's mistake is one Chinese line on stderr and exit code 1 (2: wrongly typed)."""
    # What the program tells itself is no line for a clerk; `ui` turns it on again.
    logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal in GBK does not know every character of a report
    try:
        status = _run()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    if status == _INTERRUPTED:
        _say("已停止；已写入档案的内容没有丢失，再运行一次即可继续。")
    gc.freeze()  # else the interpreter spends over a second on its way out looking through the libraries' objects
    sys.exit(status)


def _run() -> int:
    from assistant.cli.app import build
    from assistant.cli.usage import UsageError, in_chinese
    from ingest.errors import ReportAssistantError

    try:
        status = build()(args=None if sys.argv[1:] else ["--help"], standalone_mode=False)
    except UsageError as error:
        _say(f"错误：{in_chinese(error)}")
        return 2
    except ReportAssistantError as error:
        _say(f"错误：{error}")
        return 1
    except OSError as error:
        # What of the output could not be written would fail a second time when Python flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        place = error.filename or "结果"
        _say(f"错误：读写 {place} 时出错（{error.strerror or error}），请检查磁盘空间和权限后重试。")
        return 1
    return status if isinstance(status, int) else 0


def _say(line: str) -> None:
    from ingest.finding.filenames import printable

    print(printable(line), file=sys.stderr)  # it may name a file or repeat what was typed
