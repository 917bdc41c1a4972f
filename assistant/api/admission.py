"""Who may use the interface: with users set up whoever brings a token, without users this machine alone.

No other site's page in a clerk's browser may read the archive or set it to work: there is no CORS, a session cookie
counts for nothing here, and requests that a browser makes for another site are refused.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.accounts import LOCAL, Accounts, User
from assistant.api.errors import Refused

if TYPE_CHECKING:
    from starlette.datastructures import Headers

_OWN_SITE = frozenset({"same-origin", "none"})


def admit(headers: Headers, method: str, accounts: Accounts | None) -> User:
    """Who makes a request; the one local user where no users are set up. Raises Refused."""
    has_body = method not in ("GET", "HEAD", "OPTIONS")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if has_body and kind != "application/json":
        raise Refused("unsupported", "请求的内容应是 JSON", "请加上请求头 Content-Type: application/json")
    if accounts is not None and accounts.guarded():
        return _holder(headers.get("authorization", ""), accounts)
    if not _is_loopback(headers.get("host", "")):
        raise Refused("forbidden", "没有设置用户时只应答本机", "请用 127.0.0.1 访问，或由管理员先设置用户")
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "none") not in _OWN_SITE or (
        origin is not None and urlsplit(origin).netloc != headers.get("host")
    ):
        raise Refused("forbidden", "不应答其他网站的网页发来的请求", "请由程序直接调用，或设置用户后带令牌调用")
    return LOCAL


def _holder(authorization: str, accounts: Accounts) -> User:
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Refused(
            "unauthorized",
            "没有带令牌",
            "请在请求头写 Authorization: Bearer 令牌，令牌用 users token add 签发",
        )
    user = accounts.bearer(secret.strip())
    if user is None:
        raise Refused("unauthorized", "令牌不对或已作废", "请向管理员要一个新的")
    return user


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
