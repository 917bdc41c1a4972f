"""What holds for every text, report or not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.structure_builders import blocks_of, passages_of, reports_of

_LINES = st.sampled_from(
    [
        "云岭县卫健局2022年工作总结",
        "2022年工作总结和2023年工作计划",
        "工作总结篇一",
        "工作总结篇二",
        "一、工作情况",
        "（一）医疗服务。门诊平稳。",
        "1.抓好门诊工作。环境整洁；流程顺畅。",
        "（2）完成10082人，完成率100.82%。",
        "二、下一步打算",
        "存在的问题",
        "下一步，我局将继续努力。一是抓管理；二是抓培训。",
        "2022年，在县委的领导下，各项工作有序开展。",
        "20xx年，我委继续推进各项改革任务，群众满意度持续提升。",
        "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。",
        "云岭县卫生健康局",
        "2022年12月20日",
        "指标 | 任务数 | 完成数",
        "……",
        "1.",
        "（一）",
        "第一部分",
        "》）。",
    ]
)
_TEXTS = st.lists(
    _LINES | st.text(alphabet="一二（）、。：；1.2年月工作总结计划县局我将 \t　x", max_size=30), max_size=14
).map("\n".join)


_TITLES = 6
"""A headline and the report's own title, of up to three lines each."""
_TITLE_AMONG = 16
"""A headline is looked for in the first ten lines, the report's own title in the three under it."""
_LONGEST_TITLE = 60


@given(_TEXTS, st.integers(min_value=5, max_value=400))
def test_any_lines_of_text_make_reports_in_source_order(text: str, budget: int) -> None:
    reports = reports_of(text, budget=budget)
    assert bool(reports) == bool(text.strip())
    ends = [0, *(report.end for report in reports)]
    for report, before in zip(reports, ends, strict=False):
        assert report.title
        assert before <= report.start < report.end <= len(text)
        assert set(report.reasons) == {"title", "org", "year", "kind", "published"} == set(report.certainty)
        starts = [section.start for section in report.sections]
        assert starts == sorted(starts)
        for section in report.sections:
            assert report.start <= section.start < section.end <= report.end
            assert all(section.start <= p.start < p.end <= section.end for p in section.passages)


@given(_TEXTS)
def test_passages_hold_every_character_of_a_report_once_but_those_of_titles_and_headings(text: str) -> None:
    reports = reports_of(text)
    held: list[int] = []
    for passage in passages_of(reports):
        mapped = passage.text
        held += [at for at, end in zip(mapped.starts, mapped.ends, strict=True) if end > at and not text[at].isspace()]
        shown = [char for char, at, end in zip(mapped.text, mapped.starts, mapped.ends, strict=True) if end > at]
        assert shown == [text[at] for at, end in zip(mapped.starts, mapped.ends, strict=True) if end > at]
    assert len(held) == len(set(held))
    assert held == sorted(held)
    kept = set(held)
    for report in reports:
        named = {_letters(part) for section in report.sections for part in section.path}
        titles = 0
        for n, block in enumerate(b for b in blocks_of(text) if report.start <= b.text.starts[0] < report.end):
            left = "".join(text[at] for at in block.text.starts if at not in kept and not text[at].isspace())
            if left and _letters(left) not in named:
                titles += 1
                assert n < _TITLE_AMONG and len(left) <= _LONGEST_TITLE
        assert titles <= _TITLES


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
