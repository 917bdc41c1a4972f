"""What a validation found wrong with a request, in one Chinese line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WRONG: Mapping[str, str] = {
    "missing": "没有写，请补上",
    "extra_forbidden": "不是已知的参数，请删去或改正拼写",
    "string_type": "应是一段文字，请改正",
    "string_too_short": "是空的，请写上内容",
    "string_too_long": "太长，最多 {max_length} 字，请缩短",
    "string_unicode": "含有不成字的编码，请用 UTF-8 重新发送",
    "int_type": "应是整数，请改正",
    "int_parsing": "应是整数，请改正",
    "int_from_float": "应是整数，请改正",
    "bool_type": "应是 true 或 false，请改正",
    "bool_parsing": "应是 true 或 false，请改正",
    "greater_than_equal": "不能小于 {ge}，请改正",
    "less_than_equal": "不能大于 {le}，请改正",
    "list_type": "应是一个清单（JSON 数组），请改正",
    "too_long": "太多，最多 {max_length} 项，请删减",
    "too_short": "是空的，请写上内容",
    "dict_type": "应是一个 JSON 对象，请改正",
    "model_type": "应是一个 JSON 对象，请改正",
    "model_attributes_type": "应是一个 JSON 对象，请改正",
}
_NOWHERE = frozenset({"body", "query", "path"})


def in_chinese(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors as a line that names the parameter and what to do; never what was sent."""
    kind, context = str(error["type"]), error.get("ctx") or {}
    if kind == "json_invalid":
        return "请求的内容不是合法的 JSON，请检查引号、逗号和括号。"
    if kind == "value_error":
        return f"{_named(error)}{context.get('error', '不合要求')}。"
    if kind == "literal_error":
        return f"{_named(error)}不是可用的值，可写 {str(context.get('expected', '')).replace(' or ', ' 或 ')}。"
    wrong = _WRONG.get(kind, "不合要求，请对照接口说明改正")
    return f"{_named(error)}{wrong.format_map(context)}。"


def _named(error: Mapping[str, Any]) -> str:
    place = [part for part in error.get("loc", ()) if part not in _NOWHERE]
    if not place:
        return "请求的内容"
    name = "".join(f" 第{part + 1}项" if isinstance(part, int) else str(part) for part in place[:2])
    return f"参数 {name[:60]} "
