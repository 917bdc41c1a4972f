"""The table of embedding backends: what it compares, and what the demands are held against."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from eval.bench.backends import TEXTBOOK, BackendBench, BackendSpeed, fastest_float32, ingest_speed
from eval.bench.embedded import embedded_texts
from eval.bench.one_backend import BACKENDS
from ingest.archive import Archive
from ingest.settings import EmbeddingPrecision
from tests.archive_builders import FakeEncoder, add, read_file, section


def speed(name: str, seconds: float, load: float = 1.0) -> BackendSpeed:
    return BackendSpeed(name, load, seconds, 1000 / seconds, 1500 / seconds, 10 / seconds, 1.0, 1.0)


SPEEDS = (speed(TEXTBOOK, 10), speed("ours float32", 6), speed("onnxruntime float32", 5), speed("ours int8", 2))


def test_the_textbook_comes_first_and_every_precision_of_ours_is_there() -> None:
    assert next(iter(BACKENDS)) == TEXTBOOK
    assert {f"ours {precision}" for precision in get_args(EmbeddingPrecision)} <= BACKENDS.keys()


def test_the_fastest_of_float32_may_be_another_ones() -> None:
    assert fastest_float32(SPEEDS).name == "onnxruntime float32"


@pytest.mark.parametrize(("share", "overhead"), [(1.0, 20.0), (2.0, -40.0)])
def test_overhead_is_held_against_the_fastest_and_leaves_loading_out(share: float, overhead: float) -> None:
    made = ingest_speed("float32", 7.0, 14.0, SPEEDS, share)

    assert made.overhead_percent == pytest.approx(overhead)
    assert made.textbook_ratio == 2.0


def test_the_table_has_a_row_for_each_and_the_demanded_figures_by_name() -> None:
    ingests = tuple(ingest_speed(one, 7.0, 14.0, SPEEDS, 1.0) for one in ("float32", "int8"))
    result = BackendBench(4, 1000, 1500, SPEEDS, ingests, ("onnxruntime int8",))

    assert len(result.lines()) == 1 + len(SPEEDS) + len(ingests) + 1
    assert result.to_json()["fastest_float32"] == "onnxruntime float32"
    assert result.demanded() == pytest.approx(
        {"ingest_overhead_percent": 20.0, "ingest_ratio": 2.0, "ingest_ratio_int8": 2.0}
    )


def test_the_texts_are_those_that_the_queue_embeds(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    with Archive.create_or_open(tmp_path, write=True) as archive:
        add(archive, "a.txt", read_file(section("甲镇新建卫生室。", "乙镇修缮卫生院。", path=("一、基层建设",))))
        add(
            archive,
            "b.txt",
            read_file(section("甲镇新建卫生室。", "丙镇购置救护车。", path=("一、基层建设",)), year=2023),
        )
        archive.embed_pending(encoder)

    assert sorted(embedded_texts(tmp_path)) == sorted(encoder.encoded)
    assert len(embedded_texts(tmp_path, 2)) == 2
