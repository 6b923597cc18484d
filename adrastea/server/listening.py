"""The sockets that the server listens on: all of them, or an error that says what to do and none left open."""

from __future__ import annotations

import errno
import os
import socket
import sys
from contextlib import ExitStack
from typing import Final

from adrastea.errors import StartFailed

_BACKLOG: Final = 1024  # a full one costs whoever connects a second, until the system tries again
_ATTEMPTS: Final = 8  # to find a port that is free for both families
_EVERYWHERE: Final = frozenset({"", "*"})


def listen(ip: str, port: int) -> list[socket.socket]:
    """Non-blocking sockets on every address that `ip` names; port 0 takes one that is free, the same on all.

    Raises:
        StartFailed: the address or the port cannot be had; the sentence says what to do.
    """
    for _ in range(_ATTEMPTS):
        try:
            return _listen(ip.strip("[]"), port)
        except OSError as error:
            if port or error.errno != errno.EADDRINUSE:
                raise _explained(error.errno, ip, port) from None
        except UnicodeError:  # not even the form of a name
            raise _explained(None, ip, port) from None
    raise StartFailed(f"No port is free on {ip}. Choose one with --port.")


def _listen(ip: str, port: int) -> list[socket.socket]:
    name = ip.encode("ascii") if ip.isascii() else ip  # text would bring the tables of foreign domain names
    found = socket.getaddrinfo(
        None if ip in _EVERYWHERE else name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    addresses = sorted({(family, str(address[0])) for family, _, _, _, address in found})
    with ExitStack() as on_failure:
        sockets: list[socket.socket] = []
        for family, host in addresses:
            made = _bound(family, host, sockets[0].getsockname()[1] if sockets else port, optional=len(addresses) > 1)
            if made is not None:
                sockets.append(on_failure.enter_context(made))
        if not sockets:
            raise OSError(errno.EADDRNOTAVAIL, "no address")
        on_failure.pop_all()
        return sockets


def _bound(family: int, host: str, port: int, *, optional: bool) -> socket.socket | None:
    """A listening socket; None where this machine lacks one of several addresses, as containers lack IPv6."""
    with ExitStack() as on_failure:
        try:
            made = on_failure.enter_context(socket.socket(family, socket.SOCK_STREAM))
            if os.name == "posix":  # elsewhere it would let two programs have the same port
                made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)  # IPv4 has a socket of its own
            made.settimeout(0)  # non-blocking
            made.bind((host, port))
            made.listen(_BACKLOG)
        except OSError as error:
            if optional and error.errno in {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}:
                return None
            raise
        on_failure.pop_all()
        return made


def _explained(number: int | None, ip: str, port: int) -> StartFailed:
    in_use = {errno.EADDRINUSE, errno.EACCES} if sys.platform == "win32" else {errno.EADDRINUSE}
    if number in in_use:
        return StartFailed(f"Port {port} is in use. Choose another with --port, or --port 0 for any free one.")
    if number == errno.EACCES:
        return StartFailed(f"Port {port} is reserved for the system. Choose one above 1023 with --port, or --port 0.")
    return StartFailed(f"The address {ip} cannot be listened on. Choose another with --ip, such as 127.0.0.1.")
