"""Web furniture leaves the blocks and is kept, with its reason, as spans of the source."""

from __future__ import annotations

import pytest

from tests.clean_documents import cleaned, furniture, lines

BODY = [f"第{n}项工作按期完成，全县各医疗机构都已通过年度验收，群众反映良好。" for n in "一二三四五六七八九十"]
REPORT = "\n".join(f"{line}{line}" for line in BODY * 4)

ANYWHERE = [
    "收藏 分享(赏)",
    "下载 相关 举报",
    "【打印本页】【关闭窗口】",
    "展开>> 收起<<",
    "侵权投诉",
    "上传人:wa****8 文档编号:30571 上传时间:2021-07-02 格式:DOC 页数:9 大小:40.5KB",
    "作者:春雨 分类:机关文秘 页数:4 大小:12.3KB 格式:DOCX 时间:2020-12-31",
    "某县卫健局年度总结.docx_第3页",
    "第4页 / 共9页",
    "— 12 —",
    "- 3 -",
    "第 7 页",
    "亲，该文档总共9页，到这儿已超出免费预览范围，如果喜欢就下载吧！",
    "共9页，预览3页",
    "还剩6页未读，继续阅读",
    "下载后可阅读全文",
    "资源描述",
    "展开阅读全文",
    "当前位置：首页 > 政务公开 > 部门信息 > 工作总结",
    "您所在的位置: 首页 >> 信息公开",
    "首页 > 政府信息公开 > 计划总结",
    "Copyright © 2010-2024 某某网 All Rights Reserved",
    "版权所有：清源县人民政府办公室",
    "京ICP备12345678号-1",
    "经营许可证编号：浙B2-20200001",
    "浙公网安备 33010602000001号",
    "开通VIP，尊享会员特权",
    "字号：",
    "【字体：大 中 小】",
    "【大】【中】【小】",
    "分享到：微信 微博",
    "上一篇：清源县卫健局关于防汛工作的通知",
    "下一条: 没有了",
    "附件下载：",
    "附件1：2022年项目表.xlsx",
    "相关阅读：卫健局半年总结",
    "本文由网友上传整理",
    "《清源县总结.docx》由会员分享，可在线阅读，更多相关《清源县总结.docx（5页珍藏版）》请在文库网上搜索。",
    "精品文档 欢迎下载",
    "word文档可编辑",
]

AT_THE_EDGE = [
    "来源：清源县卫生健康局",
    "发布时间：2023-01-05 09:30 来源：县卫健局 浏览次数：125",
    "信息来源：办公室　　责任编辑：李明",
    "索 引 号：000014348/2023-00011",
    "2023-02-11 10:21 清源县卫健局",
    "下载",
    "关注",
    "主办单位：清源县人民政府",
    "/ 5",
    "VIP专免",
    "关 键 词： 卫生 工作 总结",
    "将本文的Word文档下载到电脑，方便收藏和打印",
    "2. 本站所有资源均由用户上传，如有侵权请联系我们删除。",
    "时间：2023-01-05 09:12 浏览：83",
]


@pytest.mark.parametrize("line", ANYWHERE)
def test_a_furniture_line_is_taken_out_wherever_it_stands(line: str) -> None:
    text = f"{REPORT}\n{line}\n{REPORT}"
    assert line not in lines(text)
    assert furniture(text) == [line]


@pytest.mark.parametrize("line", AT_THE_EDGE)
def test_a_line_that_a_report_could_hold_too_is_taken_out_only_at_the_edge(line: str) -> None:
    assert furniture(f"清源县卫健局2022年总结\n{line}\n{REPORT}") == [line]
    assert furniture(f"{REPORT}\n{line}") == [line]
    assert furniture(f"{REPORT}\n{line}\n{REPORT}") == []


def test_every_piece_of_furniture_has_a_chinese_reason() -> None:
    for piece in cleaned("\n".join([*ANYWHERE, REPORT])).furniture:
        assert any("\u4e00" <= char <= "\u9fff" for char in piece.reason)


def test_traditional_furniture_is_recognised_after_conversion() -> None:
    text = f"當前頁面: 首頁??>?政務公開?>?總結\n{REPORT}\n附件下載:"
    assert furniture(text) == ["當前頁面: 首頁??>?政務公開?>?總結", "附件下載:"]


def test_the_list_of_other_documents_goes_to_the_end_of_the_file() -> None:
    text = f"{REPORT}\n相关资源\n清源县疾控中心总结\n某乡卫生院工作计划.doc\n猜你喜欢\n护士长述职报告\n2.医院总结范文\n"
    assert lines(text) == lines(REPORT)


def test_a_list_label_that_report_text_follows_stays() -> None:
    text = f"相关信息\n{REPORT}"
    assert lines(text)[0] == "相关信息"


def test_the_privileges_under_a_membership_line_go_with_it() -> None:
    text = f"{REPORT}\n开通VIP享会员特权\n  • 高速下载文档\n  • 每日登录抽奖\n"
    assert lines(text) == lines(REPORT)


def test_a_file_name_line_goes_where_the_title_is_known_and_stays_where_it_is_the_only_title() -> None:
    assert lines(f"清源县总结\n{REPORT}\n清源县总结.docx") == ["清源县总结", *lines(REPORT)]
    assert lines(f"清源县2022年总结.docx\n{REPORT}")[0] == "清源县2022年总结"


def test_the_editors_blurb_of_a_collection_goes_as_a_whole() -> None:
    blurb = "时光飞逝，写好总结十分重要。下面是小编为大家整理的卫生工作总结范文，希望对大家有所帮助。"
    assert lines(f"卫生工作总结三篇\n{blurb}\n篇一\n{REPORT}") == ["卫生工作总结三篇", "篇一", *lines(REPORT)]


def test_quote_marks_bullet_glyphs_and_noise_dots_are_cut_off() -> None:
    text = f"　>　一、工作情况\n\uf0b7 完成改造项目三个。\n形成了尊医重卫的.良好风气。\n{REPORT}"
    assert lines(text)[:3] == ["一、工作情况", "完成改造项目三个。", "形成了尊医重卫的良好风气。"]


def test_question_marks_that_stand_for_an_indent_are_cut_off() -> None:
    assert lines(f"??今年以来，工作顺利。\n{REPORT}")[0] == "今年以来，工作顺利。"


def test_a_licence_box_under_a_copied_page_goes() -> None:
    tail = "本作品是国家机关的决议，根据《\n著作权法\n》第五条，本作品属于\n公有领域\n。\nPublic domain"
    assert lines(f"{REPORT}\n{tail}") == lines(REPORT)
