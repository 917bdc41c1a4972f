"""The vocabulary of web furniture: buttons, labels of file cards, labels that government pages put over a text."""

from __future__ import annotations

import re

SEPARATORS = r"[\s·•|｜/、>»<«↑↓…]*"

STRONG_BUTTON = (
    r"立即下载|免费下载|下载(?:文档|本文|原文|全文)|文档下载|加入收藏|添加收藏|收藏(?:本[页站文]|文档)|分享文档"
    r"|侵权投诉|举报投诉|投诉举报|版权申诉|我要(?:纠错|评论|投稿|收藏|分享)|在线客服|联系客服|关注我们|意见反馈"
    r"|返回(?:顶部|首页|列表|上一?页)|回到顶部|网站地图|联系我们|关于我们|设为首页|加入VIP"
    r"|无障碍(?:浏览|阅读)?|长者(?:模式|版|专区)|(?:我要)?打印(?:本页|本文|文章|此页|页面|正文)?"
    r"|关闭(?:本页|窗口|此页|页面)?|全屏|(?:提交|发表|匿名|暂无)评论|换一张|加载更多"
    r"|展开(?:全部|全文|更多)?|收起|点赞|换一换|查看更多|阅读全文|QQ空间|朋友圈|新浪微博|微信|扫一扫|分享到"
)
"""Words that on a line of their own are always buttons."""

WEAK_BUTTON = (
    r"收藏|分享|下载|相关|举报|评论|投诉|客服|关注|复制|反馈|登录|注册|首页|返回|更多|搜索|赞|踩|大|中|小"
    r"|上一页|下一页|尾页|繁体|简体|TOP"
)
"""Words that are buttons in company or at the edge of a file; a table of a report may hold one of them alone."""

CARD_LABEL = (
    r"上传(?:人|者|用户|时间|日期)|文[档件](?:编号|ID|格式|大小|页数|类型|热度|分类)|页数|大小|格式|分类|属性|字数|作者|时间"
    r"|浏览(?:次数|量)?|下载(?:次数|量|积分)?|所需(?:积分|金币)|积分|热度|评分|贡献者|文库|售价|价格"
)
"""Labels on the card that a sharing site shows beside a document."""

PAGE_LABEL = (
    r"(?:信息|文章|稿件|内容|新闻)?来\s*源|(?:发布|发文|公开|信息)(?:机构|机关|单位|部门)"
    r"|(?:发布|发表|更新|成文|印发|生成|公开|公布)(?:时间|日期)|日期|索\s*引\s*号|信息(?:索引号?|名称|分类|类别)"
    r"|主题(?:分类|词)|公开(?:方式|范围|属性|形式|目录)|有\s*效\s*性|(?:浏览|阅读|访问)(?:次数|量|数)?"
    r"|点击(?:次数|量|数|率)?|作者|编辑|责任编辑|责编|审核|初审|复审|终审|编审|供稿|撰稿|校对"
    r"|字[号体](?:大小)?|视力保护色?"
)
"""Labels that web pages put between the title and the text, or under it."""

LIST_LABELS = re.compile(
    r"(?:相关|热门|推荐|最新|猜你喜欢的?|精选|精品|同类|类似|最近|本周|更多)"
    r"(?:资源|文档|推荐|搜索|下载|文章|范文|资料|阅读|内容|信息|新闻|报道|链接|专题)"
    r"|猜你喜欢|为您推荐|大家都在(?:看|搜)|看了(?:本文|该文档|又看)\S{0,8}|您?可能(?:还)?(?:感兴趣|喜欢|关注)的?\S{0,6}"
    r"|.{0,40}的?相关文章|关注排行|热搜词?|排行榜"
)
"""Headings of the lists of other documents that follow a shared document to the end of its page."""

SUMMARY_LABEL = re.compile(r"(?:内容)?(?:摘要|简介|提要)\s*[:：]?")
"""The label over a sharing site's plain summary; only in files with other traces of a sharing site."""

MEMBER_LIST_ITEM = re.compile(
    r"[•·●▪◆※*-]\s*[\u4e00-\u9fffA-Z]{3,10}"
    r"|(?=.*(?:会员|VIP|下载|特权|文档|专享|优惠|积分|抽奖|同步|服务))[\u4e00-\u9fffA-Z]{3,10}"
)
"""One line of the list of privileges under 开通VIP…."""


def button(words: str) -> str:
    """The pattern of one button: a word, perhaps in brackets, perhaps with a count behind it."""
    return rf"[【\[(（]?\s*(?:{words})\s*[】\])）]?(?:\s?[(（](?:赏|\d{{1,6}})[)）])?"
