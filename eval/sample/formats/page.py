"""A government web page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.sample.draft import Block

_MENU = ("网站首页", "政务公开", "办事服务", "互动交流")
_CRUMBS = ("首页", "政务公开", "法定主动公开内容", "规划计划", "年度总结")


def html_of(blocks: Sequence[Block], site: str, charset: str, variant: int) -> str:
    """The page: navigation, breadcrumb, the report, footer. Even variants use one <p> a paragraph, odd ones <br>."""
    title = _text(blocks[0])
    body = _paragraphs(blocks[1:]) if variant % 2 == 0 else _broken_lines(blocks[1:])
    menu = "".join(f'<li><a href="#">{name}</a></li>' for name in _MENU)
    info = "".join(
        f"<span>{text}</span>" for text in (f"来源：{site}", f"浏览次数：{variant * 37 + 112}", "字体：[大 中 小]")
    )
    crumbs = " &gt; ".join(f'<a href="#">{crumb}</a>' for crumb in _CRUMBS)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{charset}">
<title>{title} - {site}</title>
<meta name="ColumnName" content="规划计划">
<style>.nav li{{display:inline}} .con{{line-height:2}}</style>
<script>var siteId = "{variant + 40}";</script>
</head>
<body>
<div class="top"><a href="#">无障碍浏览</a> | <a href="#">长者模式</a> | <a href="#">登录</a></div>
<ul class="nav">{menu}</ul>
<div class="crumb">当前位置：{crumbs}</div>
<div class="article">
<h1>{title}</h1>
<div class="info">{info}</div>
<div class="con TRS_Editor">
{body}
</div>
<div class="share">分享到：微信 微博 <a href="#">打印本页</a> <a href="#">关闭窗口</a></div>
</div>
<div class="footer"><p>主办：{site}　承办：政务信息中心</p>
<p>网站标识码：44000000{variant:02d}　网站地图　联系我们</p></div>
</body>
</html>
"""


def _paragraphs(blocks: Sequence[Block]) -> str:
    lines = []
    for block in blocks:
        if block.kind == "heading":
            lines.append(f'<p style="text-indent:2em"><strong>{_text(block)}</strong></p>')
        elif block.kind == "sign":
            lines.append(f'<p style="text-align:right">{_text(block)}</p>')
        else:
            lines.append(f'<p style="text-indent:2em"><span style="font-family:仿宋">{_text(block)}</span></p>')
    return "\n".join(lines)


def _broken_lines(blocks: Sequence[Block]) -> str:
    return "<br />\n<br />\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{_text(block)}" for block in blocks)


def _text(block: Block) -> str:
    return escape(block.text, quote=False)
