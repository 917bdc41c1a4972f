"""The interface described on one plain page, made from its own description; nothing of it comes from another host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:60rem;
margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem;border-top:1px solid #ccc;padding-top:1rem}
code{font-family:ui-monospace,Consolas,monospace;background:#f2f2f0;padding:.1em .3em}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;text-align:left;padding:.3rem .5rem;
vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}code{background:#2b2b2b}td,th,h2{border-color:#444}}
"""


def page(described: Mapping[str, Any]) -> str:
    """The page; `described` is the OpenAPI description."""
    info = described["info"]
    return "\n".join(
        (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{escape(info['title'])}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(info['title'])}</h1><p>{escape(info['description'])}</p>",
            '<p><a href="openapi.json">openapi.json</a></p>',
            *_calls(described),
            "</body></html>",
        )
    )


def _calls(described: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            yield f"<h2><code>{escape(method.upper())} {escape(path)}</code> {escape(call.get('summary', ''))}</h2>"
            yield from _table("参数 Parameters", _parameters(described, call))
            yield from _table("回答 Reply", _reply(described, call))


def _parameters(described: Mapping[str, Any], call: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [(one["name"], one.get("description", "")) for one in call.get("parameters", ())]
    for sent in call.get("requestBody", {}).get("content", {}).values():
        found += _fields(described, sent.get("schema", {}))
    return found


def _reply(described: Mapping[str, Any], call: Mapping[str, Any]) -> list[tuple[str, str]]:
    told = call["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return _fields(described, told.get("items", told))


def _fields(described: Mapping[str, Any], schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    shape = described.get("components", {}).get("schemas", {}).get(name, {})
    return [(field, one.get("description", "")) for field, one in shape.get("properties", {}).items()]


def _table(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"<table><tr><th>{escape(title)}</th><th></th></tr>"
    for name, about in rows:
        yield f"<tr><td><code>{escape(name)}</code></td><td>{escape(about)}</td></tr>"
    yield "</table>"
