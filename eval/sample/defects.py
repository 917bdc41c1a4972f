"""What happens to a report on its way through the web: small pure functions, text in, damaged text out.

Sentence marks (one private character before and one after a sentence, see draft.py) pass through all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from eval.sample.sentences import CUT

_PINYIN = {
    "衛": "wèi", "總": "zǒng", "結": "jié", "計": "jì", "劃": "huà", "縣": "xiàn", "醫": "yī", "療": "liáo",
    "務": "wù", "員": "yuán", "規": "guī", "範": "fàn", "進": "jìn", "實": "shí", "項": "xiàng", "標": "biāo",
    "準": "zhǔn", "發": "fā", "設": "shè", "現": "xiàn", "檢": "jiǎn", "達": "dá", "長": "zhǎng", "際": "jì",
    "領": "lǐng", "導": "dǎo", "嚴": "yán", "壓": "yā", "調": "tiáo", "強": "qiáng",
}  # fmt: skip
_SYNONYMS = {
    "服务": "效劳", "基本": "根本", "安全": "平安", "项目": "工程", "规范": "标准", "发展": "开展", "达到": "到达",
    "督促": "催促", "广大": "广阔", "创建": "创立", "措施": "举措", "计划": "方案", "监督": "监视", "清除": "去除",
}  # fmt: skip
_HAN = re.compile("[\u4e00-\u9fff]")
_INSIDE_MARKS = re.compile("[\U000f0000-\U0010ffff]")
TRUNCATION_NOTICE = "亲，免费预览到此为止，如需阅读全文请下载"


def traditional(text: str) -> str:
    """Traditional characters, some followed by their reading in brackets, as a broken converter leaves them."""
    converted = str(_converter().convert(text))
    return re.sub("|".join(_PINYIN), lambda found: f"{found[0]}({_PINYIN[found[0]]})", converted)


def synonyms(text: str) -> str:
    """Words replaced by machine (服务 → 效劳), as sharing sites do to look original."""
    return re.sub("|".join(_SYNONYMS), lambda found: _SYNONYMS[found[0]], text)


def replace_ten(text: str, year: int) -> str:
    """Every 10 replaced by a year, also inside figures (100% → 20230%)."""
    return text.replace("10", str(year))


def page_marks(text: str, length: int = 700) -> str:
    """One long line cut into numbered preview pages, in the middle of sentences, and of figures where CUT stands.

    The page number lands before the rest of what was cut: `91.⏎⏎2、67%`.
    """
    pages, page = [], ""
    for char in text.replace("\n", " "):
        if char == CUT or (len(page) >= length and _HAN.match(page[-1]) and _HAN.match(char)):
            pages.append(page)
            page = "" if char == CUT else char
        else:
            page += char
    pages.append(page)
    return "\n\n".join(f"{number}、{page}" for number, page in enumerate(pages, 1))


def sharing(text: str, title: str, number: int, *, complete: bool = True) -> str:
    """The furniture of a document-sharing site around the text; all pages are shown where the copy is complete."""
    shown = 3 + number % 3
    pages = shown if complete else shown + 4
    marks = "\n".join(f"{title}.docx_第{page}页\n第{page}页 / 共{pages}页" for page in range(1, shown + 1))
    facts = f"文档编号：{3_000_000 + number} 上传时间：2024-03-{1 + number % 28:02d} 格式：DOCX 页数：{pages}"
    return f"""收藏  分享  举报

{title}.docx

上传人：云淡风轻{number % 97} {facts} 大小：{20 + number % 30}.6KB
立即下载  加入VIP
{marks}
资源描述：

{text}

相关资源
猜你喜欢
  乡镇卫生院年度考核方案.docx
  党支部书记述职报告范文.docx
相关搜索  工作总结 工作计划 卫生健康
当前位置：首页 > 办公文档 > 总结汇报

版权声明：本站文档均由用户上传，仅供学习参考
copyright@ 2012-2024 文库网 All Rights Reserved 备案号：ICP备0{number % 9}1234567号
"""


def hard_wrap(text: str, width: int = 34) -> str:
    """Lines broken after `width` characters whatever stands there, as a PDF text layer gives them."""
    wrapped: list[str] = []
    for line in text.split("\n"):
        piece, size = "", 0
        for char in line:
            if size >= width:
                wrapped.append(piece)
                piece, size = "", 0
            piece += char
            size += 0 if _INSIDE_MARKS.match(char) else 1
        wrapped.append(piece)
    return "\n".join(wrapped)


def dropped(text: str, every: int = 41) -> str:
    """Every so many Chinese characters one is lost, by turns silently and to a private-use character."""
    kept, seen = [], 0
    for char in text:
        if not "\u4e00" <= char <= "\u9fff":
            kept.append(char)
            continue
        seen += 1
        if seen % every:
            kept.append(char)
        elif (seen // every) % 2:
            kept.append(chr(0xE500 + seen % 200))
    return "".join(kept)


def hide_digits(text: str, mask: str) -> str:
    """Every run of digits replaced by the mask (12月 → x月)."""
    return re.sub(r"\d[\d.,]*", mask, text)


def truncate(text: str, plan_start: int, keep: int = 26) -> str:
    """Only the first `keep` characters from where the plan starts, and the notice that the preview ends."""
    return f"{text[: plan_start + keep]}\n\n{TRUNCATION_NOTICE}"


def collection(texts: Iterable[str], style: str) -> str:
    """Several reports in one text. style "第": 第一篇：…; style "篇": the sharing sites' 工作总结篇一."""
    numbers = "一二三四五六七八九"
    if style == "第":
        return "\n\n".join(f"第{number}篇：{text}" for number, text in zip(numbers, texts, strict=False))
    intro = "时光匆匆，回头看走过的路总有许多收获。下面是小编为大家整理的范文，仅供参考。"
    parts = [f"卫生健康工作总结篇{number}\n{text}" for number, text in zip(numbers, texts, strict=False)]
    return "\n\n".join([intro, *parts])


def without_cuts(text: str) -> str:
    """The text of a copy that was never cut into pages."""
    return text.replace(CUT, "")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")
