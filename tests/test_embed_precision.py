"""Embedding in lower precision: which settings are taken, what the vectors are like, and that they are never mixed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import torch

from ingest.archive import Archive
from ingest.embed import Encoder, load_encoder
from ingest.embed.bundled import bundled_folder
from ingest.embed.int8 import ENGINES, Int8Linear
from ingest.embed.kernels import fastest_kernel
from ingest.embed.packed import PackedLinear
from ingest.embed.source import configured_name
from ingest.errors import BadSettings, ModelMismatch
from ingest.settings import EmbeddingPrecision, Settings, load_settings
from tests.archive_builders import FakeEncoder, add, read_file, section

PASSAGES = (
    "全年新增床位三百张，县医院门诊楼改造完工。",
    "强化乡镇卫生院值班制度，夜间急诊随到随看。",
    "完成率97.5%。",
    "对全县公共场所开展卫生监督检查，督促问题单位限期整改，" * 9,
)

ENGINES_HERE = [engine for engine in ENGINES if engine in torch.backends.quantized.supported_engines]


def settings_of(home: Path, precision: EmbeddingPrecision) -> Settings:
    return replace(load_settings(home, {}), embedding_precision=precision)


def linear(inputs: int = 64, outputs: int = 96, *, bias: bool = True) -> torch.nn.Linear:
    torch.manual_seed(0)
    return torch.nn.Linear(inputs, outputs, bias=bias)


class TestSettings:
    def test_float32_is_the_default(self, tmp_path: Path) -> None:
        assert load_settings(tmp_path, {}).embedding_precision == "float32"

    @pytest.mark.parametrize("precision", get_args(EmbeddingPrecision))
    def test_every_precision_can_be_set(self, tmp_path: Path, precision: str) -> None:
        loaded = load_settings(tmp_path, {"REPORT_ASSISTANT_EMBEDDING_PRECISION": precision})

        assert loaded.embedding_precision == precision

    @pytest.mark.parametrize("wrong", ["int4", "INT8", "fp32", "8"])
    def test_an_unknown_precision_is_refused_and_the_known_ones_named(self, tmp_path: Path, wrong: str) -> None:
        with pytest.raises(BadSettings, match="int8"):
            load_settings(tmp_path, {"REPORT_ASSISTANT_EMBEDDING_PRECISION": wrong})

    def test_a_number_in_the_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "settings.toml").write_text("embedding_precision = 8\n", encoding="utf-8")
        with pytest.raises(BadSettings, match="embedding_precision"):
            load_settings(tmp_path, {})


class TestNames:
    def test_float32_keeps_the_name_that_archives_know(self, tmp_path: Path) -> None:
        name = configured_name(settings_of(tmp_path, "float32"))

        assert name is not None and "+" not in name

    def test_each_precision_has_a_name_of_its_own(self, tmp_path: Path) -> None:
        names = {configured_name(settings_of(tmp_path, one)) for one in get_args(EmbeddingPrecision)}

        assert len(names) == len(get_args(EmbeddingPrecision))

    def test_an_archive_takes_no_vectors_of_another_precision(self, tmp_path: Path) -> None:
        before, after = (configured_name(settings_of(tmp_path, one)) or "" for one in ("float32", "int8"))
        with Archive.create_or_open(tmp_path, write=True) as archive:
            add(archive, "a.txt", read_file(section(*PASSAGES)))
            archive.embed_pending(FakeEncoder(before))
            with pytest.raises(ModelMismatch):
                archive.require_model(after)


class TestLayers:
    @pytest.mark.parametrize("bias", [True, False])
    @pytest.mark.parametrize("engine", ENGINES_HERE)
    @torch.inference_mode()
    def test_int8_is_near_to_float32(self, engine: str, bias: bool) -> None:
        layer = linear(bias=bias)
        inputs = torch.randn(3, 40, 64)
        made = Int8Linear(layer, engine)(inputs)

        assert made.shape == (3, 40, 96) and made.dtype == torch.float32
        assert (made - layer(inputs)).norm() < 0.03 * layer(inputs).norm()

    @pytest.mark.parametrize("engine", ENGINES_HERE)
    @torch.inference_mode()
    def test_the_largest_values_do_not_overflow(self, engine: str) -> None:
        layer = linear(512, 32, bias=False)
        layer.weight.fill_(1.0)
        inputs = torch.full((8, 512), 3.0)

        torch.testing.assert_close(Int8Linear(layer, engine)(inputs), layer(inputs), rtol=0.01, atol=0.0)

    def test_an_engine_is_left_as_it_was(self) -> None:
        before = torch.backends.quantized.engine
        for engine in ENGINES_HERE:
            Int8Linear(linear(), engine)

        assert torch.backends.quantized.engine == before

    @torch.inference_mode()
    def test_packed_bfloat16_gives_float32_back(self) -> None:
        layer, inputs = linear(), torch.randn(5, 64)
        made = PackedLinear(layer, torch.bfloat16)(inputs)

        assert made.dtype == torch.float32
        assert (made - layer(inputs)).norm() < 0.01 * layer(inputs).norm()

    def test_without_any_kernel_the_ordinary_layer_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(*_: object, **__: object) -> None:
            raise NotImplementedError

        monkeypatch.setattr("ingest.embed.kernels.PackedLinear", missing)
        monkeypatch.setattr("ingest.embed.kernels.Int8Linear", missing)

        assert [fastest_kernel(one) for one in get_args(EmbeddingPrecision)] == [None] * 3


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return load_encoder(settings_of(tmp_path_factory.mktemp("home"), "float32"))


@pytest.mark.model
class TestVectors:
    @pytest.mark.parametrize(("precision", "least"), [("bfloat16", 0.9995), ("int8", 0.98)])
    def test_they_are_near_to_those_of_float32(
        self, tmp_path: Path, exact: Encoder, precision: EmbeddingPrecision, least: float
    ) -> None:
        encoder = load_encoder(settings_of(tmp_path, precision))
        cosines = (encoder.encode_passages(PASSAGES) * exact.encode_passages(PASSAGES)).sum(axis=1)

        assert cosines.min() >= least
        assert encoder.name == f"{exact.name}+{precision}"
        np.testing.assert_allclose(np.linalg.norm(encoder.encode_queries(PASSAGES), axis=1), 1.0, atol=1e-5)

    def test_a_model_of_another_architecture_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ingest.embed.kernels._PLAIN_ENCODERS", frozenset())
        with pytest.raises(BadSettings, match="int8"):
            load_encoder(settings_of(tmp_path, "int8"))

    def test_a_model_of_another_architecture_works_in_float32(
        self, tmp_path: Path, exact: Encoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("ingest.embed.kernels._PLAIN_ENCODERS", frozenset())
        encoder = load_encoder(settings_of(tmp_path, "float32"))

        np.testing.assert_allclose(encoder.encode_passages(PASSAGES), exact.encode_passages(PASSAGES), atol=1e-5)

    def test_the_bundled_folder_is_left_alone(self, tmp_path: Path) -> None:
        before = {path: path.stat().st_mtime_ns for path in bundled_folder().rglob("*")}
        load_encoder(settings_of(tmp_path, "int8"))

        assert {path: path.stat().st_mtime_ns for path in bundled_folder().rglob("*")} == before
