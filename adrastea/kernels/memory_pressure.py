"""Hears from the system that memory is short. Linux only; elsewhere nobody ever hears.

It measures how long programs wait for memory (PSI) and wakes us when that was 0.15 s within 2 s, the least window that
it grants to everybody. Nothing is asked in between, so that it costs nothing while there is enough.

Source of truth: https://docs.kernel.org/accounting/psi.html#monitoring-for-pressure-thresholds
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

_PRESSURE: Final = Path("/proc/pressure/memory")
_THRESHOLD: Final = b"some 150000 2000000\0"  # microseconds: of waiting, within


class MemoryPressure:
    """See the module. Server thread only."""

    def __init__(self, short: Callable[[], None], file: Path = _PRESSURE) -> None:
        """Call `short` on the loop whenever memory becomes short."""
        self._short = short
        self._file = file
        self._descriptor = -1
        self._epoll: select.epoll | None = None

    def listen(self) -> None:
        """From now on. Where the system does not tell, nothing happens. May be called twice."""
        if self._epoll is not None or sys.platform != "linux":
            return
        try:
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_NONBLOCK)
            os.write(self._descriptor, _THRESHOLD)
            self.watch(self._descriptor)
        except OSError as error:
            log.info("the system does not tell when memory is short: %s", error.strerror)
            self.close()

    def watch(self, descriptor: int) -> None:
        """Listen to this descriptor, which has something urgent to say when memory is short.

        Raises:
            OSError: it is of a kind that never has.
        """
        epoll = select.epoll()  # asyncio waits for what can be read, not for what is urgent
        try:
            epoll.register(descriptor, select.EPOLLPRI)
        except OSError:
            epoll.close()
            raise
        self._epoll = epoll
        asyncio.get_running_loop().add_reader(epoll.fileno(), self._told, epoll)

    def close(self) -> None:
        """Listen no more. May be called twice."""
        if self._epoll is not None:
            asyncio.get_running_loop().remove_reader(self._epoll.fileno())
            self._epoll.close()
            self._epoll = None
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _told(self, epoll: select.epoll) -> None:
        events = epoll.poll(0)
        if any(event & select.EPOLLERR for _, event in events):  # the system has given up telling
            self.close()
        elif events:
            self._short()
