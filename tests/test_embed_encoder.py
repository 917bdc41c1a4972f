"""The encoder as ingest and retrieval use it, with the real model."""

import shutil
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import Encoder, load_encoder
from ingest.embed.bundled import bundled_folder
from ingest.embed.langchain import EncoderEmbeddings
from ingest.embed.source import find_model
from ingest.errors import BadSettings
from ingest.settings import Settings

PASSAGES = (
    "全年为适龄妇女免费开展宫颈癌和乳腺癌检查，任务全面完成。",
    "县中医医院新院区主体结构封顶，设备采购同步进行。",
    "严格落实安全生产责任制，开展消防隐患排查三轮。",
    "家庭医生签约服务覆盖率稳步提高，重点人群做到应签尽签。",
    "完成率98%。",
    "各乡镇卫生院要加强疫苗管理，规范预防接种门诊建设，" * 12,
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    """Loaded in a background thread, as the page does."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(load_encoder, settings).result()


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "some model"
    shutil.copytree(bundled_folder(), folder)
    return folder


def nearest(encoder: Encoder, question: str, passages: Sequence[str]) -> str:
    scores = encoder.encode_passages(passages) @ encoder.encode_queries([question])[0]
    return passages[int(scores.argmax())]


@pytest.mark.model
def test_vectors_are_float32_of_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(PASSAGES)

    assert vectors.shape == (len(PASSAGES), encoder.dimensions) == (len(PASSAGES), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_company_or_place(encoder: Encoder) -> None:
    together = encoder.encode_passages(PASSAGES)
    backwards = encoder.encode_passages(PASSAGES[::-1])[::-1]
    alone = np.vstack([encoder.encode_passages([passage]) for passage in PASSAGES])

    np.testing.assert_allclose(together, backwards, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-5)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "number"),
    [("两癌筛查做得怎么样", 0), ("中医院迁建到哪一步了", 1), ("消防检查了几次", 2), ("签约家庭医生的情况", 3)],
)
def test_a_question_is_nearest_to_the_passage_on_its_topic(encoder: Encoder, question: str, number: int) -> None:
    assert nearest(encoder, question, PASSAGES) == PASSAGES[number]


@pytest.mark.model
def test_questions_and_passages_are_told_apart(encoder: Encoder) -> None:
    same_words = ["家庭医生签约"]

    assert not np.allclose(encoder.encode_queries(same_words), encoder.encode_passages(same_words), atol=1e-3)


@pytest.mark.model
def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)


@pytest.mark.model
@pytest.mark.parametrize("text", ["", "   ", "\ue123\ufffd", "半个字符\ud83d", "<s></s>", "很长" * 6000])
def test_odd_texts_have_vectors_too(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode_queries([text])).all()


@pytest.mark.model
def test_progress_counts_every_passage_once(encoder: Encoder) -> None:
    finished: list[int] = []
    encoder.encode_passages(PASSAGES * 3, progress=finished.append)

    assert sum(finished) == 3 * len(PASSAGES)


@pytest.mark.model
def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    expected = encoder.encode_queries(PASSAGES)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda text: encoder.encode_queries([text])[0], list(PASSAGES) * 4))

    np.testing.assert_allclose(np.vstack(results), np.tile(expected, (4, 1)), atol=1e-5)


@pytest.mark.model
def test_langchain_gets_the_same_vectors(encoder: Encoder) -> None:
    embeddings = EncoderEmbeddings(encoder)

    np.testing.assert_allclose(embeddings.embed_documents(list(PASSAGES)), encoder.encode_passages(PASSAGES), atol=1e-5)
    np.testing.assert_allclose(embeddings.embed_query("签约"), encoder.encode_queries(["签约"])[0], atol=1e-5)


@pytest.mark.model
def test_packed_layers_change_no_vector(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(bundled_folder()), device="cpu", local_files_only=True)
    expected = plain.encode(["passage: " + passage for passage in PASSAGES], show_progress_bar=False)

    np.testing.assert_allclose(encoder.encode_passages(PASSAGES), expected, atol=1e-5)


@pytest.mark.model
def test_a_model_of_one_machine_asks_no_network(
    settings: Settings, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def refuse(*args: object, **kwargs: object) -> None:
        asked.append(args)
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    loaded = load_encoder(replace(settings, embedding_model=str(model_folder)))

    assert loaded.encode_queries(["在吗"]).shape == (1, 384)
    assert asked == []


@pytest.mark.model
def test_a_folders_name_follows_its_content_not_its_place(settings: Settings, model_folder: Path) -> None:
    before = find_model(replace(settings, embedding_model=str(model_folder))).name
    moved = model_folder.rename(model_folder.with_name("renamed"))
    after = find_model(replace(settings, embedding_model=str(moved))).name
    with (moved / "model.safetensors").open("r+b") as weights:
        weights.seek(-4, 2)
        weights.write(b"\x01\x02\x03\x04")
    trained = find_model(replace(settings, embedding_model=str(moved))).name

    assert before == after != trained


@pytest.mark.model
def test_another_passage_prefix_is_another_name_but_another_query_prefix_is_not(settings: Settings) -> None:
    usual = find_model(settings).name

    assert usual.startswith("multilingual-e5-small@")
    assert find_model(replace(settings, embedding_passage_prefix="")).name != usual
    assert find_model(replace(settings, embedding_query_prefix="")).name == usual


@pytest.mark.model
def test_a_folder_with_broken_weights_is_named_in_one_line(settings: Settings, model_folder: Path) -> None:
    (model_folder / "model.safetensors").write_bytes(b"\x00" * 100)

    with pytest.raises(BadSettings, match="some model 加载失败") as caught:
        load_encoder(replace(settings, embedding_model=str(model_folder)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("model", "fault"),
    [
        ("bundled:other", "没有名为 bundled:other 的内置模型"),
        ("./no/such/folder", "不存在或不是文件夹"),
        ("not a name!", "也不是合法的模型名"),
        ("example/no-such-model", "本机没有，也下载不到"),
    ],
)
def test_a_model_that_is_not_there_gives_one_line_with_a_remedy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, model: str, fault: str
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(BadSettings, match=fault) as caught:
        find_model(replace(settings, embedding_model=model))
    assert "embedding_model" in caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="不是 sentence-transformers 模型"):
        find_model(replace(settings, embedding_model=str(tmp_path)))
