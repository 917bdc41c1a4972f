"""Pages of a mapped file are given back and read again when they are wanted."""

from __future__ import annotations

import mmap
import re
import sys
from pathlib import Path

import pytest

from ingest.embed.paging import page_out

_SIZE = 8 << 20


def _resident(file: Path) -> int:
    """Kilobytes of the file that this process holds in memory."""
    parts = re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", Path("/proc/self/smaps").read_text(), flags=re.MULTILINE)
    held = [part for part in parts if part.splitlines() and part.splitlines()[0].endswith(str(file))]
    return sum(int(found) for part in held for found in re.findall(r"^Rss:\s+(\d+)", part, re.MULTILINE))


@pytest.mark.skipif(sys.platform != "linux", reason="pages are given back on Linux only")
def test_the_pages_go_and_what_they_hold_does_not(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(bytes(range(256)) * (_SIZE // 256))
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert len(bytes(mapped)) == _SIZE
        before = _resident(file)
        if not page_out(file):
            pytest.skip("this kernel does not give pages back when asked")
        assert before >= _SIZE >> 10
        assert _resident(file) < before / 2
        assert mapped[: 1 << 10] == bytes(range(256)) * 4
        assert mapped[-256:] == bytes(range(256))


@pytest.mark.skipif(sys.platform != "linux", reason="pages are given back on Linux only")
def test_what_was_changed_in_memory_stays(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(bytes(_SIZE))
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        mapped[: 1 << 16] = b"x" * (1 << 16)
        page_out(file)
        assert mapped[: 1 << 16] == b"x" * (1 << 16)
    assert file.read_bytes() == bytes(_SIZE)


def test_a_file_that_is_not_mapped_is_no_fault(tmp_path: Path) -> None:
    assert not page_out(tmp_path / "none")
