"""How the page looks: Gradio's theme variables, with fonts that the machine already has."""

from __future__ import annotations

import json
from pathlib import Path

import gradio as gr

from ui import strings

SANS = ("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
MONO = ("Consolas", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", "monospace")

_HERE = Path(__file__).parent
_STYLES = (
    "frame.css",
    "chat.css",
    "reading.css",
    "library.css",
    "archive.css",
    "ledger.css",
    "conversations.css",
    "answers.css",
    "draft.css",
    "account.css",
    "settings.css",
)
_SCRIPTS = (
    "settings.js",
    "account.js",
    "page.js",
    "reading.js",
    "archive.js",
    "conversations.js",
    "answers.js",
    "draft_link.js",
    "draft_parts.js",
    "draft.js",
)


def theme() -> gr.themes.Base:
    """A quiet theme on paper-grey ground with one accent, light and dark. Loads no font from anywhere."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
        font=SANS,
        font_mono=MONO,
    ).set(
        body_background_fill="#f6f5f1",
        body_background_fill_dark="#16191b",
        body_text_color="#23292d",
        body_text_color_dark="#dfe3e4",
        body_text_color_subdued="#6a7074",
        body_text_color_subdued_dark="#98a0a3",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1e2224",
        background_fill_secondary="#f0eee8",
        background_fill_secondary_dark="#262b2d",
        border_color_primary="#dedbd2",
        border_color_primary_dark="#343a3d",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1e2224",
        input_border_color="#d3cfc4",
        input_border_color_dark="#3b4245",
        input_border_color_focus="#2b6a74",
        input_border_color_focus_dark="#7cb8c2",
        input_shadow_focus="none",
        button_primary_background_fill="#22606b",
        button_primary_background_fill_dark="#2f7783",
        button_primary_background_fill_hover="#1a4f59",
        button_primary_background_fill_hover_dark="#398896",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="#eceae3",
        button_secondary_background_fill_hover_dark="#2a2f32",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        layout_gap="12px",
    )


def css() -> str:
    """The page's own style sheet, the files in order."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _STYLES)


def head() -> str:
    """The page's own script and icon, inline: nothing is fetched."""
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    icon = (_HERE / "icon.txt").read_text(encoding="utf-8").strip()
    words = json.dumps(strings.GRADIO, ensure_ascii=False)
    told = f"window.gradioWords = {words}; window.draftTab = {json.dumps(strings.TAB_DRAFT)};"
    return f'<link rel="icon" href="{icon}"><script>{told}\n{script}</script>'
