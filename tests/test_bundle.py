"""The installer for offices without internet: it refuses what it cannot install, in one line, before it begins."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parents[1] / ".ci" / "bundle"


@pytest.fixture
def installer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundle_install", HERE / "install.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(tmp_path: Path, installer: ModuleType) -> Path:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "one-1-py3-none-any.whl").write_bytes(b"a wheel")
    shutil.copy(HERE / "install.py", tmp_path)
    (tmp_path / "PLATFORM").write_text(installer.platform_name() + "\n", encoding="utf-8")
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    sums = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.relative_to(tmp_path).as_posix()}\n" for f in files]
    (tmp_path / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return tmp_path


def test_a_whole_bundle_for_this_machine_is_taken(bundle: Path, installer: ModuleType) -> None:
    installer.check(bundle)


def test_a_bundle_for_another_platform_is_refused(bundle: Path, installer: ModuleType) -> None:
    (bundle / "PLATFORM").write_text("win_amd64-cp39\n", encoding="utf-8")
    with pytest.raises(installer.Refused, match="用于 win_amd64-cp39，本机是"):
        installer.check(bundle)


def test_a_damaged_wheel_is_refused(bundle: Path, installer: ModuleType) -> None:
    (bundle / "wheels" / "one-1-py3-none-any.whl").write_bytes(b"b wheel")
    with pytest.raises(installer.Refused, match=r"one-1-py3-none-any\.whl 已损坏"):
        installer.check(bundle)


def test_a_missing_wheel_is_refused(bundle: Path, installer: ModuleType) -> None:
    (bundle / "wheels" / "one-1-py3-none-any.whl").unlink()
    with pytest.raises(installer.Refused, match="缺少 wheels/one-1"):
        installer.check(bundle)


def test_a_refusal_is_one_chinese_line_and_leaves_nothing_behind(bundle: Path) -> None:
    (bundle / "PLATFORM").write_text("win_amd64-cp39\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(bundle / "install.py")],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1 and done.stderr.startswith("错误：")
    assert not (bundle / "program").exists()


def test_what_is_installed_already_is_not_installed_again(bundle: Path) -> None:
    (bundle / "program").mkdir()
    shutil.copy(bundle / "SHA256SUMS", bundle / "program" / "installed")
    (bundle / "wheels" / "one-1-py3-none-any.whl").unlink()  # would be refused if it were looked at
    done = subprocess.run([sys.executable, str(bundle / "install.py")], capture_output=True, check=False)
    assert done.returncode == 0 and done.stdout == b""


def test_the_windows_script_has_line_ends_that_windows_reads() -> None:
    lines = (HERE / "start.bat").read_bytes().split(b"\n")[:-1]
    assert lines and all(line.endswith(b"\r") for line in lines)
