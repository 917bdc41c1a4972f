"""What is being collected, as HTML: progress, and a line for each file. Pure functions; every text is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.collecting.types import Row, Snapshot, State
from assistant.collecting.uploads import ACCEPTED
from ui import strings
from ui.escape import escape

SHOWN = 200
_ORDER: tuple[State, ...] = ("reading", "failed", "skipped", "stopped", "coming", "done", "known", "waiting")
_OPEN = ("coming", "waiting", "reading")


def drop_html() -> str:
    """The place to drop files on; the page's script does the rest."""
    accepted = ",".join(sorted(ACCEPTED))
    return (
        f'<section class="collect" aria-label="{strings.DROP_HERE}"><div class="drop"><p>{strings.DROP_HERE}</p>'
        f'<p class="picks"><button type="button" data-pick="files">{strings.PICK_FILES}</button>'
        f'<button type="button" data-pick="folder">{strings.PICK_FOLDER}</button></p>'
        f'<p class="limits">{strings.UPLOAD_LIMITS}</p></div>'
        f'<input type="file" multiple hidden data-input="files" accept="{accepted}" aria-label="{strings.PICK_FILES}">'
        '<input type="file" multiple hidden data-input="folder" webkitdirectory'
        f' aria-label="{strings.PICK_FOLDER}">'
        f'<p class="fault" role="alert" hidden data-fault="{strings.UPLOAD_FAILED}"></p>'
        '<div class="job" aria-live="polite"></div></section>'
    )


def job_html(now: Snapshot, fresh: int = 0, unsure: int = 0, pending: int = 0) -> str:
    """How the collecting stands. `fresh` reports are new, of which `unsure` are to be checked; `pending` passages have
    no vector.
    """
    lines = [_now(now), _waits(now), _done(now, fresh, unsure) if now.phase == "idle" else ""]
    if now.phase == "idle" and pending:
        lines.append(
            f'<p class="pending">{strings.PENDING_VECTORS.format(count=pending)}'
            f'<button type="button" data-collect="embed">{strings.MAKE_VECTORS}</button></p>'
        )
    return "".join(lines) + _files(now.rows, running=now.phase in ("coming", "reading"))


def busy(now: Snapshot) -> bool:
    """Whether there is anything to look at again soon."""
    return now.phase != "idle" or any(row.state in _OPEN for row in now.rows)


def _now(now: Snapshot) -> str:
    if now.phase == "idle":
        return ""
    count = len(now.rows)
    over = sum(row.state not in _OPEN for row in now.rows)
    if now.phase == "coming":
        here = sum(row.state != "coming" for row in now.rows)
        words, done, total = strings.UPLOADING.format(done=here, total=count), here, count
    elif now.phase == "reading":
        words, done, total = strings.READING_FILES.format(done=over, total=count), now.done, now.total
    else:
        done, total = now.vectors
        words = strings.MAKING_VECTORS.format(done=done, total=total) if total else strings.LOADING_MODEL
    left = "" if now.left is None else f'<span class="left">{time_left(now.left)}</span>'
    bar = f'<progress max="{total}" value="{done}" aria-label="{words}"></progress>' if total else ""
    stop = f'<button type="button" data-collect="stop">{strings.STOP_COLLECTING}</button>'
    return f'<p class="now"><strong>{words}</strong>{left}{stop}</p>{bar}'


def time_left(seconds: float) -> str:
    """Roughly, as one says it."""
    if seconds < 60:
        return strings.TIME_LEFT["seconds"]
    if seconds < 3600:
        return strings.TIME_LEFT["minutes"].format(count=round(seconds / 60))
    return strings.TIME_LEFT["hours"].format(count=round(seconds / 3600, 1))


def _waits(now: Snapshot) -> str:
    waits = f'<p class="waits">{escape(now.waits)}</p>' if now.waits else ""
    return waits + (f'<p class="fault">{escape(now.fault)}</p>' if now.fault else "")


def _done(now: Snapshot, fresh: int, unsure: int) -> str:
    if not now.rows:
        return ""
    counts = Counter(row.state for row in now.rows)
    told = "，".join(f"{strings.FILE_STATES[state]} {counts[state]}" for state in _ORDER if counts[state])
    clear = f'<button type="button" data-collect="clear">{strings.CLEAR_COLLECTED}</button>'
    stopped = f" {strings.STOPPED_COLLECTING}" if counts["stopped"] else ""
    line = f'<p class="now"><strong>{strings.READ_ALL.format(count=len(now.rows))}</strong>'
    line += f'<span class="left">{told}{stopped}</span>{clear}</p>'
    if not fresh:
        return line
    if not unsure:
        return f'{line}<p class="fresh">{strings.FRESH_SURE.format(count=fresh)}</p>'
    words = strings.CHECK_FRESH.format(count=fresh, unsure=unsure)
    return f'{line}<p class="fresh">{words}<button type="button" data-act="next">{strings.CHECK_NOW}</button></p>'


def _files(rows: Sequence[Row], *, running: bool) -> str:
    if not rows:
        return ""
    ordered = sorted(rows, key=lambda row: _ORDER.index(row.state))
    shown = "".join(_file(row) for row in ordered[:SHOWN])
    more = len(rows) - SHOWN
    rest = f'<li class="more">{strings.MORE_FILES.format(count=more)}</li>' if more > 0 else ""
    wrong = any(row.state == "failed" for row in rows)
    opened = " open" if running or wrong else ""
    return (
        f'<details class="each"{opened}><summary>{strings.EACH_FILE}</summary>'
        f'<ul tabindex="0" aria-label="{strings.EACH_FILE}">{shown}{rest}</ul></details>'
    )


def _file(row: Row) -> str:
    size = strings.FILE_SIZE.format(reports=row.reports, passages=row.passages) if row.reports else ""
    said = " ".join(part for part in (escape(size), escape(row.line)) if part)
    line = f'<span class="said">{said}</span>' if said else ""
    return (
        f'<li class="{row.state}"><span class="state">{strings.FILE_STATES[row.state]}</span>'
        f'<span class="file">{escape(row.name)}</span>{line}</li>'
    )
