"""Small reports for small archives: made up, each with its own figures, so that a lost one is missed."""

from __future__ import annotations

from pathlib import Path

_TOPICS = ("妇幼健康", "疫苗接种", "家庭医生签约", "中医药服务", "卫生应急", "医共体建设", "基层能力", "健康宣教")
_WORKS = (
    "全年完成{topic}任务{first}人次，完成率{second}%，较上年提高{third}个百分点。",
    "组织{topic}培训{third}期，覆盖乡镇卫生院{second}家，参训{first}人次。",
    "投入{topic}经费{second}万元，改造业务用房{first}平方米，惠及群众{third}万人。",
)


def title_of(number: int) -> str:
    """The title of the report with this number."""
    return f"第{number}县卫生健康局{2018 + number % 6}年工作总结"


def report(number: int, change: int = 0, paragraphs: int = 3) -> str:
    """The report with this number as it stands after so many changes."""
    lines = [title_of(number), ""]
    for at, heading in enumerate(("一、主要工作", "二、存在问题", "三、下一步打算")):
        lines.append(heading)
        for paragraph in range(paragraphs):
            topic = _TOPICS[(number + at + paragraph) % len(_TOPICS)]
            seed = number * 97 + at * 31 + paragraph * 7 + change * 13
            lines.append(f"（{'一二三四五六七八九十'[paragraph % 10]}）{topic}。")
            lines += [
                "　　" + work.format(topic=topic, first=1000 + seed, second=50 + seed % 47, third=2 + seed % 9)
                for work in _WORKS
            ]
    return "\n".join(lines) + "\n"


def write_reports(folder: Path, numbers: range, change: int = 0, paragraphs: int = 3) -> Path:
    """Files of these reports; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(report(number, change, paragraphs), encoding="utf-8")
    return folder
