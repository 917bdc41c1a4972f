"""The frame of the page: its name, its tabs, the server behind it."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Report Assistant"
MOTTO: Final = "Every sentence has its source"

TAB_CHAT: Final = "Ask"
TAB_ARCHIVE: Final = "Archive"
TAB_LEDGER: Final = "Ledger"
TAB_DRAFT: Final = "Draft"

UNEXPECTED: Final = "Something went wrong; please try again. If it comes back, run report-assistant doctor"
NO_ARCHIVE: Final = "There is no archive yet. Run the line below; this page will follow once reports are in."
EMPTY_ARCHIVE: Final = "The archive is still empty. Run the line below; this page will follow once reports are in."
INGEST_COMMAND: Final = "report-assistant ingest FOLDER-OF-REPORTS"

OPENED: Final = "The page is open: {url} (Ctrl+C stops it)"
STOPPED: Final = "The page is closed."

LOST: Final = "Lost the connection and trying again; if the program was stopped, run report-assistant ui."

GRADIO: Final = {
    "Connection to the server was lost. Attempting reconnection...": LOST,
    "chatbot conversation": "Conversation",
    "More tabs": "More",
    "Clear": "New conversation",
}
"""Gradio's own words."""
