"""Sentences that look like furniture or damage and are a report's own words: cleaning leaves them alone."""

from __future__ import annotations

import pytest

from tests.clean_documents import cleaned, lines

INNOCENT = [
    "全年电子健康码下载12万人次，群众下载使用积极性较高。",
    "重点关注老年人、孕产妇等人群的健康状况。",
    "关注民生，服务群众。",
    "相关经费不足，导致部分项目推进缓慢。",
    "上一年度结转的3个项目已全部完工。",
    "下一步，我们将继续抓好基层卫生工作。",
    "一年来，收藏类文物普查不属于我局职责。",
    "当前位置偏远的村卫生室共有8所，已全部联网。",
    "做好来源不明药品的清查，来源可查、去向可追。",
    "资金来源：县财政配套200万元，其余由上级补助。",
    "切实维护版权所有者权益，打击侵权盗版。",
    "受理侵权投诉7件，全部按期办结。",
    "本站为辖区居民建立健康档案3000份。",
    "附件：1.重点任务分解表",
    "首页公开信息1200条，比上年增加两成。",
    "打印检查报告单的自助机覆盖全部二级医院。",
    "会员单位达到56家，行业协会作用增强。",
    "开展积分制管理，兑换积分3万分。",
    "大家反映，希望能够对基层医生给予更多帮助。",
    "我们为大家提供了更好的就医环境，希望得到理解支持。",
    "分享到的经验在全市推广。",
    "页数较多的病历已完成数字化。",
    "扫码支付覆盖率达到98%。",
    "时间过半，任务完成过半。",
    "共5页材料已报市局备案。",
]


@pytest.mark.parametrize("line", INNOCENT)
def test_report_text_is_never_furniture(line: str) -> None:
    alone = cleaned(line)
    assert [block.text.text for block in alone.blocks] == [line]
    assert alone.furniture == ()
    among = f"清源县卫健局2022年工作总结\n{line}\n各项工作稳步推进。\n{line}"
    assert lines(among).count(line) == 2


UNMARKED = [
    "建成5G基站12个，推广使用App和HIS系统。",
    "配备DR、CT、X光机各一台，开展X线检查2000人次，X射线防护达标。",
    "实行“1+X+N”工作模式。",
    "实行7x24小时值守，房间面积3×5米。",
    "设备长宽高为1200×800×600mm。",
    "实施“数据要素×”行动。",
    "某些单位重视不够，某种程度上影响了进度。",
    "二〇二三年全县出生人口稳中有升。",
    "为什么要这样做?怎么做?大家讨论热烈。",
    "能否按时完成?关键看落实。",
    "全年财政投入2023万元，比上年增长8%。",
    "全县共有村医2023人，其中女性2010人。",
    "投诉量比上年增长1200%，主要是统计口径调整。",
    "附件1 2022年度任务分解表已经下发。",
    "全县总人口1 234 567人。",
    "登记电话13820231234，文号〔2023〕10号，日期20231130。",
    "访问https://www.example.gov.cn/xx/2023x/index.html查询。",
    "增长率为103.4%，完成率为100%。",
    "通过官网(www.xx.gov.cn)公开信息。",
]


@pytest.mark.parametrize("line", UNMARKED)
def test_sound_text_gets_no_mark(line: str) -> None:
    assert cleaned(line).marks == ()


def test_a_complete_report_is_not_called_truncated() -> None:
    assert not cleaned("清源县2022年工作总结\n一、主要工作\n各项任务全部完成。\n清源县卫健局\n2022年12月30日").truncated


def test_a_list_of_headings_is_not_taken_for_page_marks() -> None:
    text = "1、加强组织领导\n2、完善工作机制\n3、强化督导检查\n4、注重宣传引导"
    assert lines(text) == text.splitlines()


def test_numbered_paragraphs_are_not_taken_for_page_marks() -> None:
    text = "\n".join(f"{n}、{'认真落实各项惠民政策，' * 14}取得良好成效。" for n in range(1, 8))
    assert lines(text) == text.splitlines()
