"""A burst of 400 requests to a real ipykernel, again and again: is every one answered, and is everything heard?

Run it with `python -m bench.burst` from the root of the repository. Each repetition has a kernel of its own, as
ipykernel starts by itself, sends 400 requests without waiting, and counts what comes back: 400 replies, 400 idles, 400
printed lines. `--times` says how often (50), `--transport` how.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Client, connected
from bench.serving import Serving, serving

REQUESTS = 400
QUIET_SECONDS = 10.0  # after which what has not come is lost


def main() -> int:
    """Repeat and print; the exit code is 1 when something was lost."""
    parser = argparse.ArgumentParser("bench.burst")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--transport", choices=("native", "pyzmq"), default="native")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="b") as folder,
        serving(Path(folder), "--transport", given.transport) as server,
    ):
        lost = asyncio.run(repeated(server, given.times))
    print(f"{given.transport}: {given.times} bursts of {REQUESTS}, {lost} lost")
    return 1 if lost else 0


@contextmanager
def cold(folder: Path, transport: str) -> Generator[Serving]:
    """A server whose kernels are plain ones: a fork of a warm interpreter has no limit of what waits on iopub."""
    (folder / "adrastea").mkdir()
    (folder / "adrastea" / "settings.toml").write_text("warm_kernels = false\n", encoding="utf-8")
    with serving(folder, "--transport", transport) as server:
        yield server


async def repeated(server: Serving, times: int) -> int:
    """How much was lost in all bursts together."""
    lost = 0
    for number in range(times):
        kernel = await asyncio.to_thread(server.ask, "api/kernels", {"name": "python3"})
        client = await connected(server.port, kernel["id"])
        begun = time.monotonic()
        missing = await burst(client)
        lost += missing
        print(f"{number + 1:3} of {times}: {time.monotonic() - begun:.1f} s, {missing} lost", flush=True)
        client.close()
        await asyncio.to_thread(server.ask, f"api/kernels/{kernel['id']}", None, "DELETE")
    return lost


async def burst(client: Client) -> int:
    """One burst; replies, idles and lines that did not come."""
    for number in range(REQUESTS):
        client.execute(f"print({number})")
    come, quiet = -1, 0.0
    while missing(client) and quiet < QUIET_SECONDS:
        before, come = come, client.messages
        quiet = 0.0 if come != before else quiet + 0.05
        await asyncio.sleep(0.05)
    return missing(client)


def missing(client: Client) -> int:
    """What has not come yet."""
    return 3 * REQUESTS - client.replies - client.idles - client.printed


if __name__ == "__main__":
    sys.exit(main())
