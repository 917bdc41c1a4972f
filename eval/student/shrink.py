"""Starts a student from its teacher: the same tokeniser, embeddings and pooling, some of the layers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import BertModel

LAYERS = (0, 4, 7, 11)
"""Of twelve: the first and the last, which read the embeddings and write the states, and two between."""

_WEIGHTS = "model.safetensors"


def keep_layers(model: BertModel, layers: Sequence[int]) -> BertModel:
    """`model` itself, with only these layers."""
    model.encoder.layer = nn.ModuleList(model.encoder.layer[i] for i in layers)
    model.config.num_hidden_layers = len(layers)
    return model


def write_folder(teacher: Path, state: Mapping[str, Tensor], layers: int, folder: Path) -> None:
    """A sentence-transformers folder like `teacher`'s with these weights; replaces what `folder` held."""
    from safetensors.torch import load_file, save_file

    whole = load_file(teacher / _WEIGHTS)
    kept = {name: value for name, value in whole.items() if not name.startswith("encoder.")}
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    # The manifest of the product's cache describes the teacher's files.
    shutil.copytree(teacher, making, ignore=shutil.ignore_patterns(_WEIGHTS, "complete.json"))
    weights = {**kept, **{name: value.detach().float().contiguous().clone() for name, value in state.items()}}
    save_file(weights, making / _WEIGHTS, metadata={"format": "pt"})
    config = json.loads((teacher / "config.json").read_text(encoding="utf-8"))
    config["num_hidden_layers"] = layers
    (making / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    making.rename(folder)
