"""Promises of what is finished, and facts that contradict each other."""

from __future__ import annotations

from dataclasses import replace

from assistant.drafting.checks import check_all
from assistant.drafting.types import Fact, Manuscript
from tests.checks_builders import exemplar, kinds, order, passage, run, section, whole

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
    assert [(one.kind, one.section, one.start) for one in found if one.severity == "error"] == [
        ("contradictory_facts", 0, 0)
    ]


def test_contradictory_facts_are_told_where_the_figure_was_left_open_for_them() -> None:
    facts = Fact("签约率90%", "签约率", "90%"), Fact("签约率95%", "签约率", "95%")
    text = "做实签约服务，签约率达到【待填：签约率，%】。"
    made = Manuscript(order(*facts), "计划", (section("抓好落实。"), section(text)), (), (), ())
    (found,) = [one for one in check_all(made) if one.kind == "contradictory_facts"]
    assert (found.section, text[found.start : found.end]) == (1, "【待填：签约率，%】")
    named = replace(made, sections=(made.sections[0], section("做实签约服务，提高签约率。")))
    (found,) = [one for one in check_all(named) if one.kind == "contradictory_facts"]
    assert (found.section, found.end - found.start) == (1, len("签约率"))


def test_a_section_that_rests_on_nothing_says_what_to_do() -> None:
    bare = section("【待填：信息化建设的主要举措，简述】。", heading="信息化建设")
    own = section("本局将自行建设统一的信息平台，年内投入使用。", heading="信息化建设")
    text = "完成两癌筛查10000人。"
    resting = section(text, whole(text, fact=0)), section(text, exemplars=[exemplar("抓好两癌筛查。")])
    facts = (Fact("两癌筛查10000人", "两癌筛查", "10000人"),)
    made = Manuscript(order(*facts), "计划", (bare, own, *resting), (), (), ())
    found = [one for one in check_all(made) if one.kind == "no_exemplar"]
    assert [(one.section, one.severity) for one in found] == [(0, "warning"), (1, "note")]
    assert bare.text[found[0].start : found[0].end].startswith("【待填")
    assert all("信息化建设" in one.message and "请" in one.message for one in found)
