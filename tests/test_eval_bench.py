"""The benchmarks: what is compared with what, and that a part that fails is an error and not a figure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from eval.bench.children import BenchError, module_result, seconds_of, seconds_until_page
from eval.bench.ingest import IngestBench, bench_ingest
from eval.bench.textbook import read
from ingest.embed.source import find_model
from ingest.settings import load_settings

BENCH = IngestBench(
    runs=1, characters=6000, ours_imports=1, ours_searchable=0.1, ours_complete=2, unchanged=0.01, textbook_imports=2,
    textbook_complete=3,
)  # fmt: skip


def test_ratios_say_how_many_times_as_fast_ours_is() -> None:
    assert BENCH.ratio == 1.5
    assert BENCH.searchable_ratio == pytest.approx(30)
    assert BENCH.unchanged_ratio == pytest.approx(200)
    assert BENCH.lines()[-1] == "ratio 1.50x  searchable 30.0x  unchanged 200x"
    assert BENCH.to_json()["ours_characters_per_second"] == 3000


def test_the_textbook_reads_text_of_any_format_we_read(tmp_path: Path) -> None:
    import docx

    (tmp_path / "a.txt").write_bytes("卫生工作总结，全年完成".encode("gb18030"))
    (tmp_path / "b.html").write_text("<html><script>var x</script><p>全年</p></html>", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph("一段话")
    document.save(str(tmp_path / "c.docx"))
    (tmp_path / "d.zip").write_bytes(b"PK")
    assert [read(tmp_path / name) for name in ("a.txt", "b.html", "c.docx", "d.zip")] == [
        "卫生工作总结，全年完成", "全年", "一段话", "",
    ]  # fmt: skip


def test_a_part_that_fails_is_an_error() -> None:
    with pytest.raises(BenchError):
        module_result("eval.no_such_module", [])
    with pytest.raises(BenchError):
        seconds_of([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(BenchError, match="结束"):
        seconds_until_page([sys.executable, "-c", "raise SystemExit(3)"], "http://127.0.0.1:9/", {}, 20)
    with pytest.raises(BenchError, match="没有响应"):
        seconds_until_page([sys.executable, "-c", "import time; time.sleep(60)"], "http://127.0.0.1:9/", {}, 0.3)


@pytest.mark.model
def test_both_pipelines_run_over_the_same_files(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2021, 2022):
        text = f"松溪县卫生健康局{year}年工作总结\n一、公共卫生\n" + "全县各乡镇卫生院按时完成了健康档案的更新。\n" * 20
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    result = bench_ingest(folder, find_model(load_settings(tmp_path)).folder, 1, lambda _: None)
    assert result.characters == sum(len(path.read_text(encoding="utf-8")) for path in folder.iterdir())
    assert 0 < result.ours_searchable <= result.ours_complete
    assert 0 < result.unchanged < result.ours_complete
    assert result.textbook_complete > 0
