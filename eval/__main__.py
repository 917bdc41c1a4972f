"""python -m eval …: a mistake of the user's is one line on stderr and exit code 1."""

from __future__ import annotations

import sys

from eval.cli import app
from ingest.errors import ReportAssistantError


def main() -> None:
    """Run the command line."""
    try:
        app()
    except ReportAssistantError as error:
        print(f"错误：{error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
