"""Puts a load on a server and takes the figures: the part that acts.

Processor time is read when all kernels have answered once, and again when everything that was asked for has come or
nothing more does; a message that has not come by then is lost.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.comparison import accounting, figures, rest
from bench.comparison.client import Client, connected
from bench.comparison.loads import Cell, Load
from bench.comparison.running import Running, Silent, running
from bench.comparison.servers import Server

_PAUSE_SECONDS = 0.02
_QUIET_SECONDS = 5.0  # after which what has not come is lost
_SETTLE_SECONDS = 1.0  # between the last kernel's start and an idle load
_LIMIT_SECONDS = 60.0
_SLOW = (16_384, 0.05)  # bytes, then a pause in seconds
_TOGETHER = 8  # kernels that are started at a time
_TROUBLES = (OSError, rest.Refused, Silent, ValueError, KeyError)  # of a server: they are reported, and the run goes on


async def measured(server: Server, cell: Cell, program: Path) -> figures.Measurement:
    """The figures of one cell, in a server process of its own; what goes wrong is part of them."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="b", ignore_cleanup_errors=True) as folder:
        try:
            async with running(server, Path(folder), program) as one:
                found["rss_start_mib"] = accounting.usage(one.pid).rss_mib
                await loaded(one, cell.load, found)
                usage = accounting.usage(one.pid)
                found["rss_end_mib"], found["pss_end_mib"] = usage.rss_mib, usage.pss_mib
                found["rss_grown_mib"] = usage.rss_mib - found["rss_start_mib"]
                found["rss_peak_mib"] = usage.rss_peak_mib
        except _TROUBLES as trouble:
            return figures.Measurement(server.name, cell.load.title, found, f"{trouble}" or type(trouble).__name__)
    return figures.Measurement(server.name, cell.load.title, found)


async def loaded(one: Running, load: Load, found: dict[str, float]) -> None:
    """Put the load on the server; figures go into `found` as they come."""
    if load.kind == "start":
        await (_first_answers(one, load, found) if load.kernels == 1 else _all_ready(one, load, found))
        return
    clients = await started(one, load)
    try:
        match load.kind:
            case "paced":
                await _counted(one, clients, found, paced(clients, load))
            case "closed":
                await _counted(one, clients, found, closed(clients, load))
            case "flood":
                await _flood(one, clients, load, found)
            case "idle":
                await _idle(one, load, found)
        found["kernels_mib"] = accounting.descendants_mib(one.pid)
    finally:
        for client in clients:
            client.close()


async def started(one: Running, load: Load) -> list[Client]:
    """So many kernels, each with a client that it has answered."""
    clients: list[Client] = []
    for begin in range(0, load.kernels, _TOGETHER):
        count = min(_TOGETHER, load.kernels - begin)
        clients += await asyncio.gather(*(_opened(one, load) for _ in range(count)))
    for client in clients:
        client.execute()
    await answered(clients)
    for client in clients:
        client.forget()
    return clients


async def paced(clients: Sequence[Client], load: Load) -> None:
    """Each client asks so many times a second, evenly spread over them."""
    loop = asyncio.get_running_loop()
    begun, together = loop.time(), load.rate * len(clients)
    for number in range(int(load.seconds * together)):
        await asyncio.sleep(max(0.0, begun + number / together - loop.time()))
        clients[number % len(clients)].execute()
    await answered(clients)


async def closed(clients: Sequence[Client], load: Load) -> None:
    """Each client keeps so many requests outstanding."""
    loop = asyncio.get_running_loop()
    end = loop.time() + load.seconds

    def again(client: Client) -> None:
        if loop.time() < end:
            client.execute()

    for client in clients:
        client.on_idle = partial(again, client)
        for _ in range(int(load.rate)):
            client.execute()
    await asyncio.sleep(load.seconds)
    await answered(clients)


async def answered(clients: Sequence[Client]) -> None:
    """Wait until everything has come, or nothing more does."""
    come, quiet = -1, 0.0
    while any(client.missing for client in clients) and quiet < _QUIET_SECONDS:
        before, come = come, sum(client.messages for client in clients)
        quiet = 0.0 if come != before else quiet + _PAUSE_SECONDS
        await asyncio.sleep(_PAUSE_SECONDS)


async def _counted(one: Running, clients: Sequence[Client], found: dict[str, float], load: Awaitable[None]) -> None:
    begun, before = time.perf_counter(), accounting.usage(one.pid).cpu_seconds
    await load
    found["took_s"] = time.perf_counter() - begun
    spent = accounting.usage(one.pid).cpu_seconds - before
    found["sent"] = sum(client.sent for client in clients)
    found["received"] = sum(client.messages for client in clients)
    found["lost_messages"] = sum(client.missing for client in clients)
    found["lost_kernels"] = sum(client.lost or not client.replies for client in clients)
    found |= figures.per_execute(spent, sum(len(client.idles) for client in clients))
    found |= figures.latencies("reply", [taken for client in clients for taken in client.replies])
    found |= figures.latencies("idle", [taken for client in clients for taken in client.idles])


async def _flood(one: Running, clients: Sequence[Client], load: Load, found: dict[str, float]) -> None:
    """The first kernel prints to a client that hardly reads, the second is used; then the first is interrupted."""
    slow, other = clients
    ended = asyncio.Event()
    slow.on_idle = ended.set
    slow.read_slowly(*_SLOW)
    slow.execute("flood")
    await paced([other], load)
    found |= figures.latencies("reply", other.replies)
    begun = time.perf_counter()
    await rest.ask(one.where, "POST", f"api/kernels/{slow.kernel_id}/interrupt")
    slow.read_quickly()
    async with asyncio.timeout(_LIMIT_SECONDS):
        await ended.wait()
    found["interrupt_ms"] = 1e3 * (time.perf_counter() - begun)


async def _idle(one: Running, load: Load, found: dict[str, float]) -> None:
    await asyncio.sleep(_SETTLE_SECONDS)
    before = accounting.usage(one.pid)
    await asyncio.sleep(load.seconds)
    after = accounting.usage(one.pid)
    found["idle_cpu_ms"] = 60e3 * (after.cpu_seconds - before.cpu_seconds) / load.seconds
    found["idle_wakeups"] = 60 * (after.wakeups - before.wakeups) / load.seconds


async def _first_answers(one: Running, load: Load, found: dict[str, float]) -> None:
    """One kernel after another, from POST of a session to its kernel_info_reply; the first one does not count."""
    loop = asyncio.get_running_loop()
    samples: list[float] = []
    await _first_answer(one, load)
    end = loop.time() + load.seconds
    while not samples or loop.time() < end:
        samples.append(1e3 * await _first_answer(one, load))
    found["first_answer_ms"], found["first_answer_least_ms"] = statistics.median(samples), min(samples)


async def _first_answer(one: Running, load: Load) -> float:
    begun = time.perf_counter()
    client = await _informed(one, load)
    taken = time.perf_counter() - begun
    client.close()
    await rest.ask(one.where, "DELETE", f"api/kernels/{client.kernel_id}")
    return taken


async def _all_ready(one: Running, load: Load, found: dict[str, float]) -> None:
    begun = time.perf_counter()
    outcomes = await asyncio.gather(*(_informed(one, load) for _ in range(load.kernels)), return_exceptions=True)
    found["all_ready_s"] = time.perf_counter() - begun
    found["lost_kernels"] = sum(isinstance(outcome, BaseException) for outcome in outcomes)
    found["kernels_mib"] = accounting.descendants_mib(one.pid)
    for outcome in outcomes:
        if isinstance(outcome, Client):
            outcome.close()


async def _opened(one: Running, load: Load) -> Client:
    try:
        kernel = await rest.ask(one.where, "POST", "api/kernels", {"name": load.kernel})
    except rest.Refused:  # jupyverse starts kernels with sessions only
        kernel = await _session_kernel(one, load)
    return await connected(one.where, kernel["id"], load.dialect)


async def _session_kernel(one: Running, load: Load) -> Any:  # noqa: ANN401 -- JSON
    """The kernel of a new session."""
    name = f"{uuid4().hex}.ipynb"
    session = {"path": name, "name": name, "type": "notebook", "kernel": {"name": load.kernel}}
    return (await rest.ask(one.where, "POST", "api/sessions", session))["kernel"]


async def _informed(one: Running, load: Load) -> Client:
    """A client of a new session's kernel, which has answered a kernel_info_request."""
    kernel = await _session_kernel(one, load)
    client = await connected(one.where, kernel["id"], load.dialect)
    client.ask_info()
    async with asyncio.timeout(_LIMIT_SECONDS):
        await client.info
    return client
