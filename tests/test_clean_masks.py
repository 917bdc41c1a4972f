"""What a publisher hid is marked as masked: figures with their unit, and names."""

from __future__ import annotations

import pytest

from tests.clean_documents import cleaned, marks, reasons

NUMBER, NAME = "原文此处数字已隐去", "原文此处名称已隐去"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("发放口罩X万只。", "X万"),
        ("就诊率达到xx%以上。", "xx%"),
        ("20xx年上半年工作总结", "20xx年"),
        ("202_年工作计划", "202_年"),
        ("依据〔202_〕54号文件办理。", "202_"),
        ("自xxxx年起实施。", "xxxx年"),
        ("总投资x.xx亿元。", "x.xx亿元"),
        ("服务群众2xx3人。", "2xx3人"),
        ("登记孕妇xx78人。", "xx78人"),
        ("20××年完成投资。", "20××年"),
        ("查处案件＊＊＊起。", "＊＊＊起"),
        ("新增床位**张。", "**张"),
        ("立案xxx起，移送。", "xxx起"),
        ("派出X名医护人员。", "X名"),
        ("利用xG等新技术，覆盖xx个乡镇。", "xG"),
        ("排队时间x分钟。", "x分"),
        ("截至1-x月底完成。", "x月"),
        ("共____人参加。", "____人"),
        ("２０ＸＸ年，完成ＸＸ项。", "ＸＸ项"),
    ],
)
def test_hidden_figures_are_marked_with_their_unit(text: str, span: str) -> None:
    assert span in marks(text, "masked")
    assert NUMBER in reasons(text, "masked")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("××县卫生健康局", "××"),
        ("XX区2021年总结", "XX"),
        ("经x市批准实施。", "x"),
        ("xx人民医院迁建项目", "xx"),
        ("xx条例贯彻情况", "xx"),
        ("xx分院正在招标", "xx"),
        ("**县疾控中心", "**"),
        ("某某街道办事处", "某某"),
        ("张某信息公开案", "某"),
        ("某县卫生院开展自查", "某"),
    ],
)
def test_hidden_names_are_marked(text: str, span: str) -> None:
    assert marks(text, "masked") == [span]
    assert reasons(text, "masked") == [NAME]


def test_a_lone_letter_counts_as_a_mask_only_beside_sure_masks() -> None:
    assert marks("健康x考核获优秀等次。", "masked") == []
    assert marks("20xx年健康x考核获优秀等次。", "masked") == ["20xx年", "x"]


def test_bold_type_of_markdown_is_no_mask() -> None:
    assert cleaned("**重点工作**全部完成。").marks == ()
