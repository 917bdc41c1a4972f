"""The tab 档案库."""

from __future__ import annotations

from typing import Final

REPORTS: Final = "Reports"
FIND_REPORT: Final = "Find by title, body, year or file name"
NO_REPORT: Final = "No such report"
UNKNOWN_ORG: Final = "Body unknown"
INCOMPLETE: Final = "incomplete"
CORRECTED: Final = "corrected"
NOT_SURE: Final = "to be checked"
COPIES: Final = "{count} sources"
MORE_REPORTS: Final = "{count} more; type a title, body or year above"

QUALITY: Final = "Quality of the archive"
QUALITY_GOOD: Final = "No problem was found."
FAILED_FILES: Final = ", {count} files could not be read"
QUALITY_HEAD: Final = "{files} files, {reports} reports"
MORE_ITEMS: Final = "{count} in all"

CHOOSE_REPORT: Final = "Click a report on the left to check and correct its title, body, year and kind."
CORRECTING: Final = "Check and correct"
REPORT_TITLE: Final = "Title"
KIND: Final = "Kind"
PUBLISHED: Final = "Date"
UNKNOWN: Final = "unknown"
SAVE: Final = "Save the correction"
UNDO: Final = "Take corrections back"
SAVED: Final = "Saved; it holds when the file is read again, too."
UNDONE: Final = "Back to what the program found."
FIELDS: Final = {"title": REPORT_TITLE, "org": "Body", "year": "Year", "kind": KIND, "published": PUBLISHED}
CERTAINTY: Final = {"given": "corrected by a user", "high": "certain", "medium": "inferred", "low": "unsure"}
