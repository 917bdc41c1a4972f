"""Which phrases name one indicator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ledger.names import direction, entries, is_generic, name_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("两癌筛查", "农村适龄妇女“两癌”免费检查"),
        ("宫颈癌乳腺癌检查", "两癌检查"),
        ("建档率", "居民电子健康档案建档率"),
        ("GDP", "地区生产总值"),
        ("经济增长", "全省生产总值"),
        ("CPI涨幅", "居民消费价格指数"),
        ("粮食总产", "粮食产量"),
        ("城镇新增就业", "城镇新增就业人数"),
        ("高血压患者规范化管理人数", "高血压患者规范管理"),
        ("家庭医生签约效劳", "家庭医生签约服务"),
        ("免费孕产妇产前筛查", "孕产妇免费产前筛查"),
    ],
)
def test_wordings_of_one_indicator_share_a_key(one: str, other: str) -> None:
    assert name_of(one).key == name_of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高血压患者规范管理", "2型糖尿病患者规范管理"),
        ("高血压患者管理", "高血压患者规范管理"),
        ("新生儿疾病筛查", "孕产妇产前筛查"),
        ("门诊人次", "住院人次"),
        ("居民人均可支配收入", "农村居民人均可支配收入"),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("地区生产总值", "人均地区生产总值"),
        ("地区生产总值", "单位地区生产总值能耗"),
        ("家庭医生签约", "重点人群家庭医生签约"),
        ("城镇调查失业率", "城镇登记失业率"),
        ("粮食产量", "粮食播种面积"),
        ("县级医院门诊", "乡级医院门诊"),
        ("健康活动", "健康服务"),
        ("检验结果", "检验结果和"),
    ],
)
def test_one_distinguishing_word_makes_another_indicator(one: str, other: str) -> None:
    assert name_of(one).key != name_of(other).key


def test_the_place_of_the_report_time_and_verbs_around_a_name_say_nothing() -> None:
    key = name_of("基层医务人员业务培训").key
    assert name_of("青禾县2020年基层医务人员业务培训任务", "青禾县").key == key
    assert name_of("全县完成基层医务人员业务培训", "青禾县").key == key


def test_a_town_or_hospital_in_front_is_the_scope_of_the_name() -> None:
    assert name_of("柳河镇完成老年人健康体检").scope == "柳河镇"
    assert name_of("市妇幼保健院完成两癌筛查").scope == "市妇幼保健院"
    assert name_of("两癌筛查由柳河镇承担").scope == "柳河镇"


@pytest.mark.parametrize(
    "phrase", ["乡镇卫生院中医馆建设", "城镇新增就业", "全镇两癌筛查", "特色小镇建设", "重点乡镇改造"]
)
def test_towns_in_general_are_no_scope(phrase: str) -> None:
    assert name_of(phrase).scope == ""


@pytest.mark.parametrize(("phrase", "scope"), [("五年累计全科医生转岗培训", "累计"), ("地区生产总值年均增长", "年均")])
def test_what_runs_over_years_has_a_scope_of_its_own(phrase: str, scope: str) -> None:
    assert name_of(phrase).scope == scope


def test_a_phrase_of_verbs_alone_is_generic() -> None:
    assert is_generic(name_of("规范管理率"))
    assert is_generic(name_of("已完成筛查"))
    assert not is_generic(name_of("高血压患者规范管理率"))


def test_which_way_is_better_is_said_only_where_it_is_known() -> None:
    assert direction(name_of("婴儿死亡率"), "婴儿死亡率") == "less"
    assert direction(name_of("疫苗接种率"), "疫苗接种率") == "more"
    assert direction(name_of("居民消费价格"), "居民消费价格") == "none"
    assert direction(name_of("内换乘比例"), "内换乘比例") is None


def test_no_form_stands_in_two_entries() -> None:
    assert len(entries()) > 300


def test_forms_lead_to_their_own_entry() -> None:
    for entry in set(entries().values()):
        for form in (entry.name, *entry.forms):
            assert name_of(form).key == entry.name, form


@given(st.text(max_size=40), st.text(max_size=6))
def test_any_phrase_has_a_name_and_the_same_each_time(phrase: str, region: str) -> None:
    assert name_of(phrase, region) == name_of(phrase, region)
