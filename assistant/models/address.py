"""The address of an OpenAI-compatible endpoint: is it one, and does it leave this machine?"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from ingest.errors import BadSettings


@dataclass(frozen=True, slots=True)
class Address:
    """`url`: as a client needs it; `host`: name or number; `shown`: host and port, never a password."""

    url: str
    host: str
    shown: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Raises BadSettings unless `text` is an http or https address."""
        url = text.strip().rstrip("/")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = None, None, None
        if parts is None or parts.scheme not in ("http", "https") or not host or any(mark.isspace() for mark in url):
            raise BadSettings(
                "语言模型的地址 REPORT_ASSISTANT_LLM_BASE_URL 不是网址", "请写成 http://127.0.0.1:8000/v1 这样"
            )
        named = f"[{host}]" if ":" in host else host
        return cls(url, host, named if port is None else f"{named}:{port}")

    @property
    def public_url(self) -> str:
        """The address without a user name, a password or parameters."""
        parts = urlsplit(self.url)
        return urlunsplit((parts.scheme, self.shown, parts.path, "", ""))

    @property
    def is_loopback(self) -> bool:
        """Whether what is sent there stays on this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        number = self._number()
        return number is not None and (number.is_loopback or number.is_unspecified)

    @property
    def where(self) -> str:
        """Where the model runs, for a reader."""
        number = self._number()
        near = number is not None and (number.is_private or number.is_link_local)
        kind = "本机服务" if self.is_loopback else "内网服务" if near else "外部服务"
        return f"{kind} {self.shown}"

    def _number(self) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None
