"""An order is read as the writer meant it, and every mistake of his is one line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.drafting.order import BadOrder, parse_order, read_order
from assistant.drafting.types import Fact
from ingest.errors import ReportAssistantError

LEAST = {"org": "青禾县卫生健康局", "year": 2025}


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "order.yaml"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_full_order_is_read(tmp_path: Path) -> None:
    order = read_order(
        written(
            tmp_path,
            "org: 青禾县卫生健康局\nyear: 2025\nkind: 工作要点\nsections: [公共卫生服务, 中医药]\n"
            "facts: [{indicator: 免费筛查, target: 8000人}, {text: 迁建项目8月底前封顶}]\n"
            "up_to: 2024\ncomposer: llm\nlength: 短\ntone: 朴实\nprefer: 2024年计划\nexclude: [征求意见稿]\n"
            "addressee: 各乡镇卫生院：\ndate: 2025-01-10\n",
        )
    )
    assert (order.org, order.year, order.kind, order.up_to) == ("青禾县卫生健康局", 2025, "工作要点", 2024)
    assert order.sections == ("公共卫生服务", "中医药")
    assert order.facts == (
        Fact("免费筛查目标8000人", "免费筛查", "8000人"),
        Fact("迁建项目8月底前封顶"),
    )
    assert (order.composer, order.length, order.tone) == ("llm", "短", "朴实")
    assert (order.prefer, order.exclude) == (("2024年计划",), ("征求意见稿",))
    assert (order.addressee, order.date) == ("各乡镇卫生院：", "2025年1月10日")


def test_what_is_left_out_has_its_usual_value() -> None:
    order = parse_order(LEAST)
    assert (order.kind, order.composer, order.length, order.sections, order.facts) == (
        "全年工作计划",
        "skeleton",
        "中",
        (),
        (),
    )
    assert order.last_year == 2024


@pytest.mark.parametrize("year", [2025, "2025", "2025年", " 2025年度 "])
def test_a_year_may_be_written_in_any_way(year: object) -> None:
    assert parse_order({**LEAST, "year": year}).year == 2025


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({**LEAST, "section": ["中医药"]}, "是否想写 sections"),
        ({**LEAST, "单位": "某局"}, "是否想写 org"),
        ({**LEAST, "zzz": 1}, "可写的有"),
        ({"year": 2025}, "没有写单位"),
        ({"org": "某局"}, "没有写年份"),
        ({**LEAST, "year": "二〇二五"}, "应是年份"),
        ({**LEAST, "year": True}, "应是年份"),
        ({**LEAST, "up_to": "去年"}, "up_to"),
        ({**LEAST, "kind": "年度工作计划"}, "是否想写“全年工作计划”"),
        ({**LEAST, "composer": "gpt"}, "skeleton"),
        ({**LEAST, "length": "很长"}, "短、中、长"),
        ({**LEAST, "org": ["甲", "乙"]}, "org"),
        ({**LEAST, "sections": 3}, "清单"),
        ({**LEAST, "sections": [["甲"]]}, "sections"),
        ({**LEAST, "facts": 3}, "facts"),
        ({**LEAST, "facts": [3]}, "第1项"),
        ({**LEAST, "facts": [{"indicator": "甲", "target": "10", "000人": None}]}, "加引号"),
        ({**LEAST, "facts": [{"indictor": "甲"}]}, "是否想写 indicator"),
        ({**LEAST, "facts": [{"target": "3个"}]}, "没有写指标"),
        ({**LEAST, "facts": [{"text": "甲", "target": "3个"}]}, "指标名"),
        ({**LEAST, "facts": [{"indicator": ["甲"]}]}, "一段文字"),
        ({**LEAST, "facts": {"file": "nothing.xlsx"}}, "nothing.xlsx"),
    ],
)
def test_every_mistake_is_one_line_with_a_remedy(table: dict[str, object], said: str) -> None:
    with pytest.raises(BadOrder) as caught:
        parse_order(table)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value) and str(caught.value).endswith("。")
    assert isinstance(caught.value, ReportAssistantError)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("org：青禾县卫生健康局\nyear：2025", "半角冒号"),
        ("- 一\n- 二", "半角冒号"),
        ("", "半角冒号"),
        ("org: 甲\n  year: 3\n x", "第2行"),
        ("org: 甲\norg: 乙\nyear: 2025", "org 写了两次"),
        ("org: !!python/object:os.system {}\nyear: 2025", "YAML"),
    ],
)
def test_a_file_that_is_no_order_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadOrder) as caught:
        read_order(written(tmp_path, text))
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadOrder, match="无法打开"):
        read_order(tmp_path / "none.yaml")


def test_the_editor_of_an_office_may_write_gbk_or_a_byte_order_mark(tmp_path: Path) -> None:
    text = "org: 青禾县卫生健康局\nyear: 2025\n"
    assert read_order(written(tmp_path, text, "gb18030")) == read_order(written(tmp_path, text, "utf-8-sig"))


def test_facts_may_be_free_text() -> None:
    order = parse_order({**LEAST, "facts": "免费筛查目标8000人；建档率达到92%以上"})
    assert [(fact.indicator, fact.target) for fact in order.facts] == [("免费筛查", "8000人"), ("建档率", "92%以上")]


def test_the_numbers_of_facts_are_those_of_the_writers_list() -> None:
    facts = [{"text": "建档率92%；签约率80%"}, {"indicator": "甲项", "target": 3}, {"indicator": "甲项", "target": 3}]
    found = parse_order({**LEAST, "facts": facts}).facts
    assert [fact.text for fact in found] == ["建档率92%；签约率80%", "甲项目标3", "甲项目标3"]


def test_contradictory_facts_are_both_kept() -> None:
    facts = [{"indicator": "免费筛查", "target": "8000人"}, {"indicator": "免费筛查", "target": "9000人"}]
    assert [fact.target for fact in parse_order({**LEAST, "facts": facts}).facts] == ["8000人", "9000人"]


@pytest.mark.parametrize(
    "written",
    [
        "org: a\nyear: 2025\ndate: 2024-13-45\n",
        f"org: a\nyear: {'9' * 5000}\n",
        f"org: a\nyear: 0x{'f' * 6000}\n",
        f"org: {'[' * 3000}{']' * 3000}\nyear: 2025\n",
        "org: a\nyear: 2025\nfacts: [[&a [x, x, x], &b [*a, *a, *a], [*b, *b, *b]]]\n",
    ],
    ids=["a date that no calendar has", "endless digits", "endless hexadecimal digits", "bottomless", "references"],
)
def test_an_order_that_is_made_to_break_the_reader_is_one_line(tmp_path: Path, written: str) -> None:
    path = tmp_path / "order.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BadOrder) as refused:
        read_order(path)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200
