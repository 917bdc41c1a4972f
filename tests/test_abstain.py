"""What is said instead of an answer: that it is not there, and what is."""

from __future__ import annotations

from assistant.abstain import NOT_FOUND, abstention, holdings
from tests.assistant_builders import question
from tests.builders import report

REPORTS = [
    report(1, "青禾县卫生健康局", "青禾县", "县", 2021),
    report(2, "青禾县卫生健康局", "青禾县", "县", 2022),
    report(3, "临泽市卫生健康委员会", "临泽市", "市", 2022),
]


def said(text: str) -> str:
    return abstention(question(text), REPORTS)


def test_every_abstention_begins_with_the_one_phrase() -> None:
    for text in ("2019年青禾县建档率", "红枫县建档率", "2019年建档率", "建档率是多少", "你好"):
        assert said(text).startswith(NOT_FOUND)


def test_a_year_that_is_not_held_is_named_with_the_years_that_are() -> None:
    assert said("2019年青禾县建档率") == (
        "档案中未找到青禾县2019年的相关内容。档案中现有青禾县卫生健康局的材料：2021年、2022年。"
    )


def test_all_years_are_named_in_stretches() -> None:
    held = [
        report(n, "青禾县卫生健康局", "青禾县", "县", year)
        for n, year in enumerate((1995, 1997, 1998, 1999, 2001, 2002))
    ]
    assert holdings(question("2010年建档率"), held).endswith("的材料：1995年、1997—1999年、2001年、2002年。")


def test_a_place_that_is_not_held_is_named_with_the_bodies_that_are() -> None:
    text = said("2022年红枫县建档率")
    assert "红枫县的材料" in text and "青禾县卫生健康局、临泽市卫生健康委员会" in text


def test_only_the_holdings_of_the_body_asked_about_are_told() -> None:
    assert "青禾" not in holdings(question("2019年临泽市建档率"), REPORTS)


def test_an_empty_archive_says_how_to_fill_it() -> None:
    assert abstention(question("建档率是多少"), []) == "档案中未找到相关内容。档案是空的，请先导入材料。"


def test_a_long_run_of_years_is_said_for_short_and_a_gap_is_not_bridged() -> None:
    run = [report(n, "青禾县卫生健康局", "青禾县", "县", 2018 + n) for n in range(4)]
    assert "2018—2021年" in holdings(question("建档率"), run)
    assert "2018年、2019年、2021年" in holdings(question("建档率"), [run[0], run[1], run[3]])


def test_many_bodies_are_not_all_read_out() -> None:
    many = [report(n, f"{name}县卫生健康局", f"{name}县", "县", 2022) for n, name in enumerate("甲乙丙丁戊己庚")]
    assert holdings(question("建档率"), many).count("卫生健康局") == 5
    assert "等单位" in holdings(question("建档率"), many)


def test_reports_without_a_year_are_held_all_the_same() -> None:
    assert "年份不详" in holdings(question("建档率"), [report(1, "某区卫生健康局", "某区", "县", None)])
