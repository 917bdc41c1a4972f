"""The report beside an answer or a figure: moving through it, its pages, its files."""

from __future__ import annotations

from typing import Final

STEPS: Final = "Move through the report"
STEP_UP: Final = "Previous"
STEP_DOWN: Final = "Next"
STEP_HOME: Final = "Back to quote"
STEP_HINT: Final = "or press k, j or ←, →"
STEP_COUNT: Final = "Passage {n} of {count}"
STEP_WHEN: Final = "{period} {part}"
COPY_QUOTE: Final = "Copy quote"
DOWNLOAD_ORIGINAL: Final = "Download the original {name}"
NOT_KEPT: Final = "Same content as another file; the archive keeps it once"
MORE_FAILED: Final = "The rest was not loaded; check the network and try again."

WAYS: Final = "Text or page"
WAY_TEXT: Final = "Text"
WAY_PAGE: Final = "Page"
PAGE_UP: Final = "Previous page"
PAGE_DOWN: Final = "Next page"
PAGE_COUNT: Final = "Page {n} of {count}"
PAGE_ZOOM: Final = "Page {n}; click to enlarge or reduce"
PAGE_PICTURE: Final = "Picture of page {n}"
PAGE_LOADING: Final = "Drawing the page…"
PAGE_SCANNED: Final = "This page is a scan without a usable text layer, so the quote cannot be marked; see “Text”."
PAGE_UNPLACED: Final = "The quote was not found on the page; see “Text”."
