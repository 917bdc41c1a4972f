"""A web page saved as one file (.mht), which Word also writes under the name .doc: the page is taken out and read."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import compat32

from ingest.readers import faults
from ingest.readers.html.reader import read_html
from ingest.types import Document


def read_mhtml(data: bytes) -> Document:
    """Read the first HTML part; `text` is its source, and pictures and style sheets are left. Raises UnreadableFile."""
    message = message_from_bytes(data, policy=compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return read_html(page)
    raise faults.damaged("网页归档文件（mht）")
