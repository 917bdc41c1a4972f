"""The measure of near-duplicates, on the sample archive with its copies and on planted look-alikes."""

from __future__ import annotations

from pathlib import Path

from eval.metrics.duplicates import DuplicateScore, duplicate_score, sample_copies
from eval.sample.archive import generate
from tests.copies_builders import prose


def test_the_copies_of_the_sample_archive_are_found_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    known = sample_copies()
    assert len(known) == 2
    score = duplicate_score(generate(tmp_path), tmp_path / "home", known)
    assert (score.recall, score.precision) == (1.0, 1.0), score


def test_planted_look_alikes_are_kept_apart(tmp_path: Path) -> None:
    body = prose(1)
    draft = [*body[:5], body[5].replace("人次", "1人次"), *body[6:]]
    texts = {
        "2022.txt": ("青禾县卫生健康局2022年工作总结", body),
        "2022网上.txt": ("青禾县卫生健康局2022年工作总结", ["收藏 分享", *body]),
        "2021.txt": ("青禾县卫生健康局2021年工作总结", body),
        "白石.txt": ("白石县卫生健康局2022年工作总结", body),
        "草稿.txt": ("青禾县卫生健康局2022年工作总结", draft),
    }
    folder = tmp_path / "in"
    folder.mkdir()
    for name, (title, lines) in texts.items():
        (folder / name).write_text("\n\n".join((title, "一、主要工作", *lines)), encoding="utf-8")
    score = duplicate_score(folder, tmp_path / "home", [["2022.txt", "2022网上.txt"]])
    assert score == DuplicateScore((frozenset({"2022.txt", "2022网上.txt"}),), (), ())


def test_what_is_missed_and_what_is_wrong_both_show(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        lines = ("青禾县卫生健康局2022年工作总结", "一、主要工作", *prose(1), name)
        (folder / name).write_text("\n\n".join(lines), encoding="utf-8")
    (folder / "c.txt").write_text("\n\n".join(("青禾县卫生健康局2020年工作总结", *prose(2))), encoding="utf-8")
    score = duplicate_score(folder, tmp_path / "home", [["a.txt", "c.txt"]])
    assert (score.recall, score.precision) == (0.0, 0.0)
