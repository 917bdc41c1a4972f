"""One file through reading, cleaning and structuring."""

from __future__ import annotations

from pathlib import Path

from ingest.mapped import MappedText
from ingest.pipeline import pipeline_version, read_file, storable
from ingest.settings import Settings
from ingest.types import Block, Document

TEXT = """河湾县卫生健康局2023年工作总结

一、主要工作
全县改造乡镇卫生院六所，新增床位一百二十张。
二、2024年工作打算
启动县中医医院迁建。
"""


def test_a_plain_file_becomes_a_report_whose_passages_lie_in_its_text(tmp_path: Path) -> None:
    read = read_file(Path("河湾县2023年总结.txt"), TEXT.encode("gb18030"), Settings(tmp_path))
    (report,) = read.reports
    assert report.year == 2023
    passages = [passage for section in report.sections for passage in section.passages]
    found = [read.document.text[passage.start : passage.end] for passage in passages]
    assert any("新增床位一百二十张" in text for text in found) and any("迁建" in text for text in found)


def test_characters_that_no_database_takes_are_replaced_one_for_one() -> None:
    text = "甲\ud800乙"
    document = storable(Document(text, (Block(MappedText.identity(text)),), "pdf"))
    assert document.text == document.blocks[0].text.text == "甲\ufffd乙"
    assert document.blocks[0].text.span(2, 3) == (2, 3)


def test_settings_that_shape_the_passages_are_part_of_the_version(tmp_path: Path) -> None:
    assert pipeline_version(Settings(tmp_path)) != pipeline_version(Settings(tmp_path, passage_tokens=1))
