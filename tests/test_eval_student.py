"""Making a student: its texts, its start from the teacher's layers, its training, and the folder that comes out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel

from eval.student.loss import distillation_loss
from eval.student.measure import dense_ranks
from eval.student.shrink import keep_layers, write_folder
from eval.student.teacher import lessons, pooled
from eval.student.texts import LENGTHS, NoTexts, Prefixes, cut, folder_lines, pieces
from eval.student.train import optimizer_of, step, train

PREFIXES = Prefixes("query: ", "passage: ")
LINES = [
    f"第{n}乡完成改厕{n * 7}户。群众满意度达到{90 + n % 9}%；下一步继续抓好管护，确保长期使用。" for n in range(30)
]


def tiny_bert(layers: int = 4) -> BertModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=200, hidden_size=32, num_hidden_layers=layers, num_attention_heads=4, intermediate_size=64
    )
    return BertModel(config, add_pooling_layer=False).train(mode=False)


def characters(texts: list[str]) -> list[list[int]]:
    """A tokeniser of a character a token."""
    return [[1, *(3 + ord(one) % 190 for one in text), 2] for text in texts]


class TestTexts:
    def test_pieces_are_questions_and_passages_without_repeats(self) -> None:
        found = pieces(LINES * 2, PREFIXES, 0)

        assert len(set(found)) == len(found)
        assert {text.split(" ")[0] for text in found} == {"query:", "passage:"}
        assert found == pieces(LINES * 2, PREFIXES, 0) != pieces(LINES * 2, PREFIXES, 1)

    def test_a_piece_is_cut_to_a_length_and_ends_as_before(self) -> None:
        assert cut([1, *range(10, 40), 2]) == [1, *range(10, 40), 2]
        assert cut([1, *range(10, 42), 2]) == [1, *range(10, 40), 2]
        assert cut(list(range(LENGTHS[0] - 1))) is None

    def test_all_files_of_a_folder_are_read_and_a_line_counts_once(self, tmp_path: Path) -> None:
        (tmp_path / "inner").mkdir()
        (tmp_path / "a.txt").write_text("全县卫生工作会议召开。\n短。\n", encoding="utf-8")
        (tmp_path / "inner" / "b.txt").write_text("全县卫生工作会议召开。\n疫苗接种点增加到九个。\n", encoding="utf-8")

        assert folder_lines(tmp_path) == ["全县卫生工作会议召开。", "疫苗接种点增加到九个。"]

    def test_a_folder_without_text_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(NoTexts):
            folder_lines(tmp_path)


class TestTraining:
    def test_lessons_hold_what_the_teacher_says(self) -> None:
        teacher = tiny_bert()
        told: list[int] = []
        made = lessons(teacher, [text * 3 for text in LINES], characters, 60, told.append)

        assert made and told[-1] == sum(lesson.ids.numel() for lesson in made)
        for lesson in made:
            assert lesson.states.shape == (*lesson.ids.shape, 32)
            with torch.inference_mode():
                wanted = pooled(teacher(lesson.ids).last_hidden_state)
            assert (lesson.vectors * wanted).sum(dim=1).min() > 0.99

    def test_the_loss_of_the_teacher_itself_is_nothing(self) -> None:
        states = torch.randn(6, 16, 32)
        loss = distillation_loss(states, states, pooled(states), pooled(states))

        assert loss.total(0.5).item() == pytest.approx(0, abs=1e-4)
        assert distillation_loss(-states, states, pooled(states), pooled(states)).total(0.5) > 1

    def test_steps_lower_the_loss_and_leave_the_embeddings(self) -> None:
        made = lessons(tiny_bert(), [text * 3 for text in LINES], characters, 60, lambda _: None)
        student = keep_layers(tiny_bert(), (0, 3))
        words = student.embeddings.word_embeddings.weight.clone()
        optimizer = optimizer_of(student)
        bank = torch.cat([lesson.vectors for lesson in made])
        losses = [step(student, optimizer, made[0], bank, 0.3).total(0.3).item() for _ in range(25)]

        assert losses[-1] < 0.7 * losses[0]
        assert torch.equal(student.embeddings.word_embeddings.weight, words)


class TestFolder:
    def test_it_holds_the_layers_in_a_row_and_all_else_of_the_teacher(self, tmp_path: Path) -> None:
        teacher = tmp_path / "teacher"
        tiny_bert().save_pretrained(teacher)
        weights = load_file(teacher / "model.safetensors")
        save_file({**weights, "pooler.dense.bias": torch.ones(32)}, teacher / "model.safetensors")
        (teacher / "tokenizer.json").write_text("{}", encoding="utf-8")
        student = keep_layers(tiny_bert(), (0, 3))
        write_folder(teacher, student.state_dict(), 2, tmp_path / "student")
        write_folder(teacher, student.state_dict(), 2, tmp_path / "student")
        made = load_file(tmp_path / "student" / "model.safetensors")
        again = BertModel.from_pretrained(tmp_path / "student")

        assert again.config.num_hidden_layers == len(again.encoder.layer) == 2
        assert torch.equal(made["encoder.layer.1.output.dense.weight"], weights["encoder.layer.3.output.dense.weight"])
        assert torch.equal(made["pooler.dense.bias"], torch.ones(32))
        assert (tmp_path / "student" / "tokenizer.json").is_file()
        assert [path.name for path in tmp_path.iterdir() if "making" in path.name] == []

    @pytest.mark.model
    def test_the_product_takes_it_as_its_model(self, tmp_path: Path) -> None:
        from dataclasses import replace

        from ingest.embed import load_encoder
        from ingest.embed.bundled import bundled_folder
        from ingest.settings import load_settings

        student = keep_layers(BertModel.from_pretrained(bundled_folder(), add_pooling_layer=False), (0, 11))
        write_folder(bundled_folder(), student.state_dict(), 2, tmp_path / "student")
        settings = load_settings(tmp_path, {})
        encoder = load_encoder(replace(settings, embedding_model=str(tmp_path / "student")))

        assert encoder.name != load_encoder(settings).name
        assert encoder.encode_passages(["卫生院", "学校"]).shape == (2, 384)

    @pytest.mark.model
    def test_a_student_may_start_from_another(self, tmp_path: Path) -> None:
        from ingest.embed.bundled import bundled_folder

        teacher = BertModel.from_pretrained(bundled_folder(), add_pooling_layer=False)
        of_teacher = [layer.output.dense.weight.clone() for layer in teacher.encoder.layer]
        write_folder(bundled_folder(), keep_layers(teacher, (2, 7)).state_dict(), 2, tmp_path / "first")
        texts = pieces(LINES, PREFIXES, 0)
        train(bundled_folder(), texts, (1,), 0.05, tmp_path / "second", lambda _: None, tmp_path / "first")
        made = BertModel.from_pretrained(tmp_path / "second").encoder.layer
        distances = [torch.dist(made[0].output.dense.weight, weight).item() for weight in of_teacher]

        assert len(made) == 1 and min(distances) == distances[7]


def test_dense_places_count_from_one_among_all_passages() -> None:
    passages = np.eye(3, dtype=np.float32)
    questions = np.array([[0.9, 0.3, 0.1], [0.9, 0.3, 0.1]], dtype=np.float32)

    assert dense_ranks(questions, passages, [0, 2]) == [1, 3]
