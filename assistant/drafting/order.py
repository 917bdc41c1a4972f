"""The order for a draft, from a YAML file or the page's form; every mistake of the writer's is one Chinese line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast, get_args

from assistant.drafting.facts import fact_of, parse_facts
from assistant.drafting.facts_xlsx import read_facts
from assistant.drafting.types import ORDER_KINDS, ComposerName, Fact, Length, Order, OrderKind
from ingest.errors import BadOrder

__all__ = ["BadOrder", "parse_order", "read_order"]

_KEYS = tuple(field.name for field in fields(Order))
_FACT_KEYS = ("indicator", "target", "result", "text", "file")
_CHINESE = {
    "单位": "org",
    "机构": "org",
    "年份": "year",
    "年度": "year",
    "文种": "kind",
    "类型": "kind",
    "章节": "sections",
    "标题": "sections",
    "提纲": "sections",
    "事实": "facts",
    "指标": "facts",
    "目标": "facts",
    "截至": "up_to",
    "方式": "composer",
    "篇幅": "length",
    "长度": "length",
    "语气": "tone",
    "文风": "tone",
    "参考": "prefer",
    "优先": "prefer",
    "排除": "exclude",
    "主送": "addressee",
    "日期": "date",
}
_FACT_CHINESE = {
    "指标": "indicator",
    "目标": "target",
    "任务": "target",
    "完成": "result",
    "内容": "text",
    "文件": "file",
}
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_EXAMPLE = "例如 facts: [{indicator: 两癌筛查, target: 10000人}]"


def read_order(path: Path) -> Order:
    """The order in a YAML file. Raises BadOrder."""
    import yaml

    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadOrder(f"起草说明 {path} 无法打开", "请检查文件名和所在文件夹是否写对") from error
    try:
        written = _decoded(data)
        # A list of references to lists of references is a few lines here and gigabytes when it is written out.
        linked = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(written, Loader=yaml.SafeLoader))
        table = None if linked else yaml.safe_load(written)
        twice = _written_twice(yaml.compose(written, Loader=yaml.SafeLoader))
    except UnicodeDecodeError as error:
        raise BadOrder(f"起草说明 {path.name} 不是文本文件", "请另存为 UTF-8 编码的 .yaml 文件") from error
    # Beside its own errors: a date that no calendar has, a number of thousands of digits, brackets without end.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行" if mark is not None else ""
        raise BadOrder(f"起草说明 {path.name} {where}不合 YAML 写法", "请检查该处的缩进、引号和冒号后的空格") from error
    if linked:
        raise BadOrder(f"起草说明 {path.name} 里用了 YAML 的引用（以 * 开头的词）", "请把内容直接写出，或给它加上引号")
    if twice:
        raise BadOrder(f"起草说明里 {twice} 写了两次", "请只留一处")
    if not isinstance(table, dict):
        raise BadOrder(
            f"起草说明 {path.name} 里没有“项目: 内容”的行", "请按 org: 单位名称 的写法逐行填写（半角冒号，后空一格）"
        )
    try:
        return parse_order(table, path.parent)
    except ValueError as error:  # a hexadecimal number of thousands of digits, which Python does not write out
        raise BadOrder(f"起草说明 {path.name} 里有大得写不出的数", "请改成平常的写法") from error


def parse_order(table: Mapping[str, object], base: Path | None = None) -> Order:
    """The same from a table; `base` is where the files that it names lie.

    `facts` may be free text, a list of facts and texts, or `{"file": "facts.xlsx"}`. Raises BadOrder.
    """
    given = {str(key): value for key, value in table.items() if not _is_empty(value)}
    for key in map(str, table):
        if key not in _KEYS:
            raise BadOrder(f"起草说明里的 {key} 不是已知的项目", _instead(key, _KEYS, _CHINESE))
    org = _text(given, "org")
    if not org:
        raise BadOrder("起草说明没有写单位", "请补上 org: 单位名称")
    if "year" not in given:
        raise BadOrder("起草说明没有写年份", "请补上 year: 要起草哪一年的文稿")
    return Order(
        org=org,
        year=_year(given["year"], "year"),
        kind=cast(OrderKind, _one_of(given, "kind", ORDER_KINDS)),
        sections=_names(given, "sections"),
        facts=_facts(given.get("facts"), base),
        up_to=_year(given["up_to"], "up_to") if "up_to" in given else None,
        composer=cast(ComposerName, _one_of(given, "composer", get_args(ComposerName))),
        length=cast(Length, _one_of(given, "length", get_args(Length), "中")),
        tone=_text(given, "tone"),
        prefer=_names(given, "prefer"),
        exclude=_names(given, "exclude"),
        addressee=_text(given, "addressee"),
        date=_date(given.get("date")),
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _written_twice(node: Any) -> str:
    """A key that stands twice on the top level; YAML itself would silently take the last."""
    seen: set[str] = set()
    for key, _ in getattr(node, "value", ()) if getattr(node, "id", "") == "mapping" else ():
        if key.value in seen:
            return str(key.value)
        seen.add(key.value)
    return ""


def _instead(key: str, known: Sequence[str], chinese: Mapping[str, str]) -> str:
    near = get_close_matches(key.strip().lower(), known, n=1, cutoff=0.5)
    said = next((name for word, name in chinese.items() if word in key), None)
    meant = said or (near[0] if near else None)
    return f"是否想写 {meant}？请改正或删去" if meant else f"请删去（可写的有 {'、'.join(known)}）"


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(given: Mapping[str, object], key: str) -> str:
    value = given.get(key, "")
    if isinstance(value, (list, tuple, dict, bool)):
        raise BadOrder(f"起草说明里的 {key} 应是一段文字", f"请写成 {key}: 文字")
    return str(value).strip()


def _year(value: object, key: str) -> int:
    found = None if isinstance(value, bool) else _YEAR.fullmatch(str(value).strip())
    if found is None:
        raise BadOrder(f"起草说明里的 {key} 应是年份，写的是“{_shown(value)}”", f"请写成 {key}: 2025 这样的四位数字")
    return int(found[1])


def _one_of(given: Mapping[str, object], key: str, known: Sequence[str], default: str | None = None) -> str:
    if key not in given:
        return default or known[0]
    value = str(given[key]).strip()
    if value not in known:
        near = get_close_matches(value, known, n=1, cutoff=0.3)
        meant = f"是否想写“{near[0]}”？" if near else ""
        raise BadOrder(f"起草说明里的 {key} 写的是“{_shown(value)}”", f"{meant}可写 {'、'.join(known)}")
    return value


def _names(given: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = given.get(key)
    if value is None:
        return ()
    items = re.split(r"[\n;；]", value) if isinstance(value, str) else value
    if isinstance(items, (int, float, dict)) or not isinstance(items, Sequence):
        raise BadOrder(f"起草说明里的 {key} 应是一个清单", f"请写成 {key}: [第一项, 第二项]")
    if any(isinstance(item, (dict, list)) for item in items):
        raise BadOrder(f"起草说明里的 {key} 每一项应是一段文字", f"请写成 {key}: [第一项, 第二项]")
    return tuple(dict.fromkeys(name for item in items if item is not None and (name := str(item).strip())))


def _date(value: object) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return _text({"date": value} if value is not None else {}, "date")


def _facts(value: object, base: Path | None) -> tuple[Fact, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return parse_facts(value)
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, (list, tuple)):
        raise BadOrder("起草说明里的 facts 写法不对", f"请写成一段文字或一个清单，{_EXAMPLE}")
    found: list[Fact] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, Fact):
            found.append(item)
        elif isinstance(item, str):
            found += parse_facts(item)
        elif isinstance(item, dict):
            found += _fact(item, number, base)
        elif item is not None:
            raise BadOrder(f"facts 第{number}项“{_shown(item)}”不是文字，也不是指标", f"请改正，{_EXAMPLE}")
    return tuple(found)


def _one_fact(text: str) -> Fact:
    """A text that the writer calls one fact stays one, so that the numbers of facts are those of his list."""
    found = parse_facts(text)
    return replace(found[0], text=text) if len(found) == 1 else Fact(text)


def _fact(table: Mapping[object, object], number: int, base: Path | None) -> tuple[Fact, ...]:
    where = f"facts 第{number}项"
    for key, value in table.items():
        if key not in _FACT_KEYS:
            remedy = _instead(str(key), _FACT_KEYS, _FACT_CHINESE)
            raise BadOrder(f"{where}里的 {key} 不是已知的项目", f"{remedy}；内容里有逗号的请加引号")
        if isinstance(value, (list, dict, bool)):
            raise BadOrder(f"{where}的 {key} 应是一段文字", f"请改正，{_EXAMPLE}")
    said = {str(key): str(value).strip() for key, value in table.items() if not _is_empty(value)}
    if "file" in said:
        place = Path(said["file"]).expanduser()
        return read_facts(place if place.is_absolute() or base is None else base / place)
    if "indicator" not in said:
        if "text" not in said:
            raise BadOrder(f"{where}没有写指标，也没有写内容", f"请补上 indicator 或 text，{_EXAMPLE}")
        if len(said) == 1:
            return (_one_fact(said["text"]),)
        raise BadOrder(f"{where}有数值而没有写指标名", f"请补上 indicator，{_EXAMPLE}")
    return (fact_of(said["indicator"], said.get("target"), said.get("result"), said.get("text", "")),)


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 20 else f"{text[:20]}…"
