"""Users of the page, their roles, sessions and tokens, and the audit; in `app.db` beside the conversations."""

from assistant.accounts.audit import Audit
from assistant.accounts.rights import may, require
from assistant.accounts.store import Accounts
from assistant.accounts.types import (
    LOCAL,
    Action,
    Line,
    NotAllowed,
    NotAudited,
    Role,
    Token,
    TooManyTries,
    UnfitAccount,
    User,
    WrongPassword,
)

__all__ = [
    "LOCAL",
    "Accounts",
    "Action",
    "Audit",
    "Line",
    "NotAllowed",
    "NotAudited",
    "Role",
    "Token",
    "TooManyTries",
    "UnfitAccount",
    "User",
    "WrongPassword",
    "may",
    "require",
]
