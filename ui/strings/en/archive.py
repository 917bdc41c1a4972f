"""The tab 档案库."""

from __future__ import annotations

from typing import Final

from ingest.archive.quality import Topic

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

DROP_HERE: Final = "Drop reports or a whole folder here"
PICK_FILES: Final = "Choose files"
PICK_FOLDER: Final = "Choose a folder"
UPLOAD_LIMITS: Final = "Reads Word, WPS, PDF, Excel, web pages, text, pictures and zip archives; 100 MB for a file."
UPLOADING: Final = "Uploading {done}/{total} files"
READING_FILES: Final = "Reading {done}/{total} files"
MAKING_VECTORS: Final = "Ready for search. Computing vectors, {done}/{total}; then searching by meaning gets better"
LOADING_MODEL: Final = "Ready for search. Preparing to compute vectors"
TIME_LEFT: Final = {
    "seconds": "less than a minute",
    "minutes": "about {count} min left",
    "hours": "about {count} h left",
}
STOP_COLLECTING: Final = "Stop"
READ_ALL: Final = "{count} files are done"
STOPPED_COLLECTING: Final = "Stopped; what was read stays"
CLEAR_COLLECTED: Final = "Dismiss"
PENDING_VECTORS: Final = "{count} passages have no vector yet; searching by words is not affected."
MAKE_VECTORS: Final = "Compute vectors"
EACH_FILE: Final = "File by file"
FILE_STATES: Final = {
    "coming": "uploading",
    "waiting": "waiting",
    "reading": "reading",
    "done": "read",
    "known": "known",
    "skipped": "skipped",
    "failed": "failed",
    "stopped": "not read",
}
FILE_SIZE: Final = "{reports} reports, {passages} passages"
MORE_FILES: Final = "{count} more files"
CHECK_FRESH: Final = "{count} new reports, {unsure} of them to be checked"
FRESH_SURE: Final = "{count} new reports; title, body and year of all are certain"
CHECK_NOW: Final = "Check them"
UPLOAD_FAILED: Final = "The upload did not succeed; check the network and try again."
FRESH: Final = "new"

BACK: Final = "Back to the overview"
LAST_UNSURE: Final = "Last to check"
NEXT_UNSURE: Final = "Next to check ({count})"
NOTHING_UNSURE: Final = "Nothing is left to be checked."
CONFIRM: Final = "It is right"
CONFIRMED: Final = "Noted: it is right."
CONFIRMED_NEXT: Final = "The last one is noted as right; this is the next."
DELETE_REPORT: Final = "Delete"
DELETED: Final = "“{title}” is deleted."
UNDO_REMOVAL: Final = "Undo"
TAKEN_BACK: Final = "“{title}” is restored."
STILL_THERE: Final = "Its file is still in its folder; reading that folder again brings it back."
TRASH: Final = "Recently deleted"
TRASH_COUNT: Final = "{count} reports"
TRASH_HINT: Final = "Kept for 30 days; can be restored at any time."
TRASH_UNTIL: Final = "deleted {at}, kept until {until}"
TAKE_BACK: Final = "Restore"
EMPTY_TRASH: Final = "Delete all for good"
EMPTY_SURE: Final = "Click again to delete all for good; there is no way back"
EMPTIED: Final = "{count} deleted for good."

PREVIEW: Final = "Preview"
GET_ORIGINAL: Final = "Download the original file"
EXPAND_ALL: Final = "Unfold all"
COLLAPSE_ALL: Final = "Fold all"
BEFORE_HEADINGS: Final = "(before the first heading)"
NO_HEADING: Final = "(text without a heading)"
TRUNCATED_NOTE: Final = "The text is incomplete: its end is missing. Add a complete file, it takes this one's place."
SOURCES_TITLE: Final = "{count} sources"
PREVIEW_FACTS: Final = "{characters} characters, {sections} headings"
MARKS: Final = {
    "damaged": "damaged",
    "masked": "masked",
    "doubtful": "doubtful",
    "ocr": "recognised from a picture",
    "addressed": "speaks to programs",
}
LEGEND: Final = "Marks"
LOADING_TEXT: Final = "Fetching the text…"
TEXT_FAILED: Final = "The text did not come; unfold it once more."
ON_PAGE: Final = "Page {page}"

COLLECTION: Final = "What is collected"
COLLECTION_HINT: Final = (
    "Each cell: how many reports of a body for a year, and their kinds; click one to list them. “–” marks a year that"
    " is lacking between others."
)
BODY: Final = "Body"
KIND_SHORT: Final = {
    "总结": "S",
    "计划": "P",
    "总结和计划": "SP",
    "半年总结": "H",
    "工作要点": "K",
    "政府工作报告": "G",
    "其他": "O",
}
MISSING: Final = "–"
MISSING_LONG: Final = "{body} lacks {year}"
NO_REPORT_THEN: Final = "none"
CELL_LONG: Final = "{body} {year}: {count} ({kinds})"
GAPS: Final = "What is lacking"
GAPS_COUNT: Final = "{count} bodies"
NO_GAPS: Final = "In the last ten years no year is lacking between others."
UNDATED: Final = "{count} more of unknown year."
EARLIER: Final = "{count} more before {year}."
MORE_BODIES: Final = "{count} more bodies are not listed"

REMEDIES: Final[dict[Topic, str]] = {
    "failed": "Mend the file as its line says and upload it again",
    "truncated": "Upload a complete file if there is one; it takes the place of this one",
    "masked": "So it is in the original; upload one without masks if there is one",
    "year": "Open the report, enter the year and save; where nobody knows, click “It is right”",
    "org": "Open the report, enter the body and save; where nobody knows, click “It is right”",
    "unsure": "Open the report; correct what is wrong, click “It is right” where it is right",
    "part": "Open the report and check its kind; correct and save it where it is wrong",
    "period": "Open the report and check its year; correct and save it where it is wrong",
}
"""What to do about a concern on this page; the archive itself speaks of commands."""
