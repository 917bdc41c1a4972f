"""Promises of what is finished, and facts that contradict each other."""

from __future__ import annotations

from assistant.drafting.checks import check_all
from assistant.drafting.types import Fact, Manuscript
from tests.checks_builders import kinds, order, passage, run, section, whole

BUILT = passage(
    "柳溪县中医医院迁建工程已建成投入使用。县域影像诊断中心已挂牌运行，县级胸痛救治中心一期已完成。", part="review"
)


def test_a_promise_of_what_is_finished_is_a_warning() -> None:
    text = "加快推进县中医医院迁建工程建设，做好各项服务。"
    found = run(text, done=[BUILT])
    assert [(one.kind, one.severity) for one in found] == [("already_done", "warning")]
    assert text[found[0].start : found[0].end] == "加快推进县中医医院迁建工程建设"


def test_looking_after_what_is_finished_is_no_promise_of_it() -> None:
    assert run("发挥县中医医院迁建工程效益，提升县域影像诊断中心运行质量。", done=[BUILT]) == ()


def test_something_else_or_half_finished_may_be_promised() -> None:
    assert run("加快推进县妇幼保健院迁建工程建设，建成县级胸痛救治中心二期。", done=[BUILT]) == ()


def test_a_review_may_tell_of_it() -> None:
    assert kinds(run("建成县中医医院迁建工程。", of=order(kind="总结"), done=[BUILT])) == []


def test_two_targets_of_one_indicator_contradict_each_other() -> None:
    facts = (
        Fact("两癌筛查目标10000人", "两癌筛查", "10000人"),
        Fact("两癌筛查人数目标12000人", "两癌筛查人数", "12000人"),
    )
    text = "完成两癌筛查10000人。"
    made = Manuscript(order(*facts), "计划", (section("抓好落实。"), section(text, whole(text, fact=0))), (), (), ())
    found = [one for one in check_all(made) if one.kind == "contradictory_facts"]
    assert [(one.section, one.start, one.end) for one in found] == [(1, 0, len(text))]
    assert "10000人、12000人" in found[0].message


def test_one_value_in_two_spellings_is_no_contradiction() -> None:
    facts = Fact("两癌筛查1万人", "两癌筛查", "1万人"), Fact("两癌筛查10000人", "两癌筛查", "10000人", "9000人")
    assert check_all(Manuscript(order(*facts), "计划", (), (), (), ())) == ()


def test_contradictory_facts_that_no_section_uses_are_told_too() -> None:
    facts = Fact("签约率90%", "签约率", "90%"), Fact("签约率95%", "签约率", "95%")
    found = check_all(Manuscript(order(*facts), "计划", (section("抓好落实。"),), (), (), ()))
    assert [(one.kind, one.section, one.start) for one in found] == [("contradictory_facts", 0, 0)]
