"""`python -m eval.sample DIR`: write the archive to DIR/archive and the gold questions to DIR/gold.jsonl."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from eval.sample.archive import generate, write_gold


def main(arguments: list[str]) -> int:
    """Write everything and say what was written; 2 when called wrongly."""
    if len(arguments) != 1:
        print("用法：python -m eval.sample 目录", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    directory = generate(folder)
    for path in sorted(directory.iterdir()):
        print(f"{path.stat().st_size:>8}  {path.name}")
    count = write_gold(folder / "gold.jsonl")
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = Counter(json.loads(line)["kind"] for line in lines)
    print(f"{len(list(directory.iterdir()))} 个文件 → {directory}")
    print(f"{count} 道题 → {folder / 'gold.jsonl'}：" + "、".join(f"{kind} {n}" for kind, n in kinds.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
