"""Finds the model that the settings name: the bundled one, a folder, or a name of the model hub."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from ingest.embed.bundled import LABEL, bundled_folder, bundled_id
from ingest.errors import BadSettings
from ingest.settings import BUNDLED_MODEL, Settings

_SAMPLE_BYTES = 1 << 16
_SAMPLES = 64
_WEIGHTS = (".safetensors", ".bin")
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf"]
_REMEDY = "请改用内置模型（删去 embedding_model 设置），或把模型文件夹拷到本机后填写其完整路径"


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A folder that sentence-transformers can load, and the name by which an archive remembers its vectors."""

    folder: Path
    name: str


def find_model(settings: Settings) -> ModelSource:
    """Resolve `settings.embedding_model`. Raises BadSettings where there is no such model.

    The name depends on the model's content, the passage prefix and the precision (all change the vectors), not on where
    it lies.
    """
    wanted = settings.embedding_model
    if wanted == BUNDLED_MODEL:
        return ModelSource(bundled_folder(), _bundled_name(settings))
    if wanted.startswith("bundled:"):
        raise BadSettings(f"没有名为 {wanted} 的内置模型", f"内置模型只有 {BUNDLED_MODEL}，请改正 embedding_model")
    folder = Path(wanted).expanduser()
    if not folder.is_dir():
        if folder.exists() or _looks_like_path(wanted):
            raise BadSettings(f"嵌入模型文件夹 {wanted} 不存在或不是文件夹", _REMEDY)
        folder = _from_hub(wanted)
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise BadSettings(f"文件夹 {folder} 不是 sentence-transformers 模型（缺少 modules.json）", _REMEDY)
    return ModelSource(folder, _name(_label(folder), fingerprint(folder), settings))


def configured_name(settings: Settings) -> str | None:
    """The name that `find_model` gives, as far as it is known without making or fetching a model: None for a name of
    the model hub. Raises BadSettings.
    """
    wanted = settings.embedding_model
    if wanted == BUNDLED_MODEL:
        return _bundled_name(settings)
    is_local = wanted.startswith("bundled:") or Path(wanted).expanduser().exists() or _looks_like_path(wanted)
    return find_model(settings).name if is_local else None


def fingerprint(folder: Path) -> str:
    """A digest of the model in `folder`: of all its configuration, and of evenly spread samples of its weights.

    Weights are sampled (64 pieces of 64 KB per file) because reading gigabytes at every start would cost more than
    loading them; training a model further changes weights everywhere.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts):
            continue
        if path.suffix in _WEIGHTS:
            digest.update(f"{inside.as_posix()}:{path.stat().st_size}".encode())
            digest.update(_samples(path))
        elif path.suffix in (".json", ".txt", ".model"):
            digest.update(inside.as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _samples(path: Path) -> bytes:
    size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if size <= _SAMPLES * _SAMPLE_BYTES:
            digest.update(file.read())
        else:
            for i in range(_SAMPLES):
                file.seek(i * (size - _SAMPLE_BYTES) // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return digest.digest()


def _bundled_name(settings: Settings) -> str:
    return _name(LABEL, bundled_id(), settings)


def _name(label: str, content: str, settings: Settings) -> str:
    precision = "" if settings.embedding_precision == "float32" else f"+{settings.embedding_precision}"
    digest = hashlib.sha256(f"{content}|{settings.embedding_passage_prefix}".encode()).hexdigest()
    return f"{label}@{digest[:12]}{precision}"


def _label(folder: Path) -> str:
    """Architecture and width (`bert-384`): readable, and the same wherever the folder lies."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return f"{config['model_type']}-{config['hidden_size']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "model"


def _looks_like_path(name: str) -> bool:
    return name.startswith((".", "~", "/")) or "\\" in name or name.count("/") > 1 or Path(name).is_absolute()


def _from_hub(name: str) -> Path:
    """The local copy of a hub model; fetched only if there is none and the user has not forbidden it."""
    from httpx import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except LocalEntryNotFoundError:
        pass
    except ValueError as error:  # not even the form of a name
        raise BadSettings(f"“{name}”既不是本机的文件夹，也不是合法的模型名", _REMEDY) from error
    try:
        return Path(snapshot_download(name, ignore_patterns=_NOT_NEEDED, max_workers=2))
    except (OSError, ValueError, RuntimeError, HTTPError) as error:
        forbidden = "（已设为离线）" if os.environ.get("HF_HUB_OFFLINE") else ""
        raise BadSettings(f"嵌入模型“{name}”本机没有，也下载不到{forbidden}", _REMEDY) from error
