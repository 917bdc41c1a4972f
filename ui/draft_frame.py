"""The fixed frame of the tab 起草, into which the page's script puts the parts. `data-slot` names the part's place."""

from __future__ import annotations

from ui import strings


def left() -> str:
    """The order: form, outline, offers."""
    return (
        f'<form class="order" aria-label="{strings.DRAFT_ORDER}" onsubmit="return false">'
        '<div class="scroll"><div data-slot="form"></div>'
        f'<button type="button" class="wide" data-do="offers">{strings.DRAFT_OFFER}</button>'
        '<div data-slot="offers"></div>'
        f'<div class="head"><h3>{strings.DRAFT_OUTLINE}</h3>'
        f'<button type="button" data-do="outline">{strings.DRAFT_PROPOSE}</button>'
        f'<button type="button" data-do="heading">{strings.DRAFT_ADD_HEADING}</button></div>'
        '<div data-slot="outline"></div></div>'
        '<div class="foot">'
        f'<button type="button" class="primary" data-do="write"><span class="first">{strings.DRAFT_WRITE}</span>'
        f'<span class="again">{strings.DRAFT_WRITE_AGAIN}</span></button>'
        f'<button type="button" class="stop" data-do="stop">{strings.STOP}</button></div></form>'
        f'<template id="draft-heading"><li data-reason=""><input type="checkbox" checked '
        f'aria-label="{strings.DRAFT_OWN_HEADING}"><input type="text" maxlength="200" '
        f'aria-label="{strings.DRAFT_OWN_HEADING}" placeholder="{strings.DRAFT_OWN_HEADING}"></li></template>'
    )


def middle() -> str:
    """The draft, with saving and export at its foot."""
    return (
        '<div class="desk"><div class="paper" tabindex="-1"><div data-slot="title"></div>'
        '<div class="parts"></div></div>'
        '<div class="foot"><span data-slot="name"></span><span data-slot="said"></span>'
        f'<details class="pop"><summary>{strings.DRAFT_SHELF}</summary><div class="panel shelf">'
        f'<button type="button" class="wide" data-do="new">{strings.DRAFT_NEW}</button>'
        '<div data-slot="shelf"></div></div>'
        f'</details><details class="pop"><summary class="export">{strings.DRAFT_EXPORT}</summary>'
        '<div class="panel export" data-slot="export"></div></details></div></div>'
    )


def right() -> str:
    """Checks, grounds of a sentence, exemplars."""
    return (
        f'<div class="grounds" aria-label="{strings.DRAFT_SIDE}">'
        f'<section><h3>{strings.DRAFT_CHECKS}<span class="count" data-slot="count"></span></h3>'
        '<div data-slot="checks"></div>'
        f'<label class="switch"><input type="checkbox" data-switch="same">{strings.DRAFT_SAME}'
        '<span class="count" data-slot="samecount"></span></label>'
        '<div class="sames" data-slot="same"></div></section>'
        f'<section class="becauses"><h3>{strings.DRAFT_WHY}</h3>'
        f'<button type="button" class="close" data-do="close">{strings.CLOSE}</button>'
        f'<p class="none hint">{strings.DRAFT_WHY_HINT}</p>'
        '<div class="all" aria-live="polite"></div></section>'
        f'<section class="models"><h3>{strings.DRAFT_EXEMPLARS}<span class="which"></span></h3><div class="all"></div>'
        "</section></div>"
    )
