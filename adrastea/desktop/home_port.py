"""The port of the desktop's own server, the same at every start.

What a page remembers belongs to its address, port and all: at another port, settings and open tabs would be gone.
Remembered in `state_dir/port`. Main thread.
"""

from __future__ import annotations

import logging
import socket
from pathlib import Path

log = logging.getLogger(__name__)

_FIRST, _LAST = 1024, 65535


def choose(state_dir: Path) -> int:
    """The port of the last time. Where another program has that now, a new one for this time only."""
    remembered = _load(state_dir)
    if remembered is not None and _free(remembered):
        return remembered
    port = _free(0)
    if port and remembered is None:
        _save(state_dir, port)
    return port


def _free(port: int) -> int:
    """The port, or for 0 any; 0 when it cannot be had."""
    try:
        with socket.create_server(("127.0.0.1", port)) as free:
            return int(free.getsockname()[1])
    except OSError:
        return 0


def _load(state_dir: Path) -> int | None:
    try:
        text = (state_dir / "port").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return int(text) if text.isdecimal() and len(text) <= len(str(_LAST)) and _FIRST <= int(text) <= _LAST else None


def _save(state_dir: Path, port: int) -> None:
    try:
        state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (state_dir / "port").write_text(str(port), encoding="ascii")
    except OSError as error:
        log.warning("The port could not be remembered: %s", error.strerror)
