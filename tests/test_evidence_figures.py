"""Numbers in a sentence: which there are, what they count, and when two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence.figures import bound_numbers_in, has_unit, is_countable, mentions, numbers_in

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")

words = st.text(alphabet="完成筛查签约居民全县，。、人次%xX×*0123456789.,万亿年月", max_size=40)


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "figures"),
        [
            ("签约12.3万人，签约率78.5%", ["12.3", "78.5"]),
            ("共接诊1,234,567人次", ["1,234,567"]),
            ("改造卫生院六所，新增床位一百二十张", ["六", "一百二十"]),
            ("投入三点五万元", ["三点五"]),
            ("检查机构xx家", ["xx"]),
            ("一级医院和两癌筛查", ["一"]),
            ("全面推进各项工作", []),
        ],
    )
    def test_every_written_form_is_found_in_order(self, text: str, figures: list[str]) -> None:
        assert [mention.text for mention in mentions(text)] == figures

    @pytest.mark.parametrize("text", ["检查机构xx家", "下达X万元", "完成××例", "接种**剂次，共*万人"])
    def test_a_masked_figure_is_a_figure_that_is_masked(self, text: str) -> None:
        assert any(mention.masked for mention in mentions(text))

    @pytest.mark.parametrize("text", ["CT检查", "推广iPhone xx", "XX县卫健局", "完成10.5万人"])
    def test_letters_that_hide_no_number_are_not_masked_figures(self, text: str) -> None:
        assert not any(mention.masked for mention in mentions(text))

    @given(words)
    def test_a_mention_is_what_stands_at_its_span(self, text: str) -> None:
        for mention in mentions(text):
            assert text[mention.start : mention.end] == mention.text
            assert text[: mention.start].endswith(mention.before) and text[mention.end :].startswith(mention.after)


class TestUnits:
    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("筛查10400人", "人"),
            ("筛查10400名妇女", "人"),
            ("筛查10400例", "人"),
            ("签约12.3万余人", "人"),
            ("接诊30多万人次", "人次"),
            ("签约人数达2031", "人"),
            ("签约人数：2031万", "人"),
            ("建档率91.4%", "%"),
            ("建档率９１．４％", "%"),
            ("提高2.3个百分点", "%"),
            ("达到九成", "%"),
            ("投入350万元", "元"),
            ("引资2亿美元", "元"),
            ("产值突破1.2亿元", "亿"),
            ("立案37起", "件"),
            ("检查机构xx家", "家"),
            ("组建团队126个", "支"),
            ("新建卫生室二十四所", "个"),
            ("于6月挂牌", "月"),
        ],
    )
    def test_the_unit_or_one_that_counts_the_same_will_do(self, text: str, unit: str) -> None:
        assert has_unit(text, unit)

    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("规范管理率达到76.2%", "人"),
            ("筛查10400人", "%"),
            ("筛查10400人", "元"),
            ("新增床位120张", "元"),
            ("组建团队126个", "%"),
            ("检查机构86家", "人"),
            ("于2022年挂牌", "月"),
            ("于2022年挂牌", "天"),
            ("投入350万元", "亿"),
            ("群众满意", "人"),
        ],
    )
    def test_a_figure_that_counts_another_thing_will_not(self, text: str, unit: str) -> None:
        assert not has_unit(text, unit)

    def test_the_unit_belongs_to_its_own_figure(self) -> None:
        assert not has_unit("共3家，均为本县人员", "人")

    def test_what_can_be_said_in_other_words_is_not_demanded(self) -> None:
        assert is_countable("人") and is_countable("%") and is_countable("元")
        assert not is_countable("级") and not is_countable("月")


class TestComparing:
    def test_numbers_are_compared_in_one_written_form(self) -> None:
        assert numbers_in("共１２,３４５人，占９８.5％") == {"12345", "98.5"}

    def test_a_year_is_a_number_too(self) -> None:
        assert numbers_in("2022年完成10400人") == {"2022", "10400"}

    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
    def test_thousands_separators_and_full_width_change_nothing(self, values: list[int]) -> None:
        plain = "、".join(f"完成{value}人" for value in values)
        grouped = "、".join(f"完成{value:,}人" for value in values)
        assert numbers_in(plain) == numbers_in(grouped) == {str(value) for value in values}
        assert numbers_in(plain.translate(FULL_WIDTH)) == numbers_in(plain)

    @given(st.decimals(0, 10**6, places=2))
    def test_a_decimal_point_is_kept_in_either_width(self, value: object) -> None:
        assert numbers_in(f"达到{value}%") == numbers_in(f"达到{value}%".translate(FULL_WIDTH)) == {str(value)}

    def test_a_date_is_a_number_with_what_it_is_bound_to(self) -> None:
        assert bound_numbers_in("2022年12月底达到84.2％，共30人") == {"2022年", "12月", "84.2%", "30"}

    def test_a_magnitude_is_part_of_the_number(self) -> None:
        assert bound_numbers_in("110万人") == bound_numbers_in("１１０万人") == {"110万"}
        assert not bound_numbers_in("110人") & bound_numbers_in("110万人")

    @given(words, words)
    def test_more_text_never_loses_a_number(self, left: str, right: str) -> None:
        assert numbers_in(left) <= numbers_in(f"{left}。{right}")
