"""One child process: its output, its last word, and its end with all that it started when it takes too long."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from eval.bench.children import descendants, kill

_LONGEST = 300
_PLACE = re.compile(r"(?<![\w:/])(?:/[\w.+@-]+)+/(?=[\w.+@-])")


@dataclass(frozen=True, slots=True)
class Ended:
    """status: its exit code, None where it was ended for taking too long. word: the last line that it said."""

    status: int | None
    out: str
    word: str


def run_child(
    command: Sequence[str],
    seconds: float,
    tell: Callable[[str], None] = lambda _: None,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run it; `tell` hears each line of its stderr as it comes."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    said: list[str] = []
    out: list[str] = []
    assert process.stdout is not None and process.stderr is not None
    readers = (
        threading.Thread(target=_listen, args=(process.stderr, said, tell)),
        threading.Thread(target=_listen, args=(process.stdout, out, None)),
    )
    for reader in readers:
        reader.start()
    status: int | None
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        end(process)
        status = None
    except BaseException:
        end(process)
        raise
    finally:
        for reader in readers:
            reader.join()
    word = next((line.strip() for line in reversed(said) if line.strip()), "")
    return Ended(status, "".join(out), nameless(word)[:_LONGEST])


def end(process: subprocess.Popen[str]) -> None:
    """End it and whatever it has started."""
    started = descendants(process.pid)
    process.kill()
    kill(started)
    process.wait()


def nameless(word: str) -> str:
    """Without the folders of absolute paths: a report that is published names no machine's."""
    return _PLACE.sub("…/", word)


def _listen(stream: IO[str], kept: list[str], tell: Callable[[str], None] | None) -> None:
    for line in stream:
        kept.append(line)
        if tell is not None and line.strip():
            tell(line.rstrip())
