"""The tab 设置 as HTML: look, language, model, archive, account, about. Pure functions; every text is escaped."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime

from assistant.accounts import LOCAL, User
from assistant.examining import Examined
from assistant.models import ModelInfo
from assistant.models.check import Check
from ui import strings
from ui.escape import escape
from ui.settings_facts import ArchiveFacts, ModelFacts
from ui.settings_jobs import Name, State

PARTS = ("model", "archive", "account", "people", "audit", "about")
"""What the server fills in, from top to bottom; the two sections above are the browser's own."""


def frame_html() -> str:
    """The sections, those that the server fills in still empty, and the list that leads to them."""
    names = {
        "look": strings.SET_LOOK,
        "language": strings.SET_LANGUAGE,
        "model": strings.SET_MODEL,
        "archive": strings.SET_ARCHIVE,
        "account": strings.SET_ACCOUNT,
        "people": strings.SET_PEOPLE,
        "audit": strings.SET_AUDIT,
        "about": strings.SET_ABOUT,
    }
    loading = f'<p class="note">{escape(strings.SET_LOADING)}</p>'
    held = {"look": _look(), "language": _language()} | dict.fromkeys(PARTS, loading)
    needs = {"people": " needs-users", "audit": " needs-audit"}
    leads = "".join(
        f'<button type="button" class="lead{needs.get(name, "")}" data-lead="{name}">{escape(label)}</button>'
        for name, label in names.items()
    )
    sections = "".join(
        f'<section class="part{needs.get(name, "")}" data-part="{name}" aria-labelledby="set-{name}">'
        f'<h2 id="set-{name}" tabindex="-1">{escape(label)}</h2><div class="body">{held[name]}</div></section>'
        for name, label in names.items()
    )
    said = f'<p class="said" role="status" data-failed="{escape(strings.SET_FAILED)}" hidden></p>'
    return (
        f'<div class="settings"><nav aria-label="{escape(strings.TAB_SETTINGS)}">{leads}</nav>'
        f'<div class="parts">{said}{sections}</div></div>'
    )


def model_html(facts: ModelFacts, job: State) -> str:
    """Which model answers, where it runs, whether it works, and how to set one."""
    info = facts.info
    if facts.fault is not None:
        told = f'<p class="fault">{escape(facts.fault)}</p>'
    elif info is None:
        told = f"<p>{escape(strings.SET_NO_MODEL)}</p>"
    else:
        goes = strings.SET_GOES_NOWHERE if info.local else strings.SET_GOES_THERE.format(where=info.where.split()[-1])
        rows = {
            strings.SET_MODEL_FROM: info.name or strings.SET_MODEL_UNNAMED,
            strings.SET_WHERE: where_label(info),
            strings.SET_LIMIT: strings.SET_LIMIT_SECONDS.format(seconds=f"{facts.seconds:g}"),
            strings.SET_GOES: goes,
        }
        if facts.address is not None:
            rows[strings.SET_ADDRESS] = facts.address
            rows[strings.SET_KEY] = strings.SET_KEYS["yes" if facts.has_key else "no"]
        told = facts_html(rows)
    check = "" if info is None else job_html("model", job)
    return told + check + _how()


def archive_html(facts: ArchiveFacts, job: State, *, keeper: bool) -> str:
    """What the archive is and holds; where it lies and how sound it is only for who keeps it."""
    rows = {strings.SET_FOLDER: str(facts.home)} if keeper else {}
    if facts.counts is not None:
        counts = facts.counts
        pending = strings.SET_PENDING_SOME.format(count=counts.pending) if counts.pending else strings.SET_PENDING_NONE
        rows |= {
            strings.SET_HOLDS: strings.SET_HOLDS_COUNTS.format(
                reports=counts.reports, files=counts.files, passages=counts.passages
            ),
            strings.SET_PENDING: pending,
        }
    embedding = strings.SET_EMBEDDING_BUNDLED.format(name=facts.embedding) if facts.bundled else facts.embedding
    rows |= {strings.SET_ON_DISK: size_label(facts.size), strings.SET_EMBEDDING: embedding}
    fault = "" if facts.fault is None else f'<p class="fault">{escape(facts.fault)}</p>'
    check = job_html("archive", job) if keeper and facts.counts is not None else ""
    return fault + facts_html(rows) + check


def job_html(name: Name, job: State) -> str:
    """The button, how far it is, and what came of it."""
    if job.running:
        if name == "model":
            line = strings.SET_CHECKING_MODEL.format(seconds=int(time.monotonic() - job.since))
            bar = "<progress></progress>"
        else:
            line = strings.SET_CHECKING_ARCHIVE.format(done=job.done, total=job.total or "…")
            bar = f'<progress value="{job.done}" max="{max(1, job.total)}"></progress>'
        bar = bar.replace("<progress", f'<progress aria-label="{escape(line)}"')
        stop = f'<button type="button" data-act="stop" data-name="{name}">{escape(strings.SET_STOP)}</button>'
        return f'<div class="job" data-job="{name}"><p role="status">{escape(line)}</p>{bar}{stop}</div>'
    label = strings.SET_CHECK_MODEL if name == "model" else strings.SET_CHECK_ARCHIVE
    button = f'<button type="button" data-act="check" data-name="{name}">{escape(label)}</button>'
    return f'<div class="job" data-job="{name}">{button}{_outcome(job)}</div>'


def account_html(user: User) -> str:
    """Who is signed in and the way to another password; or how users are set up."""
    if user == LOCAL:
        lines = (
            "report-assistant users add NAME --role keeper",
            "report-assistant users add NAME --role writer",
            "report-assistant ui --host 0.0.0.0",
        )
        shown = escape("\n".join(lines))
        told = f"<p>{escape(strings.SET_ALONE)}</p><p>{escape(strings.SET_ALONE_HOW)}</p>"
        return f'{told}<pre tabindex="0">{shown}</pre>'
    rows = {
        strings.SET_WHO: user.name,
        strings.SET_ROLE: f"{strings.SET_ROLES[user.role]} · {strings.SET_ROLE_MAY[user.role]}",
    }
    out = f'<form method="post" action="/logout"><button type="submit">{escape(strings.SIGN_OUT)}</button></form>'
    fields = (
        ("old", strings.SET_OLD_PASSWORD, "current-password"),
        ("new", strings.SET_NEW_PASSWORD, "new-password"),
        ("again", strings.SET_NEW_AGAIN, "new-password"),
    )
    inputs = "".join(
        f'<label>{escape(label)}<input type="password" name="{name}" autocomplete="{kind}" required></label>'
        for name, label, kind in fields
    )
    change = (
        f"<details><summary>{escape(strings.SET_CHANGE_PASSWORD)}</summary>"
        f'<form data-act="password">{inputs}<button type="submit">{escape(strings.SET_CHANGE_PASSWORD)}</button></form>'
        "</details>"
    )
    return facts_html(rows) + change + out


def about_html(facts: ModelFacts, version: str, licence: str) -> str:
    """Which version this is, under which licence, and what leaves this machine."""
    info = facts.info
    stays = info is None or info.local
    leaves = strings.SET_LEAVES_NOTHING if stays else strings.SET_LEAVES_MODEL.format(where=where_label(info))
    rows = {strings.SET_VERSION: f"{strings.TITLE} {version}".strip(), strings.SET_LICENCE: licence}
    return facts_html(rows | {strings.SET_LEAVES: leaves})


def facts_html(rows: Mapping[str, str]) -> str:
    """Names and what they are."""
    shown = "".join(f"<dt>{escape(name)}</dt><dd>{escape(told)}</dd>" for name, told in rows.items())
    return f'<dl class="told">{shown}</dl>'


def where_label(info: ModelInfo | None) -> str:
    """Where a model runs, in the page's language."""
    kind, _, place = ("" if info is None else info.where).partition(" ")
    return f"{strings.SET_WHERES.get(kind, kind)} {place}".strip()


def size_label(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def moment(at: datetime) -> str:
    """A time as this machine's clock shows it."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _outcome(job: State) -> str:
    if job.stopped:
        return f'<p class="note">{escape(strings.SET_STOPPED)}</p>'
    if job.fault is not None:
        return f'<p class="fault" role="alert">{escape(job.fault or strings.UNEXPECTED)}</p>'
    if isinstance(job.found, Check):
        return f'<p class="good" role="status">{escape(_works(job.found))}</p>'
    return "" if job.found is None else _findings(job.found, job.at)


def _works(check: Check) -> str:
    said = " ".join(check.said.split())
    if not said:
        return strings.SET_MODEL_SILENT
    return strings.SET_MODEL_WORKS.format(first=f"{check.first_seconds:.1f}", all=f"{check.seconds:.1f}", said=said)


def _findings(found: Examined, at: datetime | None) -> str:
    lines = "".join(
        f'<li class="{one.severity}"><span class="sign">{escape(strings.SET_SEVERITIES[one.severity])}</span>'
        f"<span>{escape(one.message)}{f'<small>{escape(one.remedy)}</small>' if one.remedy else ''}</span></li>"
        for one in found.findings
    )
    sound = all(one.severity != "error" for one in found.findings)
    when = "" if at is None else f"<small>{escape(strings.SET_CHECKED_AT.format(at=moment(at)))}</small>"
    head = f'<p class="good" role="status">{escape(strings.SET_SOUND)} {when}</p>' if sound else f"<p>{when}</p>"
    return head + (f'<ul class="findings">{lines}</ul>' if lines else "")


def _how() -> str:
    def names(wanted: Iterable[str]) -> str:
        return "".join(
            f"<dt><code>{escape(name)}</code></dt><dd>{escape(strings.SET_HOW_NAMES[name])}</dd>" for name in wanted
        )

    *endpoint, file = strings.SET_HOW_NAMES
    return (
        f'<details class="how"><summary>{escape(strings.SET_HOW_MODEL)}</summary>'
        f'<p>{escape(strings.SET_HOW_ENDPOINT)}</p><dl class="told">{names(endpoint)}</dl>'
        f'<p>{escape(strings.SET_HOW_FILE)}</p><dl class="told">{names([file])}</dl>'
        f'<p class="note">{escape(strings.SET_HOW_WHERE)}</p></details>'
    )


def _look() -> str:
    return (
        _choice("look", strings.SET_LOOK, strings.SET_LOOKS)
        + _choice("size", strings.SET_SIZE, strings.SET_SIZES)
        + f'<p class="note">{escape(strings.SET_KEPT_HERE)}</p>'
    )


def _choice(name: str, label: str, choices: Mapping[str, str]) -> str:
    options = "".join(
        f'<label><input type="radio" name="set-{name}" value="{value}">{escape(word)}</label>'
        for value, word in choices.items()
    )
    return f'<fieldset data-choice="{name}"><legend>{escape(label)}</legend>{options}</fieldset>'


def _language() -> str:
    return (
        '<p class="languages"><a href="/" data-language="zh" lang="zh-CN">中文</a>'
        '<a href="/en/" data-language="en" lang="en">English</a></p>'
        f'<p class="note">{escape(strings.SET_LANGUAGE_NOTE)}</p>'
    )
