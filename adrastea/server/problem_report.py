"""`/api/adrastea/report` and `/api/adrastea/crash`: what a user may want to say about a problem. Not Jupyter's.

Nothing here is sent anywhere: the page shows it, and the user copies it. The home folder is written `~`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import tornado

from adrastea.about import about, without_home
from adrastea.server.handler import Handler


class ReportHandler(Handler):
    """`/api/adrastea/report`."""

    async def get(self) -> None:
        """The versions of what runs here, as pairs of a name and a text, and the end of the log."""
        log = await asyncio.get_running_loop().run_in_executor(None, self.services.logbook.last_entries)
        self.reply({"versions": [list(pair) for pair in _versions()], "log": without_home(log, _home())})


class CrashHandler(Handler):
    """`/api/adrastea/crash`."""

    def post(self) -> None:
        """Whether the program had crashed before this start; true once, for whoever asks first."""
        self.reply({"crashed": bool(self.services.logbook.take_crash())})


def _versions() -> tuple[tuple[str, str], ...]:
    ours = about()
    return (
        ("Adrastea", f"{ours.version}, {ours.form}"),
        ("System", ours.system),
        ("Python inside", ours.python),
        ("Tornado", tornado.version),
        ("pyzmq", _pyzmq()),
    )


def _pyzmq() -> str:
    """Without loading it: that costs memory, and only kernels need it."""
    return str(getattr(sys.modules.get("zmq"), "__version__", "not in use yet"))


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""
