"""What an idle server costs: wakeups and processor time in a minute of nothing, without a kernel and with some.

Run it with `python -m bench.idle` from the root of the repository; `--seconds` says how long each part lasts (60). Each
kernel has a client whose WebSocket is open. Wakeups are the voluntary context switches of all threads, from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.relay import ROOT, TRANSPORTS, started
from bench.serving import serving

KERNELS = (0, 1, 8)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.idle")
    parser.add_argument("--seconds", type=float, default=60.0)
    seconds = parser.parse_args().seconds
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {seconds:.0f} s each")
    for transport in TRANSPORTS:
        for count in KERNELS:
            asyncio.run(measured(transport, count, seconds))
    return 0


async def measured(transport: str, count: int, seconds: float) -> None:
    """One line."""
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        null_kernel.install(null_kernel.build(ROOT / ".cache" / "bench"), Path(folder) / "data")
        with serving(Path(folder), "--transport", transport) as server:
            clients = await started(server, count)
            await asyncio.sleep(1.0)
            wakeups, spent = server.wakeups(), server.cpu_seconds()
            await asyncio.sleep(seconds)
            wakeups, spent = server.wakeups() - wakeups, server.cpu_seconds() - spent
            print(f"{transport:6} {count} kernels: {wakeups} wakeups, {1e3 * spent:.2f} ms of processor time", end="")
            print(f", resident {server.resident_mib():.1f} MiB", flush=True)
            for client in clients:
                client.close()


if __name__ == "__main__":
    sys.exit(main())
