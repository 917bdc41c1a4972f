"""Pages built as Chinese government and sharing sites build them: the report is kept, the site around it dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import read_document
from ingest.types import Document

FIRST = (
    "今年以来，全县卫生健康系统紧扣群众健康需求，深化医药卫生体制改革，完成家庭医生签约三万二千人，各项任务如期完成。"
)
SECOND = (
    "下一步，我们将补齐基层短板，抓实重点人群健康管理，加快县医院新院区建设，确保明年上半年投入使用，让群众就近看病。"
)
TITLE = "某县卫生健康局2023年工作总结"
PARAGRAPHS = ["一、主要成绩", FIRST, "二、下一步打算", SECOND]
REPORT = "".join(f"<p style='text-indent:2em'><span>{text}</span></p>" for text in PARAGRAPHS)
LINKS = "".join(
    f"<li><a href='/{n}.html'>某县举行第{n}次健康宣传活动</a><span>2023-0{n}-01</span></li>" for n in range(1, 7)
)
HEAD = (
    "<div class='header'><div class='logo'>某县人民政府门户网站</div><ul class='nav'>"
    + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("首页", "走进某县", "政务公开", "政务服务", "互动交流"))
    + "</ul></div><div class='position'>当前位置：<a href='/'>首页</a> &gt; <a href='/gk'>政府信息公开</a></div>"
)
FOOT = (
    "<div class='relate'><h3>相关文章</h3><ul>" + LINKS + "</ul></div><div class='footer'><p>主办：某县人民政府办公室　"
    "承办：某县大数据中心</p><p>网站标识码：6500000001　某ICP备00000000号　某公网安备 65000000000001号</p></div>"
)
CONTAINERS = {
    "TRS": "<div class='TRS_Editor'><div class='Custom_UnionStyle'>{}</div></div>",
    "UCAP": "<div class='pages_content' id='UCAP-CONTENT'>{}</div>",
    "zoom": "<div id='zoom' class='zoom'><!--ZJEG_RSS.content.begin-->{}<!--ZJEG_RSS.content.end--></div>",
    "Zoom table": "<table width='100%'><tr><td><div id='Zoom'><td class='bt_content'>{}</td></div></td></tr></table>",
    "article": "<div class='article-content' id='articleContent'>{}</div>",
    "jpage": "<div class='con' id='js_content'><ucapcontent>{}</ucapcontent></div>",
    "vsb": "<div id='vsb_content_2'><div class='v_news_content'>{}</div></div>",
    "html5": "<main><article><section>{}</section></article></main>",
}


def page(content: str) -> Document:
    markup = f"<!DOCTYPE html><html><head><title>{TITLE}_某县人民政府</title></head><body>{HEAD}"
    markup += f"<div class='main'><h1 class='title'>{TITLE}</h1>"
    markup += "<div class='info'>发布时间：2023-12-28　来源：县卫健局　字体：[大 中 小]　打印</div>"
    return read_document(Path("page.html"), f"{markup}{content}</div>{FOOT}</body></html>".encode())


@pytest.mark.parametrize("style", CONTAINERS)
def test_the_report_of_a_government_page_is_kept_and_the_site_dropped(style: str) -> None:
    document = page(CONTAINERS[style].format(REPORT))
    texts = [block.text.text for block in document.blocks]
    assert texts[texts.index(TITLE) :][:1] == [TITLE]
    assert [text for text in texts if text in PARAGRAPHS] == PARAGRAPHS
    whole = "\n".join(texts)
    for furniture in ("走进某县", "健康宣传活动", "网站标识码", "政府信息公开"):
        assert furniture not in whole
    assert document.title == TITLE


def test_the_hidden_rest_of_a_report_on_a_sharing_site_is_kept() -> None:
    content = (
        f"<div class='reader-word'><p>{FIRST}</p><div class='more' style='display:none'><p>{SECOND}</p></div></div>"
    )
    texts = [block.text.text for block in page(content).blocks]
    assert [text for text in texts if text in PARAGRAPHS] == [FIRST, SECOND]


def test_a_page_of_positioned_lines_keeps_every_line_in_its_order() -> None:
    lines = [FIRST[at : at + 20] for at in range(0, len(FIRST), 20)]
    content = "".join(f"<p class='reader-word-layer' style='top:{n}px'>{line}</p>" for n, line in enumerate(lines))
    whole = "".join(block.text.text for block in page(f"<div class='page'>{content}</div>").blocks)
    assert FIRST in whole


@pytest.mark.parametrize("actual", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "x-unknown"])
def test_a_page_that_lies_about_its_encoding_is_read_by_its_content(actual: str, declared: str) -> None:
    markup = f"<html><head><meta charset={declared}></head><body>{REPORT}</body></html>"
    document = read_document(Path("page.html"), markup.encode(actual))
    assert [block.text.text for block in document.blocks] == PARAGRAPHS


def test_a_page_in_traditional_characters_is_read_as_big5() -> None:
    text = "本縣衛生健康系統緊扣群眾需求，深化醫藥衛生體制改革，完成家庭醫生簽約三萬二千人，各項任務如期完成。" * 3
    for meta in ("<meta charset=big5>", ""):
        markup = f"<html><head>{meta}</head><body><p>{text}</p></body></html>"
        document = read_document(Path("page.html"), markup.encode("big5"))
        assert [block.text.text for block in document.blocks] == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "big5"])
def test_a_plain_text_is_read_in_its_encoding(encoding: str) -> None:
    simplified = "\n".join([TITLE, *PARAGRAPHS])
    traditional = "本縣衛生健康系統緊扣群眾需求，深化醫藥衛生體制改革，完成家庭醫生簽約三萬二千人。" * 3
    text = traditional if encoding == "big5" else simplified
    assert read_document(Path("a.txt"), text.encode(encoding)).text == text
