"""What relaying costs the server: processor time for each execution, memory for each kernel, with both transports.

Run it with `python -m bench.relay` from the root of the repository; `--short` takes a sixth of the time. The kernels
are null kernels, so that the server is what is measured. One execution is one message in and five out. The transports
are measured in turn, one server process for each figure; the median of the rounds is shown, with least and most.
Linux only: processor time is read from /proc/PID/task/*/schedstat.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench import null_kernel
from bench.load import Client, connected
from bench.serving import Serving, serving

ROOT = Path(__file__).resolve().parent.parent
TRANSPORTS = ("native", "pyzmq")
KERNELS = (1, 8, 32)
RATE = 10  # executions a second and kernel, paced
PAUSE_SECONDS = 0.02
QUIET_SECONDS = 10.0  # after which what has not come is lost
CLOSED = (16, 4)  # kernels, requests that each has outstanding


@dataclass(frozen=True, slots=True)
class Cell:
    """One measurement."""

    microseconds: float
    """Of processor time of the server, for each execution."""
    lost: int
    """Messages."""
    p50: float
    p99: float
    """Milliseconds from a request to its reply."""
    executed: int
    grown_mib: float
    """By how much the resident set grew, from no kernel to the end of the load."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.relay")
    parser.add_argument("--short", action="store_true", help="one round of two seconds each")
    short = parser.parse_args().short
    rounds, seconds = (1, 2.0) if short else (3, 4.0)
    program = null_kernel.build(ROOT / ".cache" / "bench")
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {rounds} rounds of {seconds:.0f} s")
    cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for _ in range(rounds):
        for count in KERNELS:
            for transport in TRANSPORTS:
                cells[f"{count} kernels, {RATE}/s", transport].append(
                    asyncio.run(measured(program, transport, count, seconds, None))
                )
        for transport in TRANSPORTS:
            count, outstanding = CLOSED
            cells[f"closed loop {count}x{outstanding}", transport].append(
                asyncio.run(measured(program, transport, count, seconds, outstanding))
            )
    for (load, transport), found in cells.items():
        show(load, transport, found)
    return 0


def show(load: str, transport: str, cells: list[Cell]) -> None:
    """One line."""
    costs = [cell.microseconds for cell in cells]
    print(
        f"{load:18} {transport:6} {statistics.median(costs):6.0f} µs CPU"
        f" (least {min(costs):.0f}, most {max(costs):.0f})"
        f"  reply p50 {statistics.median(cell.p50 for cell in cells):.1f} ms"
        f" p99 {statistics.median(cell.p99 for cell in cells):.1f} ms"
        f"  RSS +{statistics.median(cell.grown_mib for cell in cells):.1f} MiB"
        f"  {sum(cell.executed for cell in cells)} executions, {sum(cell.lost for cell in cells)} messages lost"
    )


async def measured(program: Path, transport: str, count: int, seconds: float, outstanding: int | None) -> Cell:
    """One server, `count` kernels, that load for `seconds`; `outstanding` None: paced."""
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        null_kernel.install(program, Path(folder) / "data")
        with serving(Path(folder), "--transport", transport) as server:
            empty = server.resident_mib()
            clients = await started(server, count)
            before = server.cpu_seconds()
            if outstanding is None:
                await paced(clients, seconds)
            else:
                await closed_loop(clients, seconds, outstanding)
            spent, grown = server.cpu_seconds() - before, server.resident_mib() - empty
            for client in clients:
                client.close()
    executed = sum(client.replies for client in clients)
    latencies = sorted(1e3 * latency for client in clients for latency in client.latencies)
    return Cell(
        1e6 * spent / executed,
        sum(client.lost for client in clients),
        latencies[len(latencies) // 2],
        latencies[len(latencies) * 99 // 100],
        executed,
        grown,
    )


async def started(server: Serving, count: int) -> list[Client]:
    """So many kernels, each with a client that it has answered."""
    loop = asyncio.get_running_loop()
    clients: list[Client] = []
    for _ in range(count):
        kernel = await loop.run_in_executor(None, server.ask, "api/kernels", {"name": null_kernel.NAME})
        clients.append(await connected(server.port, kernel["id"]))
    for client in clients:
        client.execute()
    await answered(clients)
    for client in clients:
        client.forget()
    return clients


async def paced(clients: list[Client], seconds: float) -> None:
    """Each client asks `RATE` times a second, evenly spread over them."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for number in range(int(seconds * RATE * len(clients))):
        await asyncio.sleep(max(0.0, begun + number / (RATE * len(clients)) - loop.time()))
        clients[number % len(clients)].execute()
    await answered(clients)


async def closed_loop(clients: list[Client], seconds: float, outstanding: int) -> None:
    """Each client has so many requests outstanding."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    def again(client: Client) -> None:
        if loop.time() < end:
            client.execute()

    for client in clients:
        client.on_done = partial(again, client)
        for _ in range(outstanding):
            client.execute()
    await asyncio.sleep(seconds)
    await answered(clients)


async def answered(clients: list[Client]) -> None:
    """Wait until everything has come, or nothing more does."""
    come, quiet = -1, 0.0
    while any(client.lost > 0 for client in clients) and quiet < QUIET_SECONDS:
        before, come = come, sum(client.messages for client in clients)
        quiet = 0.0 if come != before else quiet + PAUSE_SECONDS
        await asyncio.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
