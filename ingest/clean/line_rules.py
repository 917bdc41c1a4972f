"""What lines of web furniture look like, as data: a pattern for the whole line, a reason, and where it may stand.

A line of a report must never match. So every pattern is for a whole line, of strict shape; what could be said in a
report too (来源：…, 作者：…, 关注) counts only near the head or the tail of a file. Patterns see simplified text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.clean import reasons

Zone = Literal["any", "edge"]
"""Where a rule holds: anywhere, or only among the first and the last lines of a file."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """Lines that match `pattern` from end to end are furniture. `limit` is the greatest length in characters."""

    reason: str
    pattern: re.Pattern[str]
    zone: Zone = "any"
    limit: int = 120


def _rule(reason: str, pattern: str, zone: Zone = "any", limit: int = 120) -> LineRule:
    return LineRule(reason, re.compile(pattern, re.IGNORECASE), zone, limit)


_SEP = r"[\s·•|｜/、>»<«↑↓…]*"
_STRONG = (
    r"立即下载|免费下载|下载文档|下载本文|文档下载|下载原文|下载全文|加入收藏|添加收藏|收藏本(?:页|站|文)|收藏文档|分享文档|侵权投诉|举报投诉|投诉举报|版权申诉"
    r"|我要(?:纠错|评论|投稿|收藏|分享)|在线客服|联系客服|关注我们|返回(?:顶部|首页|列表|上一?页)|回到顶部|意见反馈|网站地图|联系我们|关于我们|设为首页|加入VIP|无障碍(?:浏览|阅读)?|长者(?:模式|版|专区)"
    r"|打印(?:本页|本文|文章|此页)|关闭(?:本页|窗口|此页)|打印|关闭|全屏|展开(?:全部|全文|更多)?|收起|点赞|换一换|查看更多|阅读全文|QQ空间|朋友圈|新浪微博|微信|扫一扫|分享到"
)
_WEAK = r"收藏|分享|下载|相关|举报|评论|投诉|客服|关注|复制|反馈|登录|注册|首页|返回|更多|搜索|赞|踩|大|中|小|上一页|下一页|尾页|繁体|简体|TOP"
_COUNT = r"(?:\s?[(（](?:赏|\d{1,6})[)）])?"


def _button(words: str) -> str:
    return rf"[【\[(（]?\s*(?:{words})\s*[】\])）]?{_COUNT}"


_CARD = (
    r"上传(?:人|者|用户|时间|日期)|文[档件](?:编号|ID|格式|大小|页数|类型|热度|分类)|页数|大小|格式|分类|属性|字数|作者|时间|浏览(?:次数|量)?"
    r"|下载(?:次数|量|积分)?|所需(?:积分|金币)|积分|热度|评分|贡献者|文库|售价|价格"
)
_META = (
    r"(?:信息|文章|稿件|内容|新闻)?来\s*源|(?:发布|发文|公开|信息)(?:机构|机关|单位|部门)|(?:发布|发表|更新|成文|印发|生成|公开|公布)(?:时间|日期)|日期"
    r"|索\s*引\s*号|信息(?:索引号?|名称|分类|类别)|主题(?:分类|词)|公开(?:方式|范围|属性|形式|目录)|有\s*效\s*性|浏览(?:次数|量|数)?|阅读(?:次数|量|数)?"
    r"|点击(?:次数|量|数|率)?|访问(?:次数|量|数)?|作者|编辑|责任编辑|责编|审核|初审|复审|终审|编审|供稿|撰稿|校对|字[号体](?:大小)?|视力保护色?"
)
_AD_VALUE = r"[^。；;]{0,60}"

RULES: tuple[LineRule, ...] = (
    _rule(reasons.BUTTONS, rf"{_SEP}(?:{_button(_STRONG)}{_SEP})+"),
    _rule(reasons.BUTTONS, rf"(?:{_button(_STRONG + '|' + _WEAK)}{_SEP}){{2,}}", limit=60),
    _rule(reasons.BUTTONS, rf"{_button(_WEAK)}{_SEP}", "edge", limit=12),
    _rule(reasons.FILE_CARD, r"上传(?:人|者|用户|时间|日期)\s*[:：].*|文[档件](?:编号|ID|格式|大小|页数|热度)\s*[:：].*"),
    _rule(reasons.FILE_CARD, rf"(?:(?:{_CARD})\s*[:：]\s*[^\s:：]*(?:\s(?!(?:{_CARD})\s*[:：])[^\s:：]*){{0,2}}\s*){{3,}}", limit=160),
    _rule(reasons.FILE_CARD, r"[^。；]{0,50}\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[^。；]{0,40}?\d+(?:\.\d+)?\s?[KMG]B(?:\s*\d+\s*页)?"),
    _rule(reasons.FILE_CARD, r"[^。；]{0,40}\s\d+(?:\.\d+)?\s?[KM]B\s+\d+\s*页"),
    _rule(reasons.FILE_CARD, r"\d{1,4}\s*(?:积分|金币|文币|下载券|财富值|学币|书币|下载币)|(?:VIP)?(?:免费|专享|专免)(?:下载|文档)?|VIP\S{0,4}", "edge", 16),
    _rule(reasons.PREVIEW_PAGE, r".{2,100}[_＿-]\s*第\d{1,4}页"),
    _rule(reasons.PREVIEW_PAGE, r"第\s*\d{1,4}\s*页\s*[/／,，]?\s*[(（]?共\s*\d{1,4}\s*页[)）]?"),
    _rule(reasons.PREVIEW_PAGE, r"[/／]\s*\d{1,4}|\d{1,4}\s*[/／]\s*\d{1,4}\s*(?:页)?", "edge", 12),
    _rule(reasons.PAGE_NUMBER, r"[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}|第\s*\d{1,4}\s*页|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?", limit=20),
    _rule(reasons.PREVIEW_END, r"共\s*\d{1,4}\s*页\s*[,，]\s*(?:可?免费)?预览(?:前|了)?\s*\d{1,4}\s*页.{0,20}", limit=40),
    _rule(
        reasons.PREVIEW_END,
        r"[^。]{0,50}(?:免费预览|预览(?:已)?(?:结束|到此)|试读(?:已)?结束|剩\S{0,8}页?未读|剩余(?:内容|部分|\d+\s?%)\S{0,16}(?:下载|登录|付费|开通|会员|查看)"
        r"|(?:下载|登录|付费|购买|开通\S{0,6})(?:后|即可|就能|可)(?:查看|阅读|浏览|获取)(?:全文|完整|更多|剩余|全部)|未完[,，]\s*(?:继续阅读|请下载)).{0,40}",
        limit=100,
    ),
    _rule(reasons.PREVIEW_END, r"(?:点击)?继续阅读(?:全文|剩余\S{0,10})?", limit=16),
    _rule(
        reasons.SITE_LABEL,
        r"(?:资源|文档|文件|内容)(?:描述|简介|介绍|预览)[:：]?|(?:点击|展开)(?:阅读|查看|加载|显示|展开)(?:全文|更多|全部|剩余\S{0,8})[>»↓]*|文档(?:标签|关键词)[:：]?.{0,40}",
        limit=60,
    ),
    _rule(reasons.COPYRIGHT, r"(?:copyright\b|©|\(c\)\s?\d{4}).*|版权所有\s*(?:[:：@©].*|.{0,30})|[^。，]{2,60}版权所有", limit=150),
    _rule(reasons.COPYRIGHT, r"[^。]{0,80}[\u4e00-\u9fff]?ICP[备证]\s*\d+号?.{0,60}|[^。]{0,40}公?网安备\s*\d+号?.{0,40}|经营许可证(?:编号|号)?[:：].{0,60}", limit=180),
    _rule(reasons.COPYRIGHT, r"网站(?:标识码|主办|声明|编号)[:：]?.{0,60}|(?:本站|本网)(?:所有|部分)?(?:资源|文档|资料|内容|文章|图片|作品)[^。]{0,20}(?:版权|上传|来源|来自|仅供|转载|网友|用户).{0,80}", limit=120),
    _rule(
        reasons.COPYRIGHT,
        r"(?:主办|承办|协办|技术支持|运维|运营)(?:单位)?[:：][^。]{2,60}|(?:联系电话|服务热线|客服(?:电话|热线|QQ)|地址|邮编|邮箱|投诉电话|举报电话)[:：][^。]{0,60}",
        "edge",
    ),
    _rule(reasons.MEMBERSHIP, r"[^。，]{0,8}(?:开通|加入|成为|升级|购买)\s*(?:VIP|会员|超级会员)[^。]{0,24}", limit=40),
    _rule(reasons.NAVIGATION, r"(?:您|你)?\s*(?:的|当前|现在|目前|所在|所处)*\s*(?:位置|页面|栏目)\s*(?:是|为)?\s*[:：].{0,200}", limit=240),
    _rule(reasons.NAVIGATION, r"(?:网站|门户)?(?:首页|主页)\s*(?:[?？]{0,3}\s*[>＞»›→/／\\|]+|-{1,2}>).{1,180}", limit=200),
    _rule(reasons.TOOLBAR, r"[【\[(（]?\s*字\s*[号体](?:大小)?\s*[:：]?\s*[【\[(（]?(?:\s*[大中小特默认+-]{1,2}\s*[|｜/\]】\[【]?)*\s*[】\])）]?", limit=24),
    _rule(reasons.TOOLBAR, r"分享(?:到|至)\s*[:：].{0,30}|扫[一描].{0,24}(?:手机|微信|关注|打开|分享|二维码).{0,12}|(?:用)?手机(?:扫码|扫一扫|查看|访问).{0,14}", limit=40),
    _rule(reasons.NEIGHBOURS, r"[【\[]?(?:上|下)一(?:篇|条|页|则)[】\]]?\s*[:：].{0,100}", limit=110),
    _rule(reasons.ATTACHMENT, r"(?:相关)?附件下载\s*[:：]?.{0,80}|(?:相关)?附件\s*\d{0,2}\s*[:：].{0,80}\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd|pptx?|jpg|png)", limit=110),
    _rule(
        reasons.EDITORIAL,
        r"(?:推荐阅读|相关阅读|延伸阅读|扩展阅读|本文链接|本文地址|原文链接|原文地址|来源网址|文章来源|转载请注明|版权声明|免责声明)\s*[:：].{0,100}"
        r"|(?:本文|文章|资料)(?:由|来自|来源于|转载自|摘自)[^。，]{1,30}(?:整理|提供|分享|收集|发布|上传|网友?)[^。]{0,20}[。.]?",
    ),
    _rule(reasons.PUBLISHING, rf"[【\[(（]?\s*(?:{_META})\s*[:：]\s*{_AD_VALUE}", "edge", limit=160),
    _rule(reasons.PUBLISHING, rf"(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s+)(?:{_META})\s*[:：]\s*{_AD_VALUE}", "edge", limit=160),
    _rule(reasons.PUBLISHING, r"\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s+\S{0,20}){0,2}", "edge", limit=60),
)

LIST_LABELS = re.compile(
    r"(?:相关|热门|推荐|最新|猜你喜欢的?|精选|精品|同类|类似|最近|本周|更多)(?:资源|文档|推荐|搜索|下载|文章|范文|资料|阅读|内容|信息|新闻|链接|专题)"
    r"|猜你喜欢|为您推荐|大家都在(?:看|搜)|看了(?:本文|该文档|又看)\S{0,8}|您?可能(?:还)?(?:感兴趣|喜欢|关注)的?\S{0,6}|关注排行|热搜词?|排行榜"
)
"""Headings of the lists of other documents that follow a shared document to the end of its page."""

SUMMARY_LABEL = re.compile(r"(?:内容)?(?:摘要|简介|提要)\s*[:：]?")
"""The label over a sharing site's plain summary; a report's own 摘要 is left alone (see `furniture`)."""

MEMBER_LIST_ITEM = re.compile(
    r"[•·●▪◆※*-]\s*[\u4e00-\u9fffA-Z]{3,10}|(?=.*(?:会员|VIP|下载|特权|文档|专享|优惠|积分|抽奖|同步|服务))[\u4e00-\u9fffA-Z]{3,10}"
)
"""One line of the list of privileges under 开通VIP…."""
