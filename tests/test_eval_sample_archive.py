"""The generated files: always the same, readable, shaped like real reports, damaged where the catalogue says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.sample import generate
from eval.sample.archive import Made, make_files
from eval.sample.compose import compose
from eval.sample.facts import load_table
from eval.sample.phrases import load_templates
from ingest.readers import read_document

FILES = make_files()
_MARKS = re.compile("[\U000f0000-\U0010ffff]")


def _made(defect: str) -> list[Made]:
    return [made for made in FILES if defect in made.spec.defects]


def test_there_are_about_forty_files_in_four_formats() -> None:
    assert 38 <= len(FILES) <= 44
    suffixes = Counter(made.spec.name.rsplit(".", 1)[-1].removesuffix("l") for made in FILES)
    assert all(suffixes[suffix] >= 6 for suffix in ("txt", "htm", "docx", "pdf"))
    assert {made.spec.encoding for made in FILES} == {"utf-8", "gb18030", ""}


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    make_files.cache_clear()
    again = {made.spec.name: made.data for made in make_files()}
    assert again == {made.spec.name: made.data for made in FILES}
    written = generate(tmp_path)
    assert {path.name: path.read_bytes() for path in written.iterdir()} == again


@pytest.mark.parametrize("report", sorted(load_table().reports))
def test_a_report_has_the_size_and_the_sections_of_a_real_one(report: str) -> None:
    draft = compose(report)
    text = _MARKS.sub("", "".join(block.text for block in draft.blocks))
    assert 2000 <= len(text) <= 6000
    assert 6 <= max(draft.group) <= 12


def test_review_comes_before_problems_before_plan() -> None:
    for report in load_table().reports.values():
        parts = [block.part for block in compose(report.id).blocks if block.kind in ("heading", "paragraph")]
        order = [part for part, before in zip(parts, [None, *parts], strict=False) if part != before]
        assert order in (["review", "problem", "plan"], ["review", "plan"]), report.id


def test_no_sentence_with_a_figure_is_said_the_same_way_twice_in_a_report() -> None:
    for report in load_table().reports:
        said = [re.sub(r"[\d.,]+", "#", one.text) for one in compose(report).said if one.kind == "fact"]
        assert len(said) == len(set(said)), report


def test_about_half_of_the_figure_sentences_are_of_each_hand() -> None:
    assert load_templates("a")
    assert load_templates("b")
    hands = Counter(one.said.hand for made in FILES for one in made.placed if one.said.kind == "fact")
    assert 0.4 <= hands["b"] / hands.total() <= 0.6


def test_the_plan_states_the_target_that_the_next_review_names() -> None:
    promised = 0
    for report in load_table().reports.values():
        for one in compose(report.id).said:
            if one.part == "plan" and one.kind == "fact":
                fact = next(row for row in load_table().facts if row.key == one.subject)
                assert one.stated["target"] == fact.target
                promised += 1
    assert promised > 150


def test_no_slot_is_left_open() -> None:
    assert not [
        made.spec.name for made in FILES if re.search(r"\{[a-z_]+\}", made.text) and ".htm" not in made.spec.name
    ]


@pytest.mark.parametrize("made", FILES, ids=lambda made: made.spec.name)
def test_every_file_can_be_read_and_holds_its_text(made: Made) -> None:
    document = read_document(Path(made.spec.name), made.data)
    dense = re.sub(r"\s", "", document.text)
    missing = [piece for one in made.placed for piece in one.texts if re.sub(r"\s", "", piece) not in dense]
    assert not missing


def test_sharing_sites_leave_their_furniture() -> None:
    assert len(_made("sharing")) >= 4
    assert all("猜你喜欢" in made.text for made in _made("sharing"))


def test_preview_pages_cut_sentences_and_figures() -> None:
    for made in _made("page_marks"):
        assert re.search(r"[\u4e00-\u9fff]\n\n\d、[\u4e00-\u9fff]", made.text), made.spec.name
        assert re.search(r"[\d.]\n\n\d、\d", made.text), made.spec.name


def test_traditional_copies_have_readings_in_brackets() -> None:
    assert all("(wèi)" in made.text and "卫生" not in made.text for made in _made("traditional"))


def test_machine_synonyms_took_the_place_of_words() -> None:
    assert all("效劳" in made.text and "服务" not in made.text for made in _made("synonyms"))


def test_tens_became_years() -> None:
    assert _made("replace_ten")
    for made in _made("replace_ten"):
        assert re.search(r"20\d\d0%", made.text)
        assert not any("10" in piece for one in made.placed for piece in one.texts)


def test_a_truncated_copy_has_no_plan() -> None:
    for made in _made("truncated"):
        assert "免费预览到此" in made.text
        assert not [one for one in made.placed if one.said.part == "plan" and one.said.kind in ("fact", "item")]


def test_dropped_characters_left_private_use_ones() -> None:
    assert all(re.search("[\ue000-\uf8ff]", made.text) for made in _made("dropped"))


def test_hard_wrapped_lines_are_short() -> None:
    for made in _made("hard_wrap"):
        body = [line for line in made.text.split("\n") if len(line) > 20]
        assert len([line for line in body if len(line) <= 34]) > 0.8 * len(body)


def test_collections_hold_several_reports() -> None:
    assert all(len(made.spec.reports) >= 2 for made in _made("collection"))
    assert all(re.search("第一篇|总结篇一", made.text) for made in _made("collection"))


def test_copies_hold_a_report_that_another_file_holds() -> None:
    assert len(_made("copy")) == 2
    for copy in _made("copy"):
        twins = [made for made in FILES if made.spec.reports == copy.spec.reports and made is not copy]
        assert twins


def test_masked_figures_are_hidden_in_the_files() -> None:
    masks = [fact for fact in load_table().facts if any(flag.startswith("mask_") for flag in fact.flags)]
    assert len(masks) >= 12
    for fact in masks:
        for made in FILES:
            for one in made.placed:
                if one.said.subject == fact.key and one.said.part == "review" and fact.mask("result"):
                    assert fact.result not in "".join(one.texts)


def test_the_masked_year_is_nowhere() -> None:
    made = next(made for made in FILES if "xx-2000" in made.spec.reports)
    start, end = made.text.index("XX区"), made.text.index("霁川县妇幼保健院")
    assert "20xx年" in made.text[start:end]
    assert not re.search(r"20\d\d年", made.text[start:end])
