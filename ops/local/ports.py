"""Is a port free, and if not, whose is it?"""

from __future__ import annotations

import socket

import psutil

from ops.local.messages import Stop

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def require_free(port: int) -> None:
    """Raise Stop with the listener's name, where it can be found out, if *port* is taken."""
    if all(_free(family, address, port) for family, address in LOOPBACK):
        return
    who = _listener(port)
    raise Stop(
        f"Cổng {port} đang được {who or 'chương trình khác'} sử dụng. "
        f"Chọn cổng khác: ops/demo --port {port + 1}",
        f"Port {port} is used by {who or 'another program'}. "
        f"Choose another: ops/demo --port {port + 1}",
    )


def addresses(port: int) -> list[str]:
    """The loopback addresses of this machine with *port*, as gunicorn wants them."""
    usable = [f"127.0.0.1:{port}"]
    if _exists(socket.AF_INET6, "::1"):
        # Browsers look up *.localhost as ::1 first.
        usable.append(f"[::1]:{port}")
    return usable


def _free(family: int, address: str, port: int) -> bool:
    if not _exists(family, address):
        return True
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError as error:
            raise Stop(
                f"Cổng {port} cần quyền root. Chọn cổng từ 1024 trở lên.",
                f"Port {port} needs root. Choose one from 1024 up.",
            ) from error
        except OSError:
            return False
        return True


def _exists(family: int, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


def _listener(port: int) -> str:
    """``name (process id)`` of who listens, or an empty string if we may not know."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                pid = connection.pid
                return f"{psutil.Process(pid).name()} ({pid})" if pid else ""
    except psutil.Error:
        pass
    return ""
