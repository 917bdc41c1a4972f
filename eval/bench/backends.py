"""Ways of embedding side by side on the same texts, each in a fresh process, and the whole ingest beside them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.children import module_result
from eval.bench.embedded import embedded_texts
from eval.bench.one_backend import BACKENDS
from ingest.settings import PREFIX, load_settings

TEXTBOOK = "textbook float32"
INGEST_PRECISIONS = ("float32", "int8")
_ONNX = ("onnx", "onnxruntime")


@dataclass(frozen=True, slots=True)
class BackendSpeed:
    """One backend over all the texts. cosine: of its vectors to the textbook's; seconds without loading."""

    name: str
    load: float
    seconds: float
    tokens_per_second: float
    characters_per_second: float
    ratio: float
    cosine_mean: float
    cosine_min: float

    @property
    def is_float32(self) -> bool:
        """Whether it computes what the textbook does."""
        return self.name.endswith("float32")


@dataclass(frozen=True, slots=True)
class IngestSpeed:
    """The whole ingest of the files, loading included, beside the bare embedding of the same texts.

    overhead_percent: what all but the fastest backend's embedding of this precision costs, without loading the model.
    """

    precision: str
    seconds: float
    load: float
    textbook_ratio: float
    overhead_percent: float


@dataclass(frozen=True, slots=True)
class BackendBench:
    """All the figures; rates count the tokens and characters of the texts, not padding."""

    passages: int
    tokens: int
    characters: int
    backends: tuple[BackendSpeed, ...]
    ingests: tuple[IngestSpeed, ...]
    skipped: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """All figures, and those with a demand by name for `--least` and `--most`."""
        return {**asdict(self), "fastest_float32": fastest_float32(self.backends).name, **self.demanded()}

    def demanded(self) -> dict[str, float]:
        """`ingest_overhead_percent`, `ingest_ratio`, `ingest_ratio_int8`."""
        of = {one.precision: one for one in self.ingests}
        return {
            "ingest_overhead_percent": of["float32"].overhead_percent,
            "ingest_ratio": of["float32"].textbook_ratio,
            "ingest_ratio_int8": of["int8"].textbook_ratio,
        }

    def lines(self) -> tuple[str, ...]:
        """For people."""
        return (
            f"{self.passages} passages, {self.tokens} tokens, {self.characters} characters",
            *(
                f"{one.name:20} {one.tokens_per_second:7.0f} tokens/s {one.characters_per_second:7.0f} characters/s"
                f" {one.ratio:5.2f}x  cosine {one.cosine_mean:.5f} (least {one.cosine_min:.5f})  load {one.load:.1f}s"
                for one in self.backends
            ),
            *(
                f"ingest {one.precision:13} {one.seconds:7.1f}s (load {one.load:.1f}s) {one.textbook_ratio:5.2f}x"
                f" the textbook pipeline, overhead {one.overhead_percent:.1f}%"
                for one in self.ingests
            ),
            *(f"skipped: {name}" for name in self.skipped),
        )


def fastest_float32(backends: tuple[BackendSpeed, ...]) -> BackendSpeed:
    """The one whose own speed our ingest is held against."""
    return max((one for one in backends if one.is_float32), key=lambda one: one.tokens_per_second)


def bench_backends(
    folder: Path, model: Path, passages: int | None, runs: int, told: Callable[[str], None]
) -> BackendBench:
    """Ingest `folder`, embed its texts by each backend, and run the textbook pipeline once."""
    with tempfile.TemporaryDirectory(prefix="report-assistant-bench-") as temporary:
        place = Path(temporary)
        ingested: dict[str, float] = {}
        for precision in INGEST_PRECISIONS:
            told(f"ingest {precision}")
            environment = {f"{PREFIX}EMBEDDING_PRECISION": precision, f"{PREFIX}EMBEDDING_MODEL": str(model)}
            arguments = [str(folder), str(place / precision)]
            ingested[precision] = float(module_result("eval.bench.ours", arguments, environment)["complete"])
        told("textbook pipeline")
        whole = module_result("eval.bench.textbook", [str(folder), str(place / "store"), str(model)])
        prefix = load_settings(place / "float32").embedding_passage_prefix
        everything = [prefix + text for text in embedded_texts(place / "float32")]
        texts = everything[:passages]
        speeds, skipped = _measure(texts, model, runs, place, told)
        share = _tokens(everything, model) / _tokens(texts, model)
    return BackendBench(
        passages=len(texts),
        tokens=_tokens(texts, model),
        characters=sum(map(len, texts)),
        backends=speeds,
        ingests=tuple(
            ingest_speed(precision, seconds, float(whole["complete"]), speeds, share)
            for precision, seconds in ingested.items()
        ),
        skipped=skipped,
    )


def ingest_speed(
    precision: str, seconds: float, textbook: float, speeds: tuple[BackendSpeed, ...], share: float
) -> IngestSpeed:
    """share: how many times the tokens that the backends embedded the ingest embeds."""
    own = next(one for one in speeds if one.name == f"ours {precision}")
    bare = min(one.seconds for one in speeds if one.name.endswith(precision)) * share
    return IngestSpeed(precision, seconds, own.load, textbook / seconds, 100 * ((seconds - own.load) / bare - 1))


def _measure(
    texts: list[str], model: Path, runs: int, place: Path, told: Callable[[str], None]
) -> tuple[tuple[BackendSpeed, ...], tuple[str, ...]]:
    (place / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    has_onnx = all(find_spec(name) for name in _ONNX)
    skipped = tuple(name for name in BACKENDS if name.startswith("onnx") and not has_onnx)
    tokens, characters = _tokens(texts, model), sum(map(len, texts))
    found: list[BackendSpeed] = []
    reference: np.ndarray[Any, np.dtype[np.float32]] | None = None
    for name in BACKENDS:
        if name in skipped:
            continue
        told(name)
        vectors = place / "vectors.npy"
        arguments = [name, str(model), str(place / "texts.json"), str(vectors), str(runs)]
        timed = module_result("eval.bench.one_backend", arguments)
        made = np.load(vectors)
        reference = made if reference is None else reference
        cosines = (made * reference).sum(axis=1)
        seconds = float(timed["seconds"])
        found.append(
            BackendSpeed(
                name=name,
                load=float(timed["load"]),
                seconds=seconds,
                tokens_per_second=tokens / seconds,
                characters_per_second=characters / seconds,
                ratio=found[0].seconds / seconds if found else 1.0,
                cosine_mean=float(cosines.mean()),
                cosine_min=float(cosines.min()),
            )
        )
    return tuple(found), skipped


def _tokens(texts: list[str], model: Path) -> int:
    from tokenizers import Tokenizer

    return sum(len(one.ids) for one in Tokenizer.from_file(str(model / "tokenizer.json")).encode_batch(texts))
