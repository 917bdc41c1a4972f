"""The body of a report, its place and its rank."""

from __future__ import annotations

import pytest

from tests.structure_builders import DEED, report_of

BODY = f"一、医疗服务\n{DEED}"
SPEAKS = "各位代表：\n现在，我代表{}，向大会报告工作，请予审议。\n一、2023年工作回顾\n"


@pytest.mark.parametrize(
    ("title", "org", "region", "level"),
    [
        ("云岭县卫生健康局2022年工作总结", "云岭县卫生健康局", "云岭县", "县"),
        ("2022年云岭县卫健局工作总结", "云岭县卫健局", "云岭县", "县"),
        ("关于云岭县卫健局2022年工作总结的报告", "云岭县卫健局", "云岭县", "县"),
        ("岚江市卫生健康委员会2022年工作总结", "岚江市卫生健康委员会", "岚江市", "市"),
        ("云岭县人民医院2022年工作总结", "云岭县人民医院", "云岭县", "县"),
        ("云岭县疾病预防控制中心2022年工作总结", "云岭县疾病预防控制中心", "云岭县", "县"),
        ("石桥镇卫生院2022年工作总结", "石桥镇卫生院", "石桥镇", "乡"),
        ("浙江省卫生健康委2022年工作总结", "浙江省卫生健康委", "浙江省", "省"),
        ("重庆市卫生健康委2022年工作总结", "重庆市卫生健康委", "重庆市", "省"),
        ("浙江省岚江市卫健委2022年工作总结", "岚江市卫健委", "岚江市", "市"),
        ("XX区卫健局2022年工作总结", "XX区卫健局", "XX区", "县"),
        ("xx市卫健委2022年工作总结", "xx市卫健委", "xx市", "市"),
        ("云州市卫健委2022年工作总结", "云州市卫健委", "云州市", "市"),
        ("云乡县卫健局2022年工作总结", "云乡县卫健局", "云乡县", "县"),
        ("云山区卫健局2022年工作总结", "云山区卫健局", "云山区", "县"),
        ("东城区卫健委2022年工作总结", "东城区卫健委", "东城区", "县"),
        ("云岭彝族自治县卫健局2022年工作总结", "云岭彝族自治县卫健局", "云岭彝族自治县", "县"),
        ("西藏自治区卫生健康委2022年工作总结", "西藏自治区卫生健康委", "西藏自治区", "省"),
        ("全县2022年卫生健康工作总结", None, None, "县"),
        ("云岭县2022年卫生健康工作总结", "云岭县", "云岭县", "县"),
        ("市卫健局2022年工作总结", "市卫健局", None, "市"),
        ("县卫健局2022年工作总结", "县卫健局", None, "县"),
        ("乡卫生院2022年工作总结", "乡卫生院", None, "乡"),
    ],
)
def test_the_title_names_the_body(title: str, org: str | None, region: str | None, level: str) -> None:
    report = report_of(f"{title}\n{BODY}")
    assert (report.org, report.region, report.level) == (org, region, level)


def test_the_text_says_whose_a_nameless_bureau_is() -> None:
    text = (
        "卫健局2022年工作总结\n今年以来，云岭县医疗条件持续改善，云岭县群众更加满意，县卫健局尽职尽责。我局努力工作。"
    )
    report = report_of(f"{text}\n{BODY}")
    assert (report.org, report.region) == ("云岭县卫健局", "云岭县")


def test_the_signature_names_the_body() -> None:
    report = report_of(f"2022年工作总结\n{BODY}\n云岭县卫生健康局\n2022年12月20日")
    assert (report.org, report.reasons["org"]) == ("云岭县卫生健康局", "落款")


def test_the_announcement_names_the_body() -> None:
    report = report_of(f"年度工作总结\n现将城东社区卫生服务中心2022年工作总结如下：\n{BODY}")
    assert (report.org, report.level) == ("城东社区卫生服务中心", "乡")


def test_a_place_in_the_title_and_our_bureau_in_the_text_make_the_body() -> None:
    report = report_of(f"XX区2021年卫生健康工作总结\n今年以来，我局认真落实各项部署，全力护佑群众健康。\n{BODY}")
    assert (report.org, report.region, report.level) == ("XX区卫生健康局", "XX区", "县")


def test_a_body_that_leads_or_instructs_is_another_one() -> None:
    text = "工作总结\n在市卫健委的精心指导下，我局圆满完成任务。县卫健局党委高度重视。县卫健局带头落实。"
    assert report_of(f"{text}\n{BODY}").org == "县卫健局"


def test_a_province_that_is_named_often_is_the_region() -> None:
    text = "工作总结\n我省基层工作扎实。安徽省印发方案，安徽省召开会议。我委牵头，省卫生健康委督导，安徽省各地落实。"
    report = report_of(f"{text}\n{BODY}")
    assert (report.org, report.region, report.level) == ("安徽省卫生健康委", "安徽省", "省")


def test_the_file_name_completes_a_nameless_hospital() -> None:
    report = report_of(f"卫生院2022年度工作总结\n今年以来，我院在县卫健局领导下工作。\n{BODY}", "白石镇卫生院2022.txt")
    assert (report.org, report.region, report.level) == ("白石镇卫生院", "白石镇", "乡")


def test_a_text_that_is_no_report_is_of_nobody() -> None:
    report = report_of("昨日，云岭县卫健局有关负责人介绍，云岭县人民医院新楼即将启用，云岭县群众就医更方便。")
    assert (report.kind, report.org, report.region) == ("其他", None, None)


@pytest.mark.parametrize(
    ("speaker", "name", "text", "org", "level"),
    [
        ("市人民政府", "云州.docx", "云州实现新跨越。云州越来越美。云州人民更幸福。", "云州市人民政府", "市"),
        ("云州市人民政府", "1.docx", "", "云州市人民政府", "市"),
        ("区人民政府", "云州.docx", "云州实现新跨越。云州越来越美。云州人民更幸福。", "云州区人民政府", "县"),
        ("州人民政府", "云岭.docx", "云岭实现新跨越。云岭越来越美。云岭人民更幸福。", "云岭州人民政府", "市"),
        ("国务院", "云州.docx", "我国经济稳定增长。", "国务院", "国"),
        ("市人民政府", "报告.docx", "各项事业稳步发展。", "市人民政府", "市"),
        ("省人民政府", "报告.docx", "浙江稳进提质。浙江科创发力。浙江共富先行。", "浙江省人民政府", "省"),
    ],
)
def test_the_government_that_speaks_is_the_body(speaker: str, name: str, text: str, org: str, level: str) -> None:
    report = report_of(f"{SPEAKS.format(speaker)}{text}{DEED}", name)
    assert (report.kind, report.org, report.level) == ("政府工作报告", org, level)


def test_a_title_says_the_rank_of_a_government_that_does_not_speak() -> None:
    text = "一、2023年工作回顾\n举办全省健康大会，在全省作经验交流。全市经济向好。\n"
    assert report_of(f"云州市人民政府2024年政府工作报告\n{text}", "1.txt").org == "云州市人民政府"


def test_the_congress_names_the_place_of_a_government() -> None:
    subtitle = "政府工作报告\n——2024年2月2日在云州市第五届人民代表大会第五次会议上\n"
    report = report_of(f"{subtitle}{SPEAKS.format('市人民政府')}{DEED}", "附件.docx")
    assert (report.org, report.reasons["org"]) == ("云州市人民政府", "会议名称")


def test_a_city_below_a_prefecture_is_of_county_rank() -> None:
    text = "在省委、州委和市委的领导下，州委、州政府关心云州，云州奋力争先，云州跨越发展，云州更美。"
    report = report_of(f"{SPEAKS.format('市人民政府')}{text}", "云州.docx")
    assert (report.org, report.level) == ("云州市人民政府", "县")


def test_a_wrong_file_name_is_not_believed() -> None:
    report = report_of(f"{SPEAKS.format('市人民政府')}岚江市全力以赴。{DEED}", "云州.docx")
    assert report.org == "市人民政府"


def test_words_that_only_look_like_cities_are_none() -> None:
    text = "建设示范市，推进制造强市，争创文明城市，支持企业上市。" * 5
    assert report_of(f"{SPEAKS.format('市人民政府')}{text}", "报告.docx").org == "市人民政府"
