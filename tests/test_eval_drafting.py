"""The judge of drafts sees each fault that is planted and none in a clean text; the fakes do what they are for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Mm, Pt

from assistant.drafting.export.docx import write_docx
from assistant.drafting.types import Manuscript, Order
from eval.drafting import official
from eval.drafting.copied import Compared, longest, share
from eval.drafting.guests import WRONG, Adversarial, obedient
from eval.drafting.judge import Verdict, Written, judge
from eval.drafting.score import LONGEST
from tests.checks_builders import exemplar, run, section

ORG, YEAR = "柳溪县卫生健康局", 2026
OWN = Written(
    1,
    ORG,
    (ORG, "柳溪县", "柳溪"),
    "去年完成两癌筛查9600人，打造“柳溪健康行”品牌，加强慢性病规范管理和随访，推进家庭医生签约服务提质增效。",
    2025,
)
NEIGHBOUR = Written(
    2,
    "平沙县卫生健康局",
    ("平沙县卫生健康局", "平沙县", "平沙"),
    "推进“仁心相伴”工程建设，在全县布设二十六个健康驿站，组织志愿者逐村上门随访登记造册并按月通报进展情况，落实《平沙健康三年行动方案》。",
    2025,
)
FACTS = ({"text": "两癌筛查10000人", "indicator": "两癌筛查", "target": "10000人", "result": None},)
QUOTE = {"n": 1, "quote": "去年完成两癌筛查9600人", "period": "2025"}


def _made(text: str, *sources: dict[str, Any], heading: str = "公共卫生服务") -> dict[str, Any]:
    return {
        "title": "工作计划",
        "sections": [{"heading": heading, "text": text, "sources": list(sources)}],
        "citations": [QUOTE],
    }


def _source(text: str, kind: str, **of: Any) -> dict[str, Any]:
    return {"start": 0, "end": len(text), "kind": kind, "fact": None, "citation": None} | of


def _judge(text: str, *sources: dict[str, Any]) -> Verdict:
    return judge(_made(text, *sources), FACTS, ORG, YEAR, (OWN, NEIGHBOUR), frozenset({1}), ("云陌市",))


def _faults(verdict: Verdict) -> dict[str, int]:
    kinds = ("unsourced", "old_targets", "leaks", "stale")
    return {kind: len(getattr(verdict, kind)) for kind in kinds if getattr(verdict, kind)}


CLEAN = [
    "加强慢性病管理，做实家庭医生签约服务，落实三级预防。",
    "一是抓好2026年重点任务。二是总结“十四五”工作经验，编制好“十五五”规划。",
    "两癌筛查【待填：两癌筛查，人】，签约率达到【待填：签约率，%】。",
    "（一）抓改革\n1. 落实党的二十大精神，巩固2025年工作成果。\n2. 落实24小时值班。",
    "推进“十件实事”落实。打造“柳溪健康行”品牌，落实《中华人民共和国传染病防治法》。",
]


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_section_has_no_fault(text: str) -> None:
    assert _faults(_judge(text)) == {}


def test_a_figure_of_a_fact_or_of_last_year_told_as_such_is_no_fault() -> None:
    fact, cited = "两癌筛查完成10000人。", "去年完成两癌筛查9600人。"
    assert _faults(_judge(fact, _source(fact, "fact", fact=0))) == {}
    assert _faults(_judge(cited, _source(cited, "figure", citation=1))) == {}
    assert _judge(fact, _source(fact, "fact", fact=0)).facts == (1, 1)
    assert _judge(CLEAN[0]).facts == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "完成筛查12345人。",
        "覆盖率达到百分之九十五。",
        "培训医务人员五千六百名。",
        "新建健康驿站三个。",
        "力争6月底前完成。",
        "到2035年全面完成。",
        "完成筛查１２００人。",
    ],
)
def test_a_figure_from_nowhere_is_counted(text: str) -> None:
    assert _faults(_judge(text)).get("unsourced", 0) >= 1


def test_a_source_that_does_not_hold_the_figure_supports_nothing() -> None:
    text = "两癌筛查完成12000人。"
    for source in (
        _source(text, "fact", fact=0),
        _source(text, "figure", citation=1),
        _source(text, "figure", citation=9),
        _source(text, "fact", fact=7),
    ):
        assert "unsourced" in _faults(_judge(text, source))


def test_an_exemplar_supports_no_figure() -> None:
    text = "去年完成两癌筛查9600人。"
    assert _faults(_judge(text, _source(text, "exemplar", citation=1))) == {"unsourced": 1}


@pytest.mark.parametrize("text", ["力争完成两癌筛查9600人。", "两癌筛查9600人。"])
def test_last_years_figure_as_a_target_is_counted(text: str) -> None:
    assert _faults(_judge(text, _source(text, "figure", citation=1))) == {"old_targets": 1}


@pytest.mark.parametrize(
    "text",
    [
        "学习平沙县经验。",
        "推进“仁心相伴”工程。",
        "与云陌市协作。",
        "由王建国局长牵头。",
        "落实《平沙健康三年行动方案》。",
    ],
)
def test_a_name_of_others_is_counted(text: str) -> None:
    assert "leaks" in _faults(_judge(text))


@pytest.mark.parametrize(
    "text",
    [
        "确保2024年底前完成。",
        "落实“十三五”规划任务。",
        "20xx年抓好落实。",
        "二〇二六年抓好落实。",
        "到2020年基本建成。",
        "推进“十六五”规划。",
    ],
)
def test_a_stale_year_or_period_is_counted(text: str) -> None:
    assert "stale" in _faults(_judge(text))


def test_a_copied_stretch_is_measured() -> None:
    copied = NEIGHBOUR.text[24:62]
    verdict = _judge(f"抓好落实。{copied}，加强宣传。")
    assert len(verdict.run) >= len(copied) - 1
    assert verdict.share([0]) > 0.5
    assert verdict.share([1]) == 0.0
    assert _judge(CLEAN[0]).run == ""


def test_what_could_not_be_seen_is_not_copied() -> None:
    later = replace(NEIGHBOUR, year=YEAR)
    made = _made(NEIGHBOUR.text[24:62])
    assert judge(made, FACTS, ORG, YEAR, (OWN, later), frozenset({1})).run == ""


def test_fixed_formulae_are_no_copy() -> None:
    formula = "坚持以习近平新时代中国特色社会主义思想为指导，坚持稳中求进工作总基调，"
    assert longest(Compared(formula), Compared(f"{formula}抓落实")) == ""
    assert share(Compared("天地玄黄宇宙洪荒日月盈昃辰宿列张"), Compared("天地玄黄宇宙洪荒日月盈昃辰宿列张")) == 1.0


def test_empty_sections_and_placeholders_are_counted() -> None:
    assert _judge("").empty == 1
    assert _judge(CLEAN[2]).placeholders == 2


def _manuscript() -> Manuscript:
    text = "（一）抓改革\n抓好各项改革任务落实。"
    return Manuscript(Order(ORG, YEAR), f"{ORG}{YEAR}年工作计划", (section(text),), (), (), ())


def test_the_form_of_a_written_document_is_right(tmp_path: Path) -> None:
    write_docx(_manuscript(), tmp_path / "a.docx")
    assert [one.name for one in official.facts(tmp_path / "a.docx") if not one.right] == []


def test_a_document_out_of_form_is_told_so(tmp_path: Path) -> None:
    write_docx(_manuscript(), tmp_path / "a.docx")
    spoilt = Document(str(tmp_path / "a.docx"))
    spoilt.sections[0].top_margin = Mm(20)
    spoilt.settings.odd_and_even_pages_header_footer = False
    for paragraph in spoilt.paragraphs:
        paragraph.paragraph_format.line_spacing = Pt(20)
        for piece in paragraph.runs:
            piece.font.size = Pt(12)
            piece.font.bold = True
    spoilt.save(str(tmp_path / "b.docx"))
    wrong = {one.name for one in official.facts(tmp_path / "b.docx") if not one.right}
    assert {"margin at the top 37 mm", "nothing bold", "lines about 28 pt", "text 仿宋, 16 pt"} <= wrong
    assert "odd and even pages differ" in wrong


ASKED = "单位：甲\n要点：\n1. 加强慢性病管理\n2. 做好签约\n给定事实：\n- 签约率达到75%\n写作要求：无\n成稿："


def test_the_obedient_fake_tells_what_it_was_given() -> None:
    said = obedient(ASKED)
    assert "加强慢性病管理" in said and "做好签约" in said and "签约率达到75%" in said


def test_the_adversarial_fake_takes_every_character_in_turn() -> None:
    guest = Adversarial()
    guest.exemplar = NEIGHBOUR.text
    said = [guest(ASKED) for _ in WRONG]
    assert "12345人" in said[0]
    assert NEIGHBOUR.text in said
    assert "" in said
    assert guest(ASKED) == said[0]


def test_the_judge_catches_what_the_adversarial_fake_says() -> None:
    guest = Adversarial()
    guest.exemplar = NEIGHBOUR.text
    caught = {}
    for name in WRONG:
        verdict = _judge(guest(ASKED))
        caught[name] = bool(_faults(verdict)) or len(verdict.run) > LONGEST
    for name in (
        "invented_figures",
        "spelt_figures",
        "old_year",
        "old_plan",
        "another_body",
        "another_project",
        "copies",
    ):
        assert caught[name], name


@pytest.mark.parametrize("name", sorted(set(WRONG) - {"nothing", "chatty", "endless"}))
def test_the_products_checks_find_what_the_adversarial_fake_says(name: str) -> None:
    guest = Adversarial((name,))
    guest.exemplar = NEIGHBOUR.text
    text = guest(ASKED)
    assert any(one.severity == "error" for one in run(text, exemplars=[exemplar(NEIGHBOUR.text)], composer="llm"))
