"""What the page is sent of a draft: named parts, each with a sign that tells the page's script whether it is news."""

from __future__ import annotations

from hashlib import blake2b

from ui import strings
from ui.draft_form import Surroundings, form_html, offers_html, outline_html
from ui.draft_paper import State, coming_html, section_html, title_html
from ui.draft_place import Place
from ui.draft_same import same_count, same_html, same_in
from ui.draft_shelf import export_html, name_html, said_html, shelf_html
from ui.draft_side import checks_count, checks_html, exemplars_html, why_html
from ui.escape import escape


def wire_html(place: Place, around: Surroundings) -> str:
    """All parts of the page's tab for this draft. Parts that the writer types into are sent anew only when the program
    itself has changed them (`nonce`, `turns`), so that nothing typed is overwritten.
    """
    with place.changed:
        work, run = place.work, place.run
        manuscript, whole = work.manuscript, run is not None and run.section is None
        rows = range(len(manuscript.sections)) if manuscript is not None and not whole else ()
        same = [same_in(manuscript, number) for number in rows] if manuscript is not None else []
        parts = [
            _part("form", place.nonce, form_html(work.form, around)),
            _part("outline", place.sign("outline"), outline_html(work.outline)),
            _part(
                "offers",
                place.sign("offers"),
                offers_html(work.offers, asked="offers" in place.turns),
            ),
            _part("added", place.sign("added"), escape(place.added)),
            _part("name", f"{place.nonce}.{place.name}", name_html(place.name)),
            _shown("title", title_html(manuscript)),
            _shown("said", said_html(place.said, fault=place.fault)),
            _shown("shelf", shelf_html(place.shelf, place.versions, place.key, place.deleted)),
            _shown("export", export_html(place.key, ready=bool(manuscript and manuscript.title) and not whole)),
            _shown("checks", checks_html(manuscript, busy=whole)),
            _shown("count", checks_count(manuscript)),
            _shown("same", "" if whole else same_html(manuscript, same)),
            _shown("samecount", same_count(same)),
        ]
        for number, section in enumerate(manuscript.sections if manuscript is not None else ()):
            busy = run is not None and run.section == number
            plain = bool(around.no_model) or manuscript is None or manuscript.order.composer == "skeleton"
            state = State(busy, place.growing[1] if busy else "", plain)
            marked = same[number] if number < len(same) else ()
            parts.append(_shown(f"section-{number}", section_html(work, number, state, marked)))
            parts.append(_shown(f"because-{number}", why_html(work, number)))
            parts.append(_shown(f"exemplars-{number}", exemplars_html(section)))
        count = len(manuscript.sections) if manuscript is not None else 0
        if whole:
            parts.append(_shown(f"section-{count}", coming_html(*place.growing)))
        seen = " ".join(f"{part}:{taken:.0f}" for part, taken in place.seen.items())
        facts = (
            f'data-key="{escape(place.key)}" data-nonce="{place.nonce}" data-revision="{place.revision}" '
            f'data-seen="{seen}" data-sections="{count + whole}" '
            f'data-running="{"" if run is None else "whole" if whole else "part"}" '
            f'data-drafted="{1 if manuscript is not None else ""}" data-replaces="{strings.DRAFT_REPLACES}"'
        )
    return f'<div class="wire" {facts}>{"".join(parts)}</div>'


def _shown(name: str, html: str) -> str:
    return _part(name, blake2b(html.encode("utf-8", "replace"), digest_size=8).hexdigest(), html)


def _part(name: str, sign: str, html: str) -> str:
    """Inert in an attribute until it is put into its place: nothing in it is shown, found or announced twice."""
    return f'<i data-part="{name}" data-sign="{escape(sign)}" data-html="{escape(html)}"></i>'
