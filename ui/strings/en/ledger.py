"""The tab 指标台账, with 兑现对照."""

from __future__ import annotations

from typing import Final

from assistant.ledger.types import RowStatus
from assistant.promises.types import Verdict
from ingest.figures.types import Role

VIEW: Final = "Show"
VIEW_LEDGER: Final = "Indicators"
VIEW_COMPARED: Final = "Plan and review"
INDICATOR: Final = "Indicator"
STATUS: Final = "Status"
ALL_STATUSES: Final = "Any status"
ROWS: Final = "{count} rows"
MORE_ROWS: Final = ", the first {count} are shown; narrow them down above"
ROWS_NOTE: Final = ". Click a figure for its passage; “computed” ones are worked out from two figures of the report."
NO_ROW: Final = "No indicator fits."
CHOOSE_ROW: Final = "Click a row to see the passage of each figure, and targets beside results over the years."
STRUCK: Final = "Struck-out figures"
STRUCK_COUNT: Final = "{count} figures struck out; the report itself is unchanged. “Restore” brings one back."
NO_STRUCK: Final = "Nothing was struck out. Click a figure that was read wrongly to see it, and strike it out there."
STRUCK_COLUMNS: Final = ("Body", "Indicator", "Figure", "Report", "")
WRONG_FIGURE: Final = "Was “{text}” read wrongly, or is it no indicator?"
IS_STRUCK: Final = "“{text}” is struck out of the ledger."
STRIKE: Final = "Strike out"
RESTORE: Final = "Restore"
NOW_STRUCK: Final = (
    "“{text}” is struck out and stays so when the file is read again; the report is unchanged. To restore it, click on "
    "the right, or later choose “Struck-out figures” as status, or run"
)
NOW_RESTORED: Final = "“{text}” is back in the ledger. To strike it out again, click on the right, or run"
WHY_JOINED: Final = "Why joined"
PARTED: Final = "Parted"
TWO_NAMES: Final = "“{first}” and “{second}”"
PART: Final = "Not the same, part them"
PART_BACK: Final = "Undo, let the program judge"
NOW_PARTED: Final = "{names} are parted for good. To undo, click “Undo” below, or run"
NOW_BACK: Final = "{names} are judged by the program again. To change that, run"
GONE_ROW: Final = "The archive has changed; please choose again."
ALSO_CALLED: Final = "Also called: "
TARGET: Final = "Target"
RESULT: Final = "Result"
ROLES: Final[dict[Role, str]] = {
    "target": TARGET,
    "result": RESULT,
    "completion": "Completion",
    "change": "Change on year",
    "baseline": "Before",
}

CHOOSE_BODY_AND_YEAR: Final = "Choose a body and a year above to see its plan beside what the review says."
CHOOSE_MEASURE: Final = "Click a passage to see its place in the report."
MEASURES: Final = "{count} measures: "
COMPARED_COLUMNS: Final = ("Plan", "Found", "What the review says")

LEDGER_COLUMNS: Final = ("Body", "Period", "Indicator", "Target", "Result", "Completion", "Gap", "Status")
COMPLETION: Final = "Completion "
GAP: Final = "Gap "
COMPUTED_MARK: Final = " (computed)"
ROW_STATUSES: Final[dict[RowStatus, str]] = {
    "met": "met",
    "near": "nearly met",
    "missed": "missed",
    "under_way": "under way",
    "not_reported": "no result told",
    "awaiting": "no review in the archive",
    "no_target": "no target told",
    "masked": "masked",
    "doubtful": "doubtful",
    "conflict": "conflicting",
    "mixed": "several measures",
    "worded": "target in words",
    "unclear": "direction unclear",
}
VERDICTS: Final[dict[Verdict, str]] = {"yes": "told of", "part": "in part", "no": "not told of in the next review"}
