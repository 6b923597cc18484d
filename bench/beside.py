"""What a change makes of relaying: this working copy and another one under the same load at the same time.

Run it with `python -m bench.beside FOLDER` from the root of the repository; FOLDER is the root of the other one. Both
serve null kernels (`bench.relay`) and are asked in turn, execution by execution where the load is paced and second by
second where it is not. So whatever else the machine does meets both alike, and the ratio of their processor time can
be read where that alone cannot. The ratio is the median of the rounds, with their quartiles. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench import null_kernel
from bench.load import Client
from bench.relay import CLOSED, RATE, ROOT, answered, closed_loop, started
from bench.serving import Serving, serving

KERNELS = (1, 8, 32)
PACED_SECONDS = 3.0  # of one round
CLOSED_SECONDS = 1.0


@dataclass(slots=True)
class Side:
    """One working copy."""

    server: Serving
    clients: list[Client]
    empty_mib: float
    """Its resident set before the first kernel."""
    costs: list[float] = field(default_factory=list[float])
    """Microseconds of processor time for each execution, of each round."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.beside")
    parser.add_argument("other", type=Path, help="root of the other working copy")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    program = null_kernel.build(ROOT / ".cache" / "bench")
    roots = (options.other.resolve(), ROOT)
    for count in KERNELS:
        asyncio.run(compared(program, roots, count, options.rounds, f"{count} kernels, {RATE}/s", is_paced=True))
    count, outstanding = CLOSED
    asyncio.run(compared(program, roots, count, options.rounds, f"closed loop {count}x{outstanding}", is_paced=False))
    return 0


async def compared(
    program: Path, roots: tuple[Path, Path], count: int, rounds: int, title: str, *, is_paced: bool
) -> None:
    """One load on both, `rounds` times; print what came of it."""
    with ExitStack() as stack:
        sides: list[Side] = []
        for root in roots:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="b")))
            null_kernel.install(program, folder / "data")
            server = stack.enter_context(serving(folder, root=root))
            empty = server.resident_mib()
            sides.append(Side(server, await started(server, count), empty))
        for number in range(rounds):
            if is_paced:
                await in_turn(sides)
            else:
                await one_by_one(sides if number % 2 else sides[::-1])
        show(title, *sides)
        for client in (client for side in sides for client in side.clients):
            client.close()


async def in_turn(sides: list[Side]) -> None:
    """Each client of each side asks `RATE` times a second, the sides in turn."""
    before = [begun(side) for side in sides]
    loop = asyncio.get_running_loop()
    clients = [client for both in zip(*(side.clients for side in sides), strict=True) for client in both]
    start = loop.time()
    for number in range(int(PACED_SECONDS * RATE * len(clients))):
        await asyncio.sleep(max(0.0, start + number / (RATE * len(clients)) - loop.time()))
        clients[number % len(clients)].execute()
    await answered(clients)
    for side, spent in zip(sides, before, strict=True):
        note(side, spent)


async def one_by_one(sides: list[Side]) -> None:
    """Each side alone, as much as it takes."""
    for side in sides:
        before = begun(side)
        await closed_loop(side.clients, CLOSED_SECONDS, CLOSED[1])
        note(side, before)


def begun(side: Side) -> float:
    """Seconds of processor time until now; executions are counted from here on."""
    for client in side.clients:
        client.forget()
    return side.server.cpu_seconds()


def note(side: Side, before: float) -> None:
    """A round is over."""
    executed = sum(client.replies for client in side.clients)
    side.costs.append(1e6 * (side.server.cpu_seconds() - before) / executed)


def show(title: str, other: Side, ours: Side) -> None:
    """One line."""
    ratios = [here / there for there, here in zip(other.costs, ours.costs, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(
        f"{title:18} {statistics.median(other.costs):5.0f} → {statistics.median(ours.costs):5.0f} µs CPU:"
        f" {middle:.3f} ({low:.3f} to {high:.3f})"
        f"  RSS {other.empty_mib:.1f} → {ours.empty_mib:.1f} MiB without a kernel,"
        f" {other.server.resident_mib():.1f} → {ours.server.resident_mib():.1f} MiB after the load",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
