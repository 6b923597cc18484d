"""Kernels that nobody has used for long are shut down, where the settings want it: `cull_idle_seconds` above 0.

As in jupyter_server a kernel counts as used while it works or has a client; `cull_busy` and `cull_connected` take these
away. A notebook that is open in our own page is a client. One timer, set for the moment when the next kernel may be
due; none where culling is off. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from adrastea.errors import NotFound
from adrastea.kernels.kernel import Kernel
from adrastea.kernels.lifecycle import State
from adrastea.server.services import Services
from adrastea.settings import Settings

log = logging.getLogger(__name__)

_LEAST_SECONDS: Final = 0.1


class Culling:
    """See the module."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        if services.settings.cull_idle_seconds > 0:
            self._again()

    def stop(self) -> None:
        """Cull no more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._task is not None:
            self._task.cancel()

    def _again(self) -> None:
        loop, idle_seconds = asyncio.get_running_loop(), self._services.settings.cull_idle_seconds
        ages = [age_seconds(kernel.last_activity, datetime.now(UTC)) for kernel in self._services.kernels.all()]
        self._timer = loop.call_later(next_seconds(ages, idle_seconds), self._look)

    def _look(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._cull())

    async def _cull(self) -> None:
        settings, now = self._services.settings, datetime.now(UTC)
        for kernel in self._services.kernels.all():
            age = age_seconds(kernel.last_activity, now)
            if is_due(age, kernel.state, settings, has_client=self._has_client(kernel)):
                log.info("kernel %s has not been used for %d s: it is shut down", kernel.id, age)
                with suppress(NotFound):  # somebody was quicker
                    await self._services.shut_down_kernel(kernel.id)
        self._again()

    def _has_client(self, kernel: Kernel) -> bool:
        sessions = self._services.sessions.all()
        watched = any(session.kernel is kernel and session.watched for session in sessions)
        return watched or self._services.connections(kernel.id) > 0


def age_seconds(last_activity: datetime, now: datetime) -> float:
    """For how long nothing has happened."""
    return (now - last_activity).total_seconds()


def is_due(age: float, state: State, settings: Settings, *, has_client: bool) -> bool:
    """Whether a kernel that nothing has happened to for `age` seconds is to be shut down."""
    if age < settings.cull_idle_seconds:
        return False
    if state is State.DEAD:
        return True
    return (settings.cull_busy or state is not State.BUSY) and (settings.cull_connected or not has_client)


def next_seconds(ages: Iterable[float], idle_seconds: float) -> float:
    """When to look again: when the next kernel reaches its age. Those that are over it already were kept; they wait."""
    left = [idle_seconds - age for age in ages if age < idle_seconds]
    return max(_LEAST_SECONDS, min(left, default=idle_seconds))
