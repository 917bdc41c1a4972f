"""Installs the bundle into its own folder, from its own wheels, without a network. Needs nothing but Python.

Does nothing where that has been done. Whatever is wrong is told in one Chinese line.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / "program"
DONE = VENV / "installed"
PACKAGE = "report-assistant[local-llm,ocr]"


class Refused(Exception):
    """What keeps the bundle from being installed, in one Chinese line."""


def platform_name() -> str:
    """What the wheels depend on: the system, its processor, Python's version (linux-x86_64-cp311)."""
    system = sysconfig.get_platform().replace(".", "_").replace("-", "_")
    if sys.platform == "darwin":
        system = f"macos_{platform.machine()}"
    return f"{system}-cp{sys.version_info.major}{sys.version_info.minor}"


def check(bundle: Path) -> None:
    """Raises Refused when this is another platform or Python, or a file is missing or altered."""
    meant = (bundle / "PLATFORM").read_text(encoding="utf-8").strip()
    if meant != platform_name():
        raise Refused(f"这个安装包用于 {meant}，本机是 {platform_name()}，请换用本机对应的安装包或 Python 版本。")
    for line in (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = bundle / name
        if not path.is_file():
            raise Refused(f"安装包不完整，缺少 {name}，请重新复制安装包。")
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != wanted:
                raise Refused(f"安装包里的 {name} 已损坏或被改动，请重新复制安装包。")


def install(bundle: Path) -> None:
    """Make the environment and fill it from the wheels. Raises Refused."""
    import venv

    print("正在安装（只需一次，约需几分钟）…", flush=True)
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            f"无法在 {VENV} 建立运行环境（{error}），请检查磁盘空间和权限，Debian/Ubuntu 需先安装 python3-venv。"
        ) from error
    command = [str(program("python")), "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--find-links", str(bundle / "wheels"), PACKAGE], check=False)
    if done.returncode:
        raise Refused("安装没有完成，请检查磁盘空间（约需3GB）后重试。")
    DONE.write_text((bundle / "SHA256SUMS").read_text(encoding="utf-8"), encoding="utf-8")


def program(name: str) -> Path:
    """Where the environment keeps a program."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def main() -> int:
    """Install what is not installed yet; a newer bundle unpacked over an older one is installed again."""
    sums = HERE / "SHA256SUMS"
    if DONE.is_file() and sums.is_file() and DONE.read_text(encoding="utf-8") == sums.read_text(encoding="utf-8"):
        return 0
    try:
        check(HERE)
        install(HERE)
    except Refused as fault:
        print(f"错误：{fault}", file=sys.stderr)
        return 1
    print("安装完成。", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
