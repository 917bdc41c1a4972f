"""What lines of web furniture look like, as data: patterns for the whole line, a reason, and where it may stand.

A line of a report must never match. So every pattern is for a whole line, of strict shape; what could be said in a
report too (来源：…, 作者：…, 关注) counts only near the head or the tail of a file. Patterns see simplified text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.clean import reasons
from ingest.clean.line_words import CARD_LABEL, PAGE_LABEL, SEPARATORS, STRONG_BUTTON, WEAK_BUTTON, button

Zone = Literal["any", "edge"]
"""Where a rule holds: anywhere, or only among the first and the last lines of a file."""


@dataclass(frozen=True, slots=True)
class LineRule:
    """Lines that match `pattern` from end to end are furniture. `limit` is the greatest length in characters."""

    reason: str
    pattern: re.Pattern[str]
    zone: Zone
    limit: int


def _rule(reason: str, *patterns: str, zone: Zone = "any", limit: int = 120) -> LineRule:
    return LineRule(reason, re.compile("|".join(patterns), re.IGNORECASE), zone, limit)


_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_VALUE = r"[^。；;]{0,60}"

RULES: tuple[LineRule, ...] = (
    _rule(reasons.BUTTONS, rf"{SEPARATORS}(?:{button(STRONG_BUTTON)}{SEPARATORS})+"),
    _rule(reasons.BUTTONS, rf"(?:{button(f'{STRONG_BUTTON}|{WEAK_BUTTON}')}{SEPARATORS}){{2,}}", limit=60),
    _rule(reasons.BUTTONS, rf"{button(WEAK_BUTTON)}{SEPARATORS}", zone="edge", limit=12),
    _rule(
        reasons.FILE_CARD,
        r"上传(?:人|者|用户|时间|日期)\s*[:：].*",
        r"文[档件](?:编号|ID|格式|大小|页数|热度)\s*[:：].*",
        rf"(?:(?:{CARD_LABEL})\s*[:：]\s*[^\s:：]*(?:\s(?!(?:{CARD_LABEL})\s*[:：])[^\s:：]*){{0,2}}\s*){{3,}}",
        rf"[^。；]{{0,50}}{_DATE}[^。；]{{0,40}}?\d+(?:\.\d+)?\s?[KMG]B(?:\s*\d+\s*页)?",
        r"[^。；]{0,40}\s\d+(?:\.\d+)?\s?[KM]B\s+\d+\s*页",
        limit=160,
    ),
    _rule(
        reasons.FILE_CARD,
        r".{0,100}由.{0,16}(?:会员|用户|网友)?.{0,8}(?:分享|上传|提供)[,，]可在线(?:阅读|预览).*",
        limit=260,
    ),
    _rule(
        reasons.FILE_CARD,
        r"\d{1,4}\s*(?:积分|金币|文币|下载券|财富值|学币|书币|下载币)",
        r"(?:VIP)?(?:免费|专享|专免)(?:下载|文档)?",
        r"VIP\S{0,4}",
        r"关\s*键\s*词\s*[:：].{0,80}",
        r"推荐度\s*[:：].{0,20}",
        zone="edge",
        limit=90,
    ),
    _rule(
        reasons.FILE_CARD,
        r"\d?[.、]?\s*[^。]{0,30}(?:本站|本文档|该文档|本资源|该资源|所有资源)[^。]{0,60}"
        r"(?:上传|版权|侵权|解压|付费|收益|压缩包).{0,120}",
        r"(?:将本文的|点击下载)[^。]{0,12}(?:文档|文件)(?:下载到电脑.{0,30}|.{0,10})",
        r"文档为\S{1,6}格式",
        zone="edge",
        limit=220,
    ),
    _rule(
        reasons.RUNNING_HEAD,
        r"[-—\s]*(?:精品|精选|优质|最新|可编辑|学习|word|参考|名师)*(?:文档|资料|版本)?[-—,，\s]*"
        r"(?:欢迎下载|可(?:自由)?(?:编辑|修改)版?|供参考)(?:使用|支持|收藏)?[!！。\s—-]*",
        limit=40,
    ),
    _rule(
        reasons.PREVIEW_PAGE,
        r".{2,100}[_＿-]\s*第\d{1,4}页",
        r"第\s*\d{1,4}\s*页\s*[/／,，]?\s*[(（]?共\s*\d{1,4}\s*页[)）]?",
    ),
    _rule(reasons.PREVIEW_PAGE, r"(?:\d{1,4}\s*)?[/／]\s*\d{1,4}\s*页?", zone="edge", limit=12),
    _rule(
        reasons.PAGE_NUMBER,
        r"[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}",
        r"第\s*\d{1,4}\s*页",
        r"Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
        limit=20,
    ),
    _rule(
        reasons.PREVIEW_END,
        r"共\s*\d{1,4}\s*页\s*[,，]\s*(?:可?免费)?预览(?:前|了)?\s*\d{1,4}\s*页.{0,20}",
        r"(?:点击)?继续阅读(?:全文|剩余\S{0,10})?",
        limit=40,
    ),
    _rule(
        reasons.PREVIEW_END,
        r"[^。]{0,50}(?:免费预览|预览(?:已)?(?:结束|到此)|试读(?:已)?结束|剩\S{0,8}页?未读"
        r"|剩余(?:内容|部分|\d+\s?%)\S{0,16}(?:下载|登录|付费|开通|会员|查看)"
        r"|(?:下载|登录|付费|购买|开通\S{0,6})(?:后(?:即?可|才能|就能)?|即可|就能|可)"
        r"(?:查看|阅读|浏览|获取)(?:全文|完整|更多|剩余|全部)"
        r"|未完[,，]\s*(?:继续阅读|请下载)).{0,40}",
        limit=100,
    ),
    _rule(
        reasons.SITE_LABEL,
        r"(?:资源|文档|文件|内容)(?:描述|简介|介绍|预览)[:：]?",
        r"(?:点击|展开)(?:阅读|查看|加载|显示|展开)(?:全文|更多|全部|剩余\S{0,8})[>»↓]*",
        r"文档(?:标签|关键词)[:：]?.{0,40}",
        limit=60,
    ),
    _rule(
        reasons.COPYRIGHT,
        r"(?:copyright\b|©|\(c\)\s?\d{4}).*",
        r"版权所有\s*(?:[:：@©].*|[^，。]{0,30})",
        r"[^。，]{2,60}版权所有",
        r"[^。]{0,80}[\u4e00-\u9fff]?ICP[备证]\s*\d+号?.{0,60}",
        r"[^。]{0,40}公?网安备\s*\d+号?.{0,40}",
        r"经营许可证(?:编号|号)?[:：].{0,60}",
        r"(?:政府)?网站(?:标识码|主办|声明|编号)[:：]?.{0,60}",
        r"(?:本站|本网)(?:所有|部分)?(?:资源|文档|资料|内容|文章|图片|作品)[^。]{0,20}"
        r"(?:版权|上传|来源|来自|仅供|转载|网友|用户).{0,80}",
        r"(?:您|你)是第\s*\d*\s*位?(?:访问者|访客).{0,20}",
        r"(?:建议|推荐)(?:您)?使用.{0,40}(?:分辨率|浏览器).{0,30}",
        limit=180,
    ),
    _rule(
        reasons.COPYRIGHT,
        r"(?:本|该|这部|这一)作品.{0,260}(?:著作权法|公有领域|知识共享|CC[- ]BY).{0,120}",
        r"注：.{0,10}维基文库.{0,80}。",
        r"Public domain|true|false",
        zone="edge",
        limit=400,
    ),
    _rule(
        reasons.COPYRIGHT,
        r"(?:主办|承办|协办|技术支持|运维|运营)(?:单位)?[:：][^。]{2,60}",
        r"(?:联系电话|服务热线|客服(?:电话|热线|QQ)|地址|邮编|邮箱|投诉电话|举报电话)[:：][^。]{0,60}",
        zone="edge",
    ),
    _rule(reasons.MEMBERSHIP, r"[^。，]{0,8}(?:开通|加入|成为|升级|购买)\s*(?:VIP|会员|超级会员)[^。]{0,24}", limit=40),
    _rule(
        reasons.NAVIGATION,
        r"(?:您|你)?\s*(?:的|当前|现在|目前|所在|所处)*\s*(?:位置|页面|栏目)\s*(?:是|为)?\s*[:：].{0,200}",
        r"(?:网站|门户)?(?:首页|主页)\s*(?:[?？]{0,3}\s*[>＞»›→/／\\|]+|-{1,2}>).{1,180}",
        limit=240,
    ),
    _rule(
        reasons.TOOLBAR,
        r"[【\[(（]?\s*字\s*[号体](?:大小)?\s*[:：]?\s*[【\[(（]?(?:\s*[大中小特默认+-]{1,2}\s*[|｜/\]】\[【]?)*\s*[】\])）]?",
        r"分享(?:到|至)\s*[:：].{0,30}",
        r"扫[一描].{0,24}(?:手机|微信|关注|打开|分享|二维码).{0,12}",
        r"用?手机(?:扫码|扫一扫|查看|访问).{0,14}",
        limit=40,
    ),
    _rule(
        reasons.TOOLBAR,
        r"[【\[]?\s*(?:加大|还原|减小|缩小|放大|正常|默认|特大)\s*[】\]]?",
        r"[【】\[\]]",
        zone="edge",
        limit=8,
    ),
    _rule(reasons.NEIGHBOURS, r"[【\[]?[上下]一[篇条页则][】\]]?\s*[:：].{0,100}", limit=110),
    _rule(
        reasons.ATTACHMENT,
        r"(?:相关)?附件下载\s*[:：]?.{0,80}",
        r"(?:相关)?附件\s*\d{0,2}\s*[:：].{0,80}\.(?:docx?|pdf|xlsx?|zip|rar|wps|ofd|pptx?|jpg|png)",
    ),
    _rule(
        reasons.EDITORIAL,
        r"(?:推荐阅读|相关阅读|延伸阅读|扩展阅读|本文链接|本文地址|原文链接|原文地址|来源网址|文章来源|转载请注明|版权声明|免责声明)"
        r"\s*[:：].{0,100}",
        r"(?:本文|文章|资料)(?:由|来自|来源于|转载自|摘自)[^。，]{1,30}(?:整理|提供|分享|收集|发布|上传|网友?)[^。]{0,20}[。.]?",
    ),
    _rule(
        reasons.PUBLISHING,
        rf"[【\[(（]?\s*(?:{PAGE_LABEL})\s*[:：]\s*{_VALUE}",
        rf"{_DATE}(?:\s*{_CLOCK})?\s+(?:{PAGE_LABEL})\s*[:：]\s*{_VALUE}",
        rf"时间\s*[:：]\s*{_DATE}\s*(?:{_CLOCK}|\S{{2,6}}[:：]){_VALUE}",
        rf"\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\s+{_CLOCK}(?:\s+\S{{0,20}}){{0,2}}",
        zone="edge",
        limit=160,
    ),
)
