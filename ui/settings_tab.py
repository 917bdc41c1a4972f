"""The tab 设置: its frame. What it tells comes from `/settings/…` once the tab is opened."""

from __future__ import annotations

import gradio as gr

from ui import strings
from ui.access import Access
from ui.escape import escape
from ui.settings_view import frame_html
from ui.strings import Language

_SWITCH: tuple[tuple[Language, str, str, str], ...] = (("zh", "/", "zh-CN", "中文"), ("en", "/en/", "en", "English"))


def build(page: gr.Blocks, access: Access) -> None:
    """Add the tab's components to the page."""
    gr.HTML(
        frame_html(),
        elem_id="settings",
        apply_default_css=False,
        js_on_load="reportAssistantSettings.open(element);",
    )


def switch_html(language: Language) -> str:
    """The switch between the languages, for the bar on top; each says its own name."""
    links = "".join(
        f'<a href="{path}" data-language="{one}" lang="{tag}"'
        f"{' aria-current=true' if one == language else ''}>{name}</a>"
        for one, path, tag, name in _SWITCH
    )
    return f'<nav class="languages" aria-label="{escape(strings.LANGUAGES_LABEL)}">{links}</nav>'
