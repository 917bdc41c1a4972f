"""The report is kept and the site around it dropped; when in doubt, text is kept."""

from __future__ import annotations

from pathlib import Path

from ingest.readers import read_document

FIRST = (
    "今年以来，全县卫生健康系统紧扣群众健康需求，深化医药卫生体制改革，完成家庭医生签约三万二千人，各项任务如期完成。"
)
SECOND = (
    "下一步，我们将补齐基层短板，抓实重点人群健康管理，加快县医院新院区建设，确保明年上半年投入使用，让群众就近看病。"
)
KEPT = ["某县卫健局2023年工作总结", FIRST, "二、存在问题", "人手不足。", SECOND, "2023年12月28日"]
REPORT = f"<h2>{KEPT[0]}</h2>" + "".join(f"<p>{text}</p>" for text in KEPT[1:])
LINKS = "".join(f"<li><a href='/{n}'>某县举行第{n}次健康宣传活动</a></li>" for n in range(6))


def shown(body: str) -> list[str]:
    document = read_document(Path("page.html"), f"<html><body>{body}</body></html>".encode())
    return [block.text.text for block in document.blocks]


def test_navigation_lists_of_links_and_footers_are_dropped() -> None:
    page = (
        f"<div class='top-nav'><span>首页</span><span>政务公开</span></div><nav><p>栏目导航</p></nav>"
        f"<p><a href='/'>首页</a> &gt; <a href='/zwgk'>政务公开</a> &gt; <a href='/zj'>规划总结</a></p>"
        f"<div id='zoom'>{REPORT}</div><h3>相关阅读</h3><ul>{LINKS}</ul>"
        "<footer><p>主办：某县人民政府办公室</p></footer>"
        "<div>版权所有 未经许可不得转载，本站保留一切权利，如有疑问请联系管理员处理。</div>"
    )
    assert [text for text in shown(page) if text != "相关阅读"] == KEPT


def test_a_title_outside_the_main_content_is_kept() -> None:
    page = f"<div><div class='bt'>某县卫健局2022年工作总结</div><div><p>{FIRST}</p><p>{SECOND}</p></div></div>"
    assert shown(page) == ["某县卫健局2022年工作总结", FIRST, SECOND]


def test_a_report_cut_into_several_containers_is_kept_whole() -> None:
    page = f"<div><p>{FIRST}</p></div><div><p>二、明年打算</p><p>抓好基层工作。</p></div><div><p>{SECOND}</p></div>"
    assert shown(page) == [FIRST, "二、明年打算", "抓好基层工作。", SECOND]


def test_a_report_inside_misused_markup_is_kept() -> None:
    assert shown(f"<header>{REPORT}</header>") == KEPT
    assert shown(f"<aside><div class='sidebar'>{REPORT}</div></aside>") == KEPT
    assert shown(f"<form><table><tr><td>{REPORT}</td></tr></table></form>") == KEPT


def test_a_link_that_is_never_closed_does_not_drop_the_report() -> None:
    assert shown(f"<div><a href='/x'>{REPORT}</div>") == KEPT
    assert shown(f"<div><a name='top'>{REPORT}</div>") == KEPT


def test_an_attachment_line_is_kept() -> None:
    page = f"<div>{REPORT}<p>附件：<a href='1.xlsx'>任务分解表</a>、<a href='2.xlsx'>责任清单</a></p></div>"
    assert shown(page) == [*KEPT, "附件：任务分解表、责任清单"]


def test_a_page_of_short_lines_only_is_kept_whole() -> None:
    assert shown("<div class='menu'><p>工作要点</p></div><p>一、抓基层</p>") == ["工作要点", "一、抓基层"]
