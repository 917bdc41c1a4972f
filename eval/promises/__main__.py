"""`python -m eval.promises FOLDER`: the labelled chains under FOLDER, by split, and the fictional archive."""

from __future__ import annotations

import sys
from pathlib import Path

from eval.promises.labelled import DEVELOPMENT, HELD_OUT, score_labelled
from eval.promises.sample import score_sample
from ingest.errors import ReportAssistantError

_LEAST = (0.85, 0.8)
"""Precision of 有对应表述 and share of pairs found that the labelled chains must reach."""


def main(arguments: list[str]) -> int:
    """Print the tallies (with -v the faults); 1 where a labelled split falls short, 2 when called wrongly."""
    verbose = "-v" in arguments
    asked = [argument for argument in arguments if argument in (DEVELOPMENT, HELD_OUT, "sample")]
    folders = [argument for argument in arguments if argument not in (*asked, "-v")]
    if len(folders) != 1:
        print("用法：python -m eval.promises 报告文件夹 [development|held_out|sample] [-v]", file=sys.stderr)
        return 2
    short = False
    try:
        for name in asked or (DEVELOPMENT, HELD_OUT, "sample"):
            tally, faults = score_sample() if name == "sample" else score_labelled(Path(folders[0]), name)
            print(f"{name:<12} {tally.line()}")
            if verbose:
                print("\n".join(faults))
            short |= name != "sample" and (tally.precision < _LEAST[0] or tally.recall < _LEAST[1])
    except ReportAssistantError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return int(short)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
