"""What stands word for word in an exemplar is measured, bounded and shown; fixed formulae are everybody's."""

from __future__ import annotations

import time
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting import overlap
from assistant.drafting.checks import highlights
from assistant.drafting.checks.overlap import LONGEST, MOST
from assistant.drafting.checks.runs import GRAM, common, letters
from tests.checks_builders import cited, exemplar, kinds, order, run, section, whole

LONG = "健全县乡村三级慢性病管理网络，推动专科医生与家庭医生结对服务，逐村逐户落实随访管理责任并建立台账定期通报"
OWN_WORDS = "围绕群众关心的看病就医问题，改进预约服务流程，增设便民设施，畅通投诉渠道，定期开展满意度回访。"
TEXTS = st.text(alphabet="天地人和日月山水", max_size=60)


def test_a_run_of_more_than_forty_characters_is_an_error_with_its_source() -> None:
    text = f"{OWN_WORDS}{LONG}。"
    found = [one for one in run(text, exemplars=[exemplar(f"要{LONG}。")]) if one.kind == "overlap"]
    first = found[0]
    assert first.severity == "error" and "平沙县卫生健康局2025年工作计划" in first.message
    assert text[first.start : first.end].startswith("健全县乡村")


def test_a_short_run_is_shown_and_no_fault() -> None:
    text = f"{LONG[:30]}。{OWN_WORDS}组织志愿者进社区开展义诊，把健康知识送到田间地头，营造人人关注健康的良好氛围。"
    found = run(text, exemplars=[exemplar(f"{LONG}。")])
    assert [(one.kind, one.severity) for one in found] == [("overlap", "note")]
    shown = highlights(order(), section(text, exemplars=[exemplar(f"{LONG}。")]), ())
    assert [(one.start, one.characters) for one in shown] == [(0, 30)]


def test_white_space_and_width_do_not_hide_a_copy() -> None:
    text = "\n".join(LONG.replace("，", "， "))
    assert "overlap" in kinds(run(text, exemplars=[exemplar(LONG)]), "punctuation")


def test_many_short_runs_make_too_high_a_share() -> None:
    pieces = [LONG[at : at + 16] for at in range(0, 48, 16)]
    text = "。而且".join(pieces) + "。" + OWN_WORDS[:24]
    found = run(text, exemplars=[exemplar(LONG)], composer="llm")
    assert any(one.kind == "overlap" and "占" in one.message for one in found)


def test_the_bound_is_wider_for_a_skeleton() -> None:
    text = f"{LONG[:24]}。{OWN_WORDS}{OWN_WORDS[:30]}"
    models = [exemplar(LONG)]
    assert "overlap" in kinds(run(text, exemplars=models, composer="llm"))
    assert kinds(run(text, exemplars=models), "punctuation") == []


def test_a_cited_passage_counts_like_an_exemplar() -> None:
    text = f"{LONG}。"
    source = whole(text, citation=1, kind="exemplar")
    found = run(text, source, citations=[cited(LONG)])
    assert "〔1〕" in next(one.message for one in found if one.kind == "overlap")


def test_a_sentence_said_twice_is_found() -> None:
    assert kinds(run("加强组织领导和统筹协调。做好服务。加强组织领导和统筹协调。做好服务。")) == ["overlap"]


def test_fixed_formulae_count_for_nothing() -> None:
    formula = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持稳中求进工作总基调，"
    text = f"{formula}{OWN_WORDS}"
    assert run(text, exemplars=[exemplar(f"{formula}抓好各项工作。")]) == ()


@given(TEXTS, TEXTS)
def test_no_copy_is_missed_and_none_is_invented(mine: str, other: str) -> None:
    longest = SequenceMatcher(None, mine, other, autojunk=False).find_longest_match().size
    found = common(letters(mine), [letters(other)])
    assert found.run >= (longest if longest >= GRAM else 0)
    for start, end, size in found.runs:
        assert end - start == size
        assert all(mine[at : at + GRAM] in other for at in range(start, end - GRAM + 1))


@given(TEXTS, TEXTS)
def test_the_share_counts_grams(mine: str, other: str) -> None:
    grams = [mine[at : at + GRAM] for at in range(len(mine) - GRAM + 1)]
    expected = sum(gram in other for gram in grams) / len(grams) if grams else 0.0
    assert common(letters(mine), [letters(other)]).share == expected


@given(TEXTS, TEXTS, TEXTS)
def test_a_copy_is_found_wherever_it_stands(before: str, copied: str, behind: str) -> None:
    runs = common(letters(before + copied + behind), [letters(copied)]).runs
    if len(copied) >= GRAM:
        assert any(start <= len(before) and end >= len(before) + len(copied) for start, end, _ in runs)


@given(TEXTS)
def test_a_text_is_wholly_its_own_copy(text: str) -> None:
    found = common(letters(text), [letters(text)])
    assert (found.run, found.share) == ((len(text), 1.0) if len(text) >= GRAM else (0, 0.0))


def test_two_pieces_of_a_report_put_together_are_not_one_run() -> None:
    first, second = LONG[:20], LONG[26:46]
    found = common(letters(first + second), [letters(LONG)])
    assert [size for _, _, size in found.runs] == [20, 20] and found.run == 20


def test_the_composers_keep_a_little_more_distance_than_the_check_asks_for() -> None:
    assert overlap.LONGEST_RUN < LONGEST
    assert all(0 < overlap.MOST[composer] < most for composer, most in MOST.items())


def test_a_section_is_measured_quickly() -> None:
    letters("")
    text = "".join(chr(0x4E00 + (at * 7919) % 5000) for at in range(2000))
    models = [
        exemplar("".join(chr(0x4E00 + (at * step) % 5000) for at in range(3000)), id=step)
        for step in (7919, 31, 77, 101)
    ]
    made = section(text, exemplars=models)
    start = time.process_time()
    highlights(order(), made, ())
    assert time.process_time() - start < 0.5
    assert LONGEST == 40
