"""Whether the display answers, asked in its own protocol and within a time limit: GTK would wait for ever. Linux.

The X server gets the first twelve bytes of X11 without credentials, a Wayland compositor the request `wl_display.sync`.
Whatever it answers, a refusal too, shows that somebody is there; GTK decides the rest.

Sources of truth: https://www.x.org/releases/current/doc/xproto/x11protocol.html (connection setup),
https://wayland.freedesktop.org/docs/html/ch04.html
"""

from __future__ import annotations

import re
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

Reply: TypeAlias = Literal["answers", "absent", "silent"]
"""`absent`: nobody listens there. `silent`: somebody does, and says nothing."""

_PATIENCE_SECONDS: Final = 3.0
_X11_SETUP: Final = struct.pack("<cxHHHHxx", b"l", 11, 0, 0, 0)
_WAYLAND_SYNC: Final = struct.pack("=III", 1, 12 << 16, 2)  # object 1, 12 bytes with opcode 0, the new object is 2
_X11_NAME: Final = re.compile(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?")
_X11_PORT: Final = 6000


def is_there(environ: Mapping[str, str]) -> bool:
    """Whether the environment names a display."""
    return bool(environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY"))


def reply(environ: Mapping[str, str], patience_seconds: float = _PATIENCE_SECONDS) -> Reply:
    """What the displays that the environment names reply, in the order in which GTK tries them."""
    said: Reply = "absent"
    backends = environ.get("GDK_BACKEND", "*")
    if environ.get("WAYLAND_DISPLAY") and ("*" in backends or "wayland" in backends):
        said = _wayland(environ, patience_seconds)
    if said == "absent" and environ.get("DISPLAY") and ("*" in backends or "x11" in backends):
        said = _x11(environ["DISPLAY"], patience_seconds)
    return said


def _wayland(environ: Mapping[str, str], patience_seconds: float) -> Reply:
    path = Path(environ.get("XDG_RUNTIME_DIR", "/"), environ["WAYLAND_DISPLAY"])
    return _converse(str(path), _WAYLAND_SYNC, patience_seconds)


def _x11(display: str, patience_seconds: float) -> Reply:
    named = _X11_NAME.fullmatch(display)
    if named is None:
        return "absent"
    number = int(named["number"])
    if named["host"] not in {"", "unix"}:
        return _connects(named["host"], _X11_PORT + number, patience_seconds)
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 -- where every X server listens
    said = _converse(f"\0{path}", _X11_SETUP, patience_seconds)
    return _converse(path, _X11_SETUP, patience_seconds) if said == "absent" else said


def _converse(path: str, request: bytes, patience_seconds: float) -> Reply:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(patience_seconds)
        try:
            connection.connect(path)
            connection.sendall(request)
            connection.recv(1)
        except TimeoutError:
            return "silent"
        except (OSError, ValueError):
            return "absent"
        return "answers"


def _connects(host: str, port: int, patience_seconds: float) -> Reply:
    """Over the network only this: `ssh -X` would print a warning about a client without credentials."""
    try:
        socket.create_connection((host, port), patience_seconds).close()
    except TimeoutError:
        return "silent"
    except (OSError, OverflowError):
        return "absent"
    return "answers"
