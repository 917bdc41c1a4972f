"""Errors that a clerk can act on.

Every error says what is wrong and what to do in one Chinese line; surfaces print `str(error)` and never a traceback.
The classes are named by what the caller can do about them, not by where they were raised.
"""


class ReportAssistantError(Exception):
    """Base of every error that is the user's to mend. `str(error)` is one Chinese line: fault，remedy。"""

    def __init__(self, fault: str, remedy: str) -> None:
        super().__init__(f"{fault}，{remedy}。")
        self.fault = fault
        self.remedy = remedy


class UnreadableFile(ReportAssistantError):
    """This one file cannot be read; the others can. Skip it and go on."""


class UnwritableFile(ReportAssistantError):
    """The results cannot be written there; name another place or make room."""


class BadSettings(ReportAssistantError):
    """The configuration is wrong; nothing works until it is mended."""


class ArchiveBusy(ReportAssistantError):
    """Another process is writing to the archive; try again later."""


class ArchiveDamaged(ReportAssistantError):
    """The archive directory is not usable as it is; run `doctor` or `rebuild`."""


class ArchiveUnusable(ReportAssistantError):
    """The archive directory cannot be used here (no room, no permission, not a folder); mend that and repeat."""


class ServerUnreachable(ArchiveUnusable):
    """The Chroma server does not answer; the archive works without it, only slower, until it is back."""


class ModelMismatch(ReportAssistantError):
    """The archive's vectors were made by another embedding model; vectors of two models are never mixed."""


class ModelUnreachable(ReportAssistantError):
    """The configured language model does not answer; try again, or do without."""


class NotFound(ReportAssistantError):
    """What was asked for by name or number is not in the archive."""


class BadBackup(ReportAssistantError):
    """This file is no whole backup that this program can read; take another one."""


class BadOrder(ReportAssistantError):
    """An order for a draft, or the facts that it brings along, cannot be taken as written; mend it and repeat."""
