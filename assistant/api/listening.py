"""Where a server of this program may listen: on this machine alone, unless users are set up."""

from __future__ import annotations

import errno
import ipaddress
import socket

from ingest.errors import BadSettings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_for(host: str, *, has_users: bool, what: str = "网页") -> Address:
    """The address that `host` names; any one where users are set up, else a loopback one. `what` is to listen there.

    Raises BadSettings.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host.lower() == "localhost" else host.strip("[]"))
    except ValueError:
        address = None
    if address is not None and (has_users or address.is_loopback):
        return address
    if has_users:
        remedy = "请写 --host 0.0.0.0 或本机的某个 IP 地址，名称写在配置项 page_hosts"
        raise BadSettings(f"{host} 不是一个 IP 地址", remedy)
    remedy = "请先运行 report-assistant users add 名字 --role keeper，或使用 --host 127.0.0.1"
    raise BadSettings(f"{what}还没有用户和密码，不能在 {host} 上公开", remedy)


def bind(host: str, port: int, *, has_users: bool, what: str = "网页") -> socket.socket:
    """A listening socket where `address_for` allows one. Raises BadSettings when that may not or cannot be."""
    address = address_for(host, has_users=has_users, what=what)
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    try:
        return socket.create_server((str(address), port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            remedy = f"请换一个端口（例如 --port {port + 1 if port < 65535 else port - 1}），或关闭占用它的程序"
            raise BadSettings(f"端口 {port} 已被占用", remedy) from error
        raise BadSettings(f"无法在 {host} 的端口 {port} 上打开{what}（{error.strerror}）", "请换一个端口") from error


def url_of(listening: socket.socket) -> str:
    """The address to open."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
