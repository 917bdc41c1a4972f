"""The tab 问答."""

from __future__ import annotations

from typing import Final

CONVERSATION: Final = "Conversation"
WELCOME: Final = "Ask the work reports in the archive"
WELCOME_MORE: Final = "Answers are taken from the reports. Click a number in an answer to see its place in the report."
QUESTION: Final = "Question"
QUESTION_HINT: Final = "e.g. 2022年两癌筛查完成了吗？"
SEND: Final = "Send"
STOP: Final = "Stop"
CLEAR: Final = "New conversation"
HINT: Final = "Note"
EMPTY_QUESTION: Final = "Please type a question first."
LOOKING: Final = "Searching…"

YEAR: Final = "Year"
ORG: Final = "Body"
ALL_YEARS: Final = "All years"
ALL_ORGS: Final = "All bodies"

REPORT_KIND: Final = "Kind"
REPORT_PART: Final = "Part"
ANY: Final = "any"
FILTERS: Final = "Answer from these only"
CLEAR_FILTERS: Final = "Clear"
UNDERSTOOD: Final = "Understood as"
CHANGE_CHIP: Final = "Change it and ask again"
LIST_MARK: Final = ", "
NEXT: Final = "You may ask next"
GOOD: Final = "Helpful"
BAD: Final = "Wrong"
NOTE_HINT: Final = {"good": "Anything to add (optional)", "bad": "What is wrong (optional)"}
KEEP_NOTE: Final = "Save"
NOTE_KEPT: Final = "Saved, thank you."
RATE: Final = "Achieved"

SOURCES: Final = "Sources"
SHOW_SOURCE: Final = "Show in the report"
COPY: Final = "Copy with sources"
COPY_BARE: Final = "Copy text"
COPIED: Final = "Copied"
COMPUTED: Final = "Computed from the quoted figures"
CAUTIONS: Final = "Please note"

PANEL: Final = "Report"
PANEL_EMPTY: Final = "Click a number in an answer, or a source, to see its place in the report."
CLOSE: Final = "Close"
FILE: Final = "File"
ALSO_IN: Final = "Also in"
ADDRESSED: Final = "Looks like an order to a program; answers do not use it"
TRUNCATED: Final = "This report is an incomplete copy; the rest is missing in the original."
UNKNOWN_YEAR: Final = "Year unknown"
GONE: Final = "This conversation is closed; please open it again or ask anew."
SOURCE_GONE: Final = "The source is no longer in the archive"

TALKS: Final = "Earlier conversations"
TALKS_BUTTON: Final = "Conversations"
FIND_TALK: Final = "Find a conversation"
NO_TALK: Final = "Conversations are kept here once you have asked."
NO_TALK_FOUND: Final = "No such conversation."
RENAME: Final = "Rename"
DELETE: Final = "Delete"
UNDO_DELETE: Final = "Undo"
EXPORTS: Final = {"docx": "Word", "md": "Markdown"}
BUSY: Final = "Please wait for this answer, or stop it first."
BUSY_ELSEWHERE: Final = "Several questions in other conversations are being answered. Please wait, or stop one."
STOPPED_EARLY: Final = "Stopped."
STOPPED_MIDWAY: Final = "Stopped; above is what had been checked by then."

COMPOSERS: Final = {"extractive": "Quoted", "llm": "Language model"}
CHECKED: Final = "{count} sentences checked"
FALLEN: Final = {
    "quoted": "{count} sentences failed the check and were replaced by quotes",
    "dropped": "{count} sentences failed the check and were dropped",
}
ANSWERING: Final = "shown sentence by sentence, once checked"
NO_MODEL: Final = "No language model is set; answers are quoted"
