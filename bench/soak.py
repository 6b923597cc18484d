"""Whether a long load leaves something behind: 32 null kernels, ten executions a second each, for twenty minutes.

Run it with `python -m bench.soak [MINUTES]` from the root of the repository. Each minute it says how large the server's
resident set is and how many files it has open; at the end also how many messages were lost. Linux only.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.relay import RATE, ROOT, answered, paced, started
from bench.serving import Serving, serving

KERNELS = 32
MINUTES = 20


def main(arguments: Sequence[str]) -> int:
    """Load and print."""
    minutes = int(arguments[0]) if arguments else MINUTES
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {KERNELS} kernels, {RATE}/s each, {minutes} minutes", flush=True)
    program = null_kernel.build(ROOT / ".cache" / "bench")
    return asyncio.run(soaked(program, minutes))


async def soaked(program: Path, minutes: int) -> int:
    """The load, and a line for each minute; 1 when a message was lost."""
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        null_kernel.install(program, Path(folder) / "data")
        with serving(Path(folder)) as server:
            show("with no kernel", server)
            clients = await started(server, KERNELS)
            show("with kernels", server)
            for minute in range(1, minutes + 1):
                await paced(clients, 60.0)
                show(f"after {minute} minutes", server)
            await answered(clients)
            lost, executed = sum(client.lost for client in clients), sum(client.replies for client in clients)
            for client in clients:
                client.close()
    print(f"{executed:,} executions, {lost} messages lost")
    return 1 if lost else 0


def show(when: str, server: Serving) -> None:
    """One line."""
    files = len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
    print(f"{when:18} {server.resident_mib():6.1f} MiB resident, {files} files open", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
