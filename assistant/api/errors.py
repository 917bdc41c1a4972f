"""Every refusal as one Chinese line with a kind that programs can act on, and the status that says whose turn it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.accounts import NotAllowed, NotAudited
from assistant.api.wording import in_chinese
from ingest.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveUnusable,
    BadOrder,
    BadSettings,
    ModelMismatch,
    ModelUnreachable,
    NotFound,
    ReportAssistantError,
)

logger = logging.getLogger(__name__)

Kind = Literal[
    "bad_request",
    "unauthorized",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "busy",
    "too_large",
    "unsupported",
    "invalid",
    "too_many",
    "unavailable",
    "internal",
]

STATUS: dict[Kind, int] = {
    "bad_request": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "busy": 409,
    "too_large": 413,
    "unsupported": 415,
    "invalid": 422,
    "too_many": 429,
    "internal": 500,
    "unavailable": 503,
}

_KINDS: tuple[tuple[type[ReportAssistantError], Kind], ...] = (
    (NotFound, "not_found"),
    (NotAllowed, "forbidden"),
    (NotAudited, "unavailable"),
    (BadOrder, "invalid"),
    (ArchiveBusy, "busy"),
    (ArchiveDamaged, "unavailable"),
    (ArchiveUnusable, "unavailable"),
    (ModelMismatch, "unavailable"),
    (ModelUnreachable, "unavailable"),
    (BadSettings, "unavailable"),
)

UNEXPECTED = "程序出了意外，这次请求没有完成，请稍后重试；仍不行请联系管理员查看服务器上的记录。"


class Refused(ReportAssistantError):
    """A request that is not answered, for a reason of the interface's own."""

    def __init__(self, kind: Kind, fault: str, remedy: str) -> None:
        super().__init__(fault, remedy)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Fault:
    """What a client is told: one Chinese line, its kind, the HTTP status and headers that go with it."""

    kind: Kind
    line: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]

    def to_json(self) -> dict[str, Any]:
        """The object that every error is."""
        return {"error": {"message": self.line, "kind": self.kind}}


def fault_of(error: Exception) -> Fault:
    """What to tell of an error; what nobody foresaw goes to the log and is told without its details."""
    from fastapi.exceptions import RequestValidationError
    from pydantic import ValidationError
    from starlette.exceptions import HTTPException

    if isinstance(error, Refused):
        headers = {"www-authenticate": "Bearer"} if error.kind == "unauthorized" else {}
        return Fault(error.kind, str(error), {**headers, **({"retry-after": "5"} if error.kind == "too_many" else {})})
    if isinstance(error, ReportAssistantError):
        kind: Kind = next((kind for known, kind in _KINDS if isinstance(error, known)), "unavailable")
        return Fault(kind, str(error))
    if isinstance(error, (RequestValidationError, ValidationError)):
        first = error.errors()[0]
        return Fault("bad_request" if first["type"] == "json_invalid" else "invalid", in_chinese(first))
    if isinstance(error, HTTPException):
        if isinstance(error.__cause__, Refused):  # what the web framework made of a refusal in the midst of reading
            return fault_of(error.__cause__)
        kind = next((kind for kind, status in STATUS.items() if status == error.status_code), "bad_request")
        return Fault(kind, "请求读不出来，请检查它的格式和编码（UTF-8 的 JSON）后重试。")
    logger.error("a request failed", exc_info=error)
    return Fault("internal", UNEXPECTED)
