"""The ledger offers what was aimed at and reached, never a target of the new year."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafting.offers import MOST, offers
from assistant.drafting.types import Fact, Order, Topic
from assistant.ledger import Ledger
from tests.ledger_builders import Archive, report

ORDER = Order("青禾县卫生健康局", 2023)
TOPICS = (Topic("加强妇幼健康服务"), Topic("做实基本公共卫生服务"))


def ledger(archive: Archive) -> Ledger:
    return Ledger(archive.rows(), archive.reports)


def three_years() -> Archive:
    archive = Archive(*(report(number, year) for number, year in enumerate((2020, 2021, 2022), 1)))
    for number, (year, target, result) in enumerate(
        (("2020", "4000人", "3900人"), ("2021", "4200人", "4300人"), ("2022", "4500人", "4380人")), 1
    ):
        archive.say("目标", "母婴关爱随访", target, period=year, number=number)
        archive.say("结果", "母婴关爱随访", result, period=year, number=number)
    return archive


def test_last_years_target_result_gap_and_trend_are_offered_under_their_topic() -> None:
    (offer,) = offers(ledger(three_years()), ORDER, TOPICS)
    assert offer.section == "加强妇幼健康服务"
    assert offer.fact.indicator == "母婴关爱随访" and offer.fact.result == "4380人"
    assert offer.fact.text == "2022年母婴关爱随访完成4380人"
    assert offer.note.startswith("2022年母婴关爱随访目标4500人，完成4380人，低于目标120人")
    assert "2020年3900人、2021年4300人、2022年4380人，逐年上升" in offer.note
    assert offer.series == (
        (2020, "target", "4000人"),
        (2020, "result", "3900人"),
        (2021, "target", "4200人"),
        (2021, "result", "4300人"),
        (2022, "target", "4500人"),
        (2022, "result", "4380人"),
    )


def test_no_offer_has_a_target_of_the_new_year_even_where_the_archive_has_it() -> None:
    archive = three_years().say("目标", "母婴关爱随访", "5000人", period="2023", number=3, plan=True)
    (offer,) = offers(ledger(archive), ORDER, TOPICS)
    assert offer.fact.target is None
    assert "5000" not in offer.note + offer.fact.text + str(offer.series)


def test_what_later_reports_say_is_not_known_yet() -> None:
    archive = Archive(report(1, 2022), report(2, 2025))
    archive.say("目标", "母婴关爱随访", "4500人", number=1).say("结果", "母婴关爱随访", "9999人", number=2)
    (offer,) = offers(ledger(archive), ORDER, TOPICS)
    assert "9999" not in offer.note and "未见结果" in offer.note and offer.fact.result is None
    assert offers(ledger(archive), replace(ORDER, up_to=2021), TOPICS) == ()


def test_masked_and_doubtful_figures_are_not_offered() -> None:
    archive = (
        Archive(report()).say("目标", "母婴关爱随访", "xx人").say("结果", "孕产妇管理", "20230人", status="doubtful")
    )
    assert offers(ledger(archive), ORDER, TOPICS) == ()


def test_what_the_writer_has_given_is_not_offered_again() -> None:
    given = replace(ORDER, facts=(Fact("母婴关爱随访目标6000人", "母婴关爱随访", "6000人"),))
    assert offers(ledger(three_years()), given, TOPICS) == ()


def test_other_bodies_and_indicators_under_no_topic_are_left_out() -> None:
    archive = Archive(report(), report(2, org="白石县卫生健康局", region="白石县"))
    archive.say("结果", "母婴关爱随访", "800人", number=2).say("结果", "公务车维修", "3辆")
    assert offers(ledger(archive), ORDER, TOPICS) == ()


def test_the_second_half_of_a_year_starts_from_the_first() -> None:
    archive = three_years().say("结果", "母婴关爱随访", "2100人", period="2023-H1", number=3)
    (offer,) = offers(ledger(archive), replace(ORDER, kind="下半年工作安排"), TOPICS)
    assert offer.fact.text == "2023年上半年母婴关爱随访完成2100人"
    (whole,) = offers(ledger(archive), ORDER, TOPICS)
    assert "上半年" not in whole.note


def test_there_are_no_more_offers_than_one_can_look_at() -> None:
    archive = Archive(report())
    for word in ("孕产妇", "儿童", "两癌", "妇女", "母婴", "产前", "婚检", "新生儿疾病"):
        name = f"{word}免费检查"
        archive.say("目标", name, "500人").say("结果", name, "600人")
    assert len(offers(ledger(archive), ORDER, TOPICS)) == MOST
