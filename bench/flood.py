"""A kernel that prints without end to a client that hardly reads, while another kernel is used.

Run it with `python -m bench.flood` from the root of the repository. The client reads 16 KB in 50 ms. Shown is by how
much the resident set of the server grew, how long the other kernel's replies took, and how long after the interrupt
the end of the flood was heard, when the client reads again as fast as it can.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.load import Client, connected
from bench.relay import ROOT, TRANSPORTS, started
from bench.serving import Serving, serving

PIECE_BYTES = 16_384
PAUSE_SECONDS = 0.05
RATE = 20  # executions a second of the other kernel
LIMIT_SECONDS = 60.0


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.flood")
    parser.add_argument("--seconds", type=float, default=20.0)
    seconds = parser.parse_args().seconds
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {seconds:.0f} s each")
    for transport in TRANSPORTS:
        asyncio.run(measured(transport, seconds))
    return 0


async def measured(transport: str, seconds: float) -> None:
    """One line."""
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        null_kernel.install(null_kernel.build(ROOT / ".cache" / "bench"), Path(folder) / "data")
        with serving(Path(folder), "--transport", transport) as server:
            (other,) = await started(server, 1)
            kernel = await asyncio.to_thread(server.ask, "api/kernels", {"name": null_kernel.NAME})
            slow = await connected(server.port, kernel["id"])
            before = server.resident_mib()
            idle = asyncio.Event()
            slow.on_done = idle.set
            slow.execute("flood")
            slow.read_slowly(PIECE_BYTES, PAUSE_SECONDS)
            most = await used(server, other, seconds)
            begun = time.monotonic()
            await asyncio.to_thread(server.ask, f"api/kernels/{kernel['id']}/interrupt", {})
            slow.read_quickly()
            async with asyncio.timeout(LIMIT_SECONDS):
                await idle.wait()
            ended = time.monotonic() - begun
            latencies = sorted(1e3 * latency for latency in other.latencies)
            print(
                f"{transport:6} RSS +{most - before:.1f} MiB; the other kernel's replies p50"
                f" {latencies[len(latencies) // 2]:.1f} ms, p99 {latencies[len(latencies) * 99 // 100]:.1f} ms;"
                f" idle {1e3 * ended:.0f} ms after the interrupt, {slow.printed} lines read",
                flush=True,
            )
            slow.close()
            other.close()


async def used(server: Serving, other: Client, seconds: float) -> float:
    """Use the other kernel; the largest resident set meanwhile."""
    most = 0.0
    for _ in range(int(seconds * RATE)):
        other.execute()
        most = max(most, server.resident_mib())
        await asyncio.sleep(1 / RATE)
    return most


if __name__ == "__main__":
    sys.exit(main())
