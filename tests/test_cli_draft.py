"""`report-assistant draft`: the contract's JSON, files, text for people, and one line for every mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.cli.app import build
from ingest.errors import BadOrder, UnwritableFile
from tests.manuscript_builders import ORG, archive_of

SPEC = f"""org: {ORG}
year: 2025
facts:
  - {{indicator: 两癌筛查, target: 12000人}}
  - {{text: 县中医院门诊楼九月底前封顶}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("draft") / "home"
    with archive_of(made):
        return made


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "order.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_ASSISTANT_HOME", str(home))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build(), ["draft", *map(str, arguments)], catch_exceptions=True)


def as_json(*arguments: object) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_json_is_the_contracts(spec: Path) -> None:
    made = as_json(spec)
    assert set(made) >= {"title", "outline", "sections", "citations", "placeholders", "checks"}
    assert made["outline"] == [one["heading"] for one in made["sections"]]
    for one in made["sections"]:
        for source in one["sources"]:
            assert set(source) == {"start", "end", "kind", "fact", "citation"}
    for blank in made["placeholders"]:
        text = made["sections"][blank["section"]]["text"][blank["start"] : blank["end"]]
        assert text == f"【待填：{blank['indicator']}，{blank['unit']}】"


def test_progress_goes_to_stderr(spec: Path) -> None:
    result = run(spec, "--json")
    assert "已起草第1部分" in result.stderr
    assert "已起草" not in result.stdout


def test_people_see_the_text_its_blanks_and_what_the_checks_say(spec: Path) -> None:
    result = run(spec)
    assert f"{ORG}2025年工作计划" in result.stdout
    assert "完成两癌筛查12000人" in result.stdout
    assert "待填写（" in result.stdout


def test_files_are_written(spec: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("计划.docx", "计划.md", "计划.txt")]
    result = run(spec, "--docx", paths[0], "--md", paths[1], "--txt", paths[2])
    assert result.exit_code == 0, result.stderr
    assert all(path.stat().st_size for path in paths)
    assert "12000人" in paths[1].read_text(encoding="utf-8")
    assert paths[0].read_bytes()[:2] == b"PK"


def test_sources_can_be_left_out(spec: Path, tmp_path: Path) -> None:
    with_them, without = tmp_path / "a.md", tmp_path / "b.md"
    run(spec, "--md", with_them)
    run(spec, "--md", without, "--no-sources")
    assert "青禾2023.txt" in with_them.read_text(encoding="utf-8")
    assert "青禾2023.txt" not in without.read_text(encoding="utf-8")


def test_only_the_outline_with_its_reasons(spec: Path) -> None:
    shown = run(spec, "--outline").stdout
    assert "本单位2024年计划" in shown and "参考：" in shown
    assert all({"heading", "reason", "exemplars"} <= set(one) for one in as_json(spec, "--outline"))


def test_only_the_facts_on_offer(spec: Path) -> None:
    offered = as_json(spec, "--facts")
    assert all(one["fact"]["target"] is None for one in offered)
    assert run(spec, "--facts").exit_code == 0


def test_an_unknown_key_is_one_line_with_the_nearest_known(tmp_path: Path) -> None:
    path = tmp_path / "order.yaml"
    path.write_text(SPEC + "sectoins: [中医药]\n", encoding="utf-8")
    error = run(path).exception
    assert isinstance(error, BadOrder)
    assert "sections" in str(error) and "\n" not in str(error)


def test_a_missing_order_is_one_line(tmp_path: Path) -> None:
    assert isinstance(run(tmp_path / "none.yaml").exception, BadOrder)


def test_a_file_that_cannot_be_written_is_one_line(spec: Path, tmp_path: Path) -> None:
    error = run(spec, "--md", tmp_path / "none" / "a.md").exception
    assert isinstance(error, UnwritableFile)
    assert "\n" not in str(error)


def test_outline_and_facts_do_not_go_together(spec: Path) -> None:
    assert run(spec, "--outline", "--facts").exit_code == 2


def test_a_section_without_exemplar_is_told(tmp_path: Path) -> None:
    path = tmp_path / "order.yaml"
    path.write_text(f"org: {ORG}\nyear: 2025\nsections: [海洋渔业]\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0
    assert "没有可参照的段落" in result.stdout
