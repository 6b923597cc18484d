"""Which kernels are shut down for not being used, and when somebody looks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.kernels.lifecycle import State
from adrastea.server.culling import is_due, next_seconds
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.running import Running, running
from tests.server.test_kernel_socket import connected, is_status, start

HOUR = replace(Settings(), cull_idle_seconds=3600)


@pytest.mark.parametrize(
    ("age", "state", "has_client", "due"),
    [
        (3599, State.IDLE, False, False),
        (3600, State.IDLE, False, True),
        (3600, State.IDLE, True, False),
        (3600, State.BUSY, False, False),
        (3600, State.DEAD, True, True),
        (10, State.DEAD, False, False),
    ],
)
def test_a_kernel_is_due_that_is_idle_for_long_enough_and_has_no_client(
    age: float, state: State, *, has_client: bool, due: bool
) -> None:
    assert is_due(age, state, HOUR, has_client=has_client) is due


def test_those_that_work_or_have_clients_are_due_where_the_settings_say_so() -> None:
    assert is_due(3600, State.BUSY, replace(HOUR, cull_busy=True), has_client=False)
    assert is_due(3600, State.IDLE, replace(HOUR, cull_connected=True), has_client=True)
    assert not is_due(3600, State.BUSY, replace(HOUR, cull_connected=True), has_client=True)


@pytest.mark.parametrize(("ages", "wait"), [([], 60), ([10, 20], 40), ([100], 60), ([100, 30], 30), ([60 - 1e-9], 0.1)])
def test_somebody_looks_when_the_next_kernel_may_be_due(ages: list[float], wait: float) -> None:
    assert next_seconds(ages, 60) == wait


@pytest.mark.slow
def test_a_kernel_that_is_not_used_is_shut_down_and_its_clients_hear_so(tmp_path: Path) -> None:
    kernelspecs.install(tmp_path)
    settings = replace(Settings(), default_kernel="fake", cull_idle_seconds=0.5, cull_connected=True)
    with running(tmp_path, settings, tmp_path / "kernels") as server:
        kernel_id = start(server)

        async def work() -> None:
            async with connected(server, kernel_id) as client:
                await client.run("print hello")
                await client.hear(lambda said: is_status(said, "dead"))

        asyncio.run(work())

        assert all(reason in {None, "It was shut down."} for reason in reasons(server))


def reasons(server: Running) -> list[object]:
    """Why those that are still in the table are dead."""
    return [kernel.get("reason") for kernel in server.api("GET", "api/kernels").list() if isinstance(kernel, dict)]
