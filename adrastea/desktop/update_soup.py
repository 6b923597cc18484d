"""One question to a web server, by libsoup, which WebKitGTK has loaded: our own file carries no TLS. Main thread.

No cookies, no cache, and no name but "Adrastea". Source of truth: https://libsoup.gnome.org/libsoup-3.0/
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingModuleSource=false
# (GLib's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup  # noqa: E402 -- the version comes first

from adrastea.desktop.update import LONGEST_FEED  # noqa: E402 -- the same

log = logging.getLogger(__name__)

_LIMIT_SECONDS = 20
_OK = 200


def fetch(url: str, answered: Callable[[bytes | None], None]) -> None:
    """See `Fetch`."""
    try:
        message = Soup.Message.new("GET", url)
    except TypeError:  # it is no address
        answered(None)
        return
    session = Soup.Session(timeout=_LIMIT_SECONDS, user_agent="Adrastea")
    _Question(session, message, answered).ask()


class _Question:
    """One question, until its answer is complete, too long, or not to come."""

    def __init__(self, session: Any, message: Any, answered: Callable[[bytes | None], None]) -> None:
        self._session = session
        self._message = message
        self._answered = answered
        self._answer = b""

    def ask(self) -> None:
        self._session.send_async(self._message, GLib.PRIORITY_LOW, None, self._began)

    def _began(self, session: Any, result: Any) -> None:
        try:
            stream = session.send_finish(result)
        except GLib.Error as error:
            self._end(None, error.message)
            return
        if self._message.get_status() != _OK:
            self._end(None, f"status {int(self._message.get_status())}")
            return
        self._read(stream)

    def _read(self, stream: Any) -> None:
        left = LONGEST_FEED + 1 - len(self._answer)
        stream.read_bytes_async(left, GLib.PRIORITY_LOW, None, self._came)

    def _came(self, stream: Any, result: Any) -> None:
        try:
            block = stream.read_bytes_finish(result).get_data() or b""
        except GLib.Error as error:
            self._end(None, error.message)
            return
        self._answer += block
        if block and len(self._answer) <= LONGEST_FEED:
            self._read(stream)
        else:
            self._end(self._answer, "")

    def _end(self, answer: bytes | None, reason: str) -> None:
        if reason:
            log.info("The release feed did not answer: %s", reason)
        self._session.abort()
        self._answered(answer)
