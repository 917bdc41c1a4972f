"""Headings and the paths they make."""

from __future__ import annotations

import pytest

from ingest.mapped import MappedText
from ingest.structure.headings import numbered_heading
from ingest.structure.lines import Line, to_lines
from ingest.structure.numbering import numbering_at
from ingest.types import Block, BlockKind
from tests.structure_builders import DEED, path_of, report_of, section_with

TITLE = "云岭县卫健局2022年工作总结\n"


def line(text: str) -> Line:
    return Line(MappedText.identity(text))


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("一、医疗服务", "cn", 1),
        ("十二、其他工作", "cn", 12),
        ("三．公共卫生", "cn", 3),
        ("（一）医疗服务", "cn_paren", 1),
        ("(二)医疗服务", "cn_paren", 2),
        ("（三）、医疗服务", "cn_paren", 3),
        ("(五）医疗服务", "cn_paren", 5),
        ("1.医疗服务", "num", 1),
        ("2、医疗服务", "num", 2),
        ("３．医疗服务", "num", 3),
        ("（4）医疗服务", "num_paren", 4),
        ("5）医疗服务", "num_paren", 5),
        ("⑥医疗服务", "circled", 6),
        ("第一部分 医疗服务", "part", 1),
        ("第二章 医疗服务", "part", 2),
        ("　>　二、医疗服务", "cn", 2),
        ("1.2022年主要工作", "num", 1),
    ],
)
def test_every_spelling_of_a_number_is_known(text: str, style: str, number: int) -> None:
    found = numbering_at(text)
    assert found is not None
    assert (found.style, found.number) == (style, number)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万人参保",
        "一、二级医院共3家",
        "一、二、三产业协调发展",
        "三、四类医疗器械",
        "2022年工作",
        "一是加强领导",
        "10.15疫情处置",
    ],
)
def test_figures_and_plain_words_are_no_numbering(text: str) -> None:
    assert numbering_at(text) is None


def test_a_short_numbered_line_is_a_heading_and_its_text_stays_out_of_the_passages() -> None:
    report = report_of(f"{TITLE}一、医疗服务\n（一）门诊\n{DEED}")
    section = section_with(report, "门诊服务平稳")
    assert section.path == ("一、医疗服务", "（一）门诊")
    assert [p.text.text for p in section.passages] == [DEED]


def test_an_inline_heading_names_the_path_and_its_sentence_stays_in_the_passage() -> None:
    report = report_of(f"{TITLE}（一）抓实医疗质量管理工作。一是健全制度。{DEED}")
    section = section_with(report, "健全制度")
    assert section.path == ("（一）抓实医疗质量管理工作",)
    assert section.passages[0].text.text.startswith("（一）抓实医疗质量管理工作。一是健全制度。")


def test_a_long_numbered_sentence_is_a_list_item_and_not_lost() -> None:
    item = (
        "1.继续把提高基层医疗卫生机构的服务能力作为今后一个时期的重要任务来抓好，持续改善乡村两级的就医条件，方便群众。"
    )
    report = report_of(f"{TITLE}一、医疗服务\n{DEED}\n{item}")
    assert path_of(report, "今后一个时期") == ("一、医疗服务",)


def test_a_list_item_between_headings_is_not_filed_under_the_item_before() -> None:
    item = "2.联合教育、民政、残联等部门对全县所有托幼机构、养老机构、残疾人服务机构开展了拉网式的排查和整治工作。"
    report = report_of(f"{TITLE}一、医疗服务\n1.抓好质量。{DEED}\n{item}\n3.抓好安全。病区全部上锁。")
    assert path_of(report, "拉网式") == ("一、医疗服务",)
    assert path_of(report, "病区全部上锁") == ("一、医疗服务", "3.抓好安全")


def test_a_numbered_clause_with_a_figure_is_a_statement() -> None:
    report = report_of(f"{TITLE}一、完成情况\n1.筛查两癌10082人。完成率较高。\n2.建立档案176053份。质量良好。")
    assert path_of(report, "10082") == ("一、完成情况",)


def test_enumerators_within_a_paragraph_are_no_headings() -> None:
    report = report_of(f"{TITLE}一、医疗服务\n一是改善环境。{DEED}\n二是充实力量。人员到位。")
    assert path_of(report, "充实力量") == ("一、医疗服务",)


@pytest.mark.parametrize("name", ["工作开展情况", "存在的主要问题", "下一步工作打算"])
def test_an_unnumbered_short_line_before_a_longer_text_is_a_heading(name: str) -> None:
    report = report_of(f"{TITLE}2022年，我局围绕中心工作，各项任务圆满完成。\n{name}\n{DEED}")
    assert path_of(report, "门诊服务平稳") == (name,)


@pytest.mark.parametrize(
    "text", ["云岭县卫健局", "2022年12月30日", "来源：县卫健局", "各位代表", "局长 张三", "一是加强领导"]
)
def test_signatures_dates_and_salutations_are_no_headings(text: str) -> None:
    report = report_of(f"{TITLE}一、医疗服务\n{DEED}\n{text}\n{DEED}{DEED}")
    assert all(section.path == ("一、医疗服务",) for section in report.sections)


def test_lines_of_a_hard_wrapped_paragraph_are_no_headings() -> None:
    wrapped = "\n".join(
        [
            "我局围绕群众看病就医这个中心任务持续改进服务质量",
            "和服务态度着力解决群众反映强烈的突出问题取得了明显",
            "成效。",
        ]
    )
    report = report_of(f"{TITLE}一、医疗服务\n{wrapped}")
    assert {section.path for section in report.sections} == {("一、医疗服务",)}


def test_a_heading_that_lost_its_number_is_a_sister_of_the_next() -> None:
    report = report_of(
        f"{TITLE}工作开展情况\n（一）医疗服务。门诊平稳。\n二、下一步工作打算\n（一）深化改革。继续推进。"
    )
    assert path_of(report, "门诊平稳") == ("工作开展情况", "（一）医疗服务")
    assert path_of(report, "继续推进") == ("二、下一步工作打算", "（一）深化改革")


def test_an_unnumbered_part_may_stand_above_numbered_headings() -> None:
    report = report_of(f"{TITLE}2022年工作回顾\n一、医疗服务\n{DEED}\n2023年工作安排\n一、深化改革\n继续推进。")
    assert path_of(report, "门诊服务") == ("2022年工作回顾", "一、医疗服务")
    assert path_of(report, "继续推进") == ("2023年工作安排", "一、深化改革")


def test_numbering_that_starts_again_makes_sisters() -> None:
    report = report_of(
        f"{TITLE}1、医疗服务。{DEED}\n2、公共卫生。档案完整。\n1、队伍建设。招聘到位。\n2、党建工作。学习到位。"
    )
    assert path_of(report, "档案完整") == ("2、公共卫生",)
    assert path_of(report, "招聘到位") == ("1、队伍建设",)


def test_the_report_s_own_order_of_styles_wins() -> None:
    text = "1、抓好门诊。做好三件事：\n（一）改善环境。环境整洁。\n（二）优化流程。流程顺畅。\n2、抓好住院。病房整洁。"
    report = report_of(TITLE + text)
    assert path_of(report, "流程顺畅") == ("1、抓好门诊", "（二）优化流程")
    assert path_of(report, "病房整洁") == ("2、抓好住院",)


def test_the_usual_order_closes_lower_headings() -> None:
    report = report_of(f"{TITLE}一、医疗\n（一）门诊\n1.环境。整洁。\n（二）住院\n病房安静。\n二、公卫\n{DEED}")
    assert path_of(report, "病房安静") == ("一、医疗", "（二）住院")
    assert path_of(report, "门诊服务平稳") == ("二、公卫",)


def test_a_table_of_contents_makes_no_headings() -> None:
    contents = "一、医疗服务\n二、公共卫生\n三、队伍建设\n"
    report = report_of(f"{TITLE}{contents}一、医疗服务\n{DEED}\n二、公共卫生\n档案完整。\n三、队伍建设\n招聘到位。")
    assert path_of(report, "档案完整") == ("二、公共卫生",)
    assert [s.path for s in report.sections if s.passages].count(("二、公共卫生",)) == 1


def test_levels_that_the_format_declares_are_used() -> None:
    texts: list[tuple[str, BlockKind, int | None]] = [
        ("医疗服务", "heading", 1),
        ("门诊", "heading", 2),
        (DEED, "paragraph", None),
        ("公共卫生", "heading", 1),
        ("档案完整。", "paragraph", None),
    ]
    blocks = tuple(
        Block(MappedText.identity(text, n * 100), kind, level) for n, (text, kind, level) in enumerate(texts)
    )
    report = report_of("", blocks=blocks)
    assert path_of(report, "门诊服务") == ("医疗服务", "门诊")
    assert path_of(report, "档案完整") == ("公共卫生",)


def test_headings_that_a_converter_ran_into_one_line_are_found() -> None:
    text = f"现将工作总结如下： 一、工作总结 （一）改革深入推进 {DEED} （二）服务持续改善 {DEED}二、工作打算 {DEED}"
    report = report_of(TITLE + text)
    paths = {section.path for section in report.sections}
    assert ("一、工作总结", "（二）服务持续改善") in paths
    assert any(path[0] == "二、工作打算" for path in paths if path)


def test_numbers_within_a_sentence_do_not_break_a_line() -> None:
    text = f"{DEED}迁建工程含2、3号楼和一、二级库房。{DEED}"
    assert [found.string for found in to_lines((Block(MappedText.identity(text)),))] == [text]


def test_a_table_row_is_never_a_heading() -> None:
    assert numbered_heading(Line(MappedText.identity("一、指标 | 任务数"), "table_row")) is None
    assert numbered_heading(line("一、指标")) is not None
