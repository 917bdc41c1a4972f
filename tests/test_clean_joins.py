"""Broken lines become whole paragraphs again; headings and list items keep their own."""

from __future__ import annotations

from tests.clean_documents import cleaned, lines

PARAGRAPH = (
    "今年以来，我局认真落实上级部署，扎实推进各项卫生健康工作，医疗服务能力明显提高，基层条件持续改善，"
    "全年门急诊总量达到一百二十万人次，住院病人平均费用有所下降，群众满意度稳步上升，各项指标均好于上年同期水平。"
)


def wrapped(text: str, width: int = 28) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def test_lines_of_fixed_width_become_one_paragraph() -> None:
    body = PARAGRAPH * 3
    assert lines("\n".join(wrapped(body))) == [body]


def test_a_heading_begins_a_new_paragraph_in_wrapped_text() -> None:
    first, second = PARAGRAPH.rstrip("。"), PARAGRAPH
    for heading in ("一、主要工作情况", "（一）抓好公共卫生", "2.加强队伍建设", "第二篇 工作计划"):
        text = "\n".join([*wrapped(first), heading, *wrapped(second)])
        assert lines(text) == [first, heading, second]


def test_a_decimal_at_the_start_of_a_line_is_not_a_heading() -> None:
    body = PARAGRAPH[:84] + "1.5亿元用于改善就医条件，2.3亿元用于更新设备，其余由财政统筹。"
    assert wrapped(body)[3].startswith("1.5亿元")
    assert lines("\n".join([*wrapped(PARAGRAPH[:84]), *wrapped(body)])) == [PARAGRAPH[:84] + body]


def test_a_sentence_that_ends_where_the_paper_ends_does_not_end_the_paragraph() -> None:
    full = PARAGRAPH[:83] + "。"
    rows = [*wrapped(full), *wrapped(PARAGRAPH[:83] + "："), *wrapped(PARAGRAPH)]
    assert [len(row) for row in rows[:6]] == [28] * 6
    assert lines("\n".join(rows)) == [full + PARAGRAPH[:83] + "：" + PARAGRAPH]


def test_an_indented_line_begins_a_new_paragraph() -> None:
    first = PARAGRAPH.rstrip("。")
    text = "\n".join([*wrapped(first), *wrapped("　　" + PARAGRAPH)])
    assert lines(text) == [first, PARAGRAPH]


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    text = "清源县卫健局\n关于报送工作总结的报告\n县人民政府\n现将有关情况报告如下：\n一是抓落实。\n特此报告"
    assert lines(text) == text.splitlines()


def test_a_link_on_a_line_of_its_own_goes_back_into_its_sentence() -> None:
    assert lines("认真执行《\n基本医疗卫生法\n》和有关规定，\n落实各项制度。") == [
        "认真执行《基本医疗卫生法》和有关规定，落实各项制度。"
    ]


def test_a_bare_number_is_joined_with_what_it_numbers() -> None:
    assert lines("（一）\n基层服务能力提升") == ["（一）基层服务能力提升"]


def test_a_sentence_cut_by_a_page_number_is_joined_over_it() -> None:
    rows = wrapped(PARAGRAPH * 2)
    assert lines("\n".join([*rows[:3], "- 1 -", *rows[3:]])) == [PARAGRAPH * 2]


def test_a_title_in_wrapped_text_is_not_joined_with_the_body() -> None:
    title = "清源县卫生健康局2022年度工作总结"
    assert lines("\n".join([title, *wrapped(PARAGRAPH * 2)])) == [title, PARAGRAPH * 2]


def test_lines_that_a_paged_format_keeps_apart_stay_apart() -> None:
    text = "\n".join(f"{n}类项目按照年度计划安排全部完成建设并投入使用" for n in "甲乙丙丁戊己庚辛")
    assert lines(text, (1, 1, 1, 1, 2, 2, 2, 2)) == text.splitlines()


def test_two_latin_words_are_parted_by_a_blank_when_lines_join() -> None:
    rows = [
        *wrapped(PARAGRAPH[:84]),
        "为提高管理水平全县引进的健康管理系统名称为World Health",
        "Organization推荐的平台，并已经投入使用，效果较好",
    ]
    assert "World Health Organization" in "".join(lines("\n".join(rows)))


def test_flattened_text_is_cut_before_its_numbering() -> None:
    flat = f"{PARAGRAPH} (一)医改深入推进 1、制度更加健全 {PARAGRAPH} 2、保障水平提高。{PARAGRAPH}"
    assert lines(flat) == [PARAGRAPH, "(一)医改深入推进", "1、制度更加健全", PARAGRAPH, f"2、保障水平提高。{PARAGRAPH}"]


def test_spread_letters_and_numbers_are_closed_up() -> None:
    assert lines("工 作 总 结") == ["工作总结"]
    assert lines("截至 2022 年底，完成 95.5 % 的任务。") == ["截至2022年底，完成95.5%的任务。"]


def test_a_text_that_spaces_every_digit_is_closed_up_without_doubt() -> None:
    text = "".join(f"1 9 9 {n} 年增长1 {n} ％，新增{n} 5 个。" for n in range(6))
    result = cleaned(text)
    assert result.blocks[0].text.text.startswith("1990年增长10%，新增05个。")
    assert result.marks == ()


def test_invisible_characters_go() -> None:
    assert lines("\ufeff工作\u200b总结\n\u200b\n完成。") == ["工作总结", "完成。"]


def test_character_references_become_characters() -> None:
    text = "&nbsp;&nbsp;开展&ldquo;两癌&rdquo;筛查&#8212;&#8212;共3万人。&nbsp;"
    block = cleaned(text).blocks[0]
    assert block.text.text == "开展“两癌”筛查——共3万人。"
    assert text[slice(*block.text.span(2, 3))] == "&ldquo;"
