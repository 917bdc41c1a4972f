"""The command line: `report-assistant`. Every command imports what it needs only when it runs."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; a user's mistake is one Chinese line on stderr and exit code 1."""
    from assistant.cli.app import build
    from ingest.errors import ReportAssistantError

    try:
        build()()
    except ReportAssistantError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
