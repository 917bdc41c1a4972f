"""The ledger (指标台账): what was promised and what was reached, one row per indicator, body and period.

figures of the archive → the name each goes by (`names`), the body and the sort of number (`reading`) → rows (`build`)
with completion, gap and status worked out (`judge`) → filters and series over them (`query`). Pure functions over data.
"""

from assistant.ledger.build import build_ledger
from assistant.ledger.query import Ledger, Query
from assistant.ledger.types import Cell, Joins, LedgerRow, RowStatus

__all__ = ["Cell", "Joins", "Ledger", "LedgerRow", "Query", "RowStatus", "build_ledger"]
