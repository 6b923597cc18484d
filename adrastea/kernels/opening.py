"""Finds out when one run of a kernel is open: when it answers, and we hear what it says on iopub.

A subscription takes effect some time after the connection, unnoticed, and what a kernel says before is lost. A kernel
connects before it can run code, and may die in between. So we ask `kernel_info_request` again and again, until a reply
and any message on iopub have come. A kernel that says nothing on iopub when asked for its info (the protocol wants
`busy` and `idle`) is taken for open after some replies. Server thread only.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-info
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Final

from adrastea.errors import Unavailable
from adrastea.protocol.json_part import JsonObject, load_object

_AGAIN_SECONDS: Final = 0.25
_REPLIES_OF_A_SILENT_KERNEL: Final = 8  # about two seconds


class Opening:
    """See the module. Asks from its construction on."""

    def __init__(self, ask: Callable[[], None], opened: Callable[[], None]) -> None:
        """`ask` sends one request, and may raise Unavailable; `opened` is called once."""
        self.done = False
        self._ask = ask
        self._opened = opened
        self._heard = False
        self._replies = 0
        self._timer: asyncio.TimerHandle | None = None
        self._again()

    def heard(self, *, ours: bool) -> None:
        """A verified message has come on iopub, because of what was asked or not."""
        if not self.done:  # later on each message on iopub comes by here
            self._heard = True
            self._consider()

    def answered(self) -> None:
        """A reply to what was asked has come."""
        self._replies += 1
        self._consider()

    def stop(self) -> None:
        """The process has ended: nothing is asked any more, and nothing told."""
        self.done = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _again(self) -> None:
        try:
            self._ask()
        except Unavailable:  # it has just ended
            return
        self._timer = asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self._again)

    def _consider(self) -> None:
        silent = self._replies >= _REPLIES_OF_A_SILENT_KERNEL
        if not self.done and self._replies and (self._heard or silent):
            self.stop()
            self._opened()


class Rejoining:
    """A run that is known to be open, from an earlier run of the program: finds out when it is free.

    A kernel takes the requests on its shell channel one after the other. So it is asked once, however long that takes:
    the reply comes behind those to all that it had been asked before, and on iopub what it says about this request
    behind what it said about those. Only where that was not heard, the subscription being too late, it is asked again.
    """

    def __init__(self, ask: Callable[[], None], free: Callable[[], None]) -> None:
        """`ask` sends one request, and may raise Unavailable; `free` is called once."""
        self.done = True
        self._ask = ask
        self._free = free
        self._heard = False
        self._again: Opening | None = None
        self._over = False
        with suppress(Unavailable):
            ask()

    def heard(self, *, ours: bool) -> None:
        """A verified message has come on iopub, because of what was asked or not."""
        self._heard = self._heard or ours
        if self._again is not None and ours:
            self._again.heard(ours=True)

    def answered(self) -> None:
        """A reply to what was asked has come."""
        if self._again is not None:
            self._again.answered()
        elif not self._over and self._heard:
            self._over = True
            self._free()
        elif not self._over:
            self._again = Opening(self._ask, self._free)

    def stop(self) -> None:
        """The process has ended: nothing is told."""
        self._over = True
        if self._again is not None:
            self._again.stop()


@lru_cache(maxsize=16)
def what_it_is(content: bytes) -> JsonObject:
    """What the content of a `kernel_info_reply` says; kernels of one kind say the same, which is kept once.

    Raises:
        ProtocolError: not a JSON object.
    """
    return load_object(content, "content")
