"""What the user of one kernel notices while somebody else floods the server, stalls, or sends rubbish.

Run it with `python -m bench.hostile` from the root of the repository. For each server and each attack, in a server of
its own: the delays of another kernel's replies (20 executions a second), by how much the resident set grew at most
while the attack went on, and whether the server still answered a new request at the end. The attacker has the
token where the attack needs it. `--server NAME` chooses servers as in `make bench`.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.comparison import accounting, environment, frames, rest, servers
from bench.comparison.client import Client, connected
from bench.comparison.running import Running, running

ROOT = Path(__file__).resolve().parent.parent
RATE = 20  # executions a second of the kernel that is used
CONNECTIONS = 10_000
BIG_BYTES = 256 << 20
DOWNLOADS = 20
ANSWER_SECONDS = 5.0
END_SECONDS = 20.0  # for an attack that does not notice its end

Attack = Callable[[Running, str, asyncio.Event], Coroutine[object, object, None]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen during one attack."""

    delays: list[float]
    """Milliseconds, sorted; without those that were never answered."""
    missing: int
    grown_mib: float
    answers: bool


async def nothing(_one: Running, _kernel: str, end: asyncio.Event) -> None:
    """No attack: what to compare with."""
    await end.wait()


async def connections(one: Running, _kernel: str, end: asyncio.Event) -> None:
    """Ten thousand connections that say nothing."""
    async with AsyncExitStack() as stack:
        for _ in range(CONNECTIONS):
            if end.is_set():
                break
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await stack.enter_async_context(_connection(one))
        await end.wait()


async def half_requests(one: Running, _kernel: str, end: asyncio.Event) -> None:
    """Two thousand requests without credentials whose bodies never come to their end."""
    head = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1:{one.where.port}\r\nContent-Length: 60000\r\n\r\n".encode()
    async with AsyncExitStack() as stack:
        for _ in range(2000):
            if end.is_set():
                break
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    writer = await stack.enter_async_context(_connection(one))
                    writer.write(head + b"x" * 50_000)
                    await writer.drain()
        await end.wait()


async def downloads(one: Running, _kernel: str, end: asyncio.Event) -> None:
    """Twenty downloads of a large file that nobody reads."""
    async with AsyncExitStack() as stack:
        for _ in range(DOWNLOADS):
            writer = await stack.enter_async_context(_connection(one, limit=1024))
            writer.write(_head(one, "GET /files/big.bin"))
            await writer.drain()
        await end.wait()


async def rubbish(one: Running, kernel: str, end: asyncio.Event) -> None:
    """WebSocket frames and bodies that make no sense, one after the other, without a pause."""
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    upgrade += f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: {frames.SUBPROTOCOL}\r\n"
    wrong = [
        frames.masked(frames.BINARY, (1 << 60).to_bytes(8, "little") * 8),
        frames.masked(frames.BINARY, os.urandom(500)),
        frames.masked(frames.TEXT, b"\xff\xfe"),
        frames.masked(frames.TEXT, b"[" * 100_000),
        b"\xf2\x00",
    ]
    number = 0
    while not end.is_set():
        number += 1
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(1), _connection(one) as writer:
                writer.write(_head(one, f"GET /api/kernels/{kernel}/channels", upgrade) + wrong[number % len(wrong)])
                await writer.drain()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(1), _connection(one) as writer:
                writer.write(_head(one, "POST /api/sessions", "Content-Length: 200000\r\n") + b"[" * 200_000)
                await writer.drain()


async def flood(one: Running, _kernel: str, end: asyncio.Event) -> None:
    """A kernel that prints without end, and a client of it that reads nothing."""
    kernel = await rest.ask(one.where, "POST", "api/kernels", {"name": null_kernel.NAME})
    client = await connected(one.where, kernel["id"])
    client.execute("flood")
    client.read_slowly(1, 3600.0)
    await end.wait()
    client.close()


ATTACKS: dict[str, Attack] = {
    "no attack": nothing,
    "10,000 connections": connections,
    "2,000 half requests": half_requests,
    "20 stalled downloads": downloads,
    "rubbish": rubbish,
    "a flood that nobody reads": flood,
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.hostile")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--server", action="append", choices=servers.known().keys())
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    environment.ensure()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {options.seconds:.0f} s each")
    for title, attack in ATTACKS.items():
        for name in options.server or servers.USUAL:
            seen = asyncio.run(attacked(servers.known()[name], attack, options.seconds))
            print(f"{title:26} {name:15} {told(seen)}", flush=True)
    return 0


def told(seen: Seen) -> str:
    """One line about it."""
    middle, late = (seen.delays[len(seen.delays) * share // 100] if seen.delays else float("nan") for share in (50, 99))
    unanswered = f", {seen.missing} never answered" if seen.missing else ""
    after = "" if seen.answers else ", and no answer to a new request afterwards"
    return f"replies p50 {middle:6.1f} ms, p99 {late:7.1f} ms{unanswered}; RSS {seen.grown_mib:+6.1f} MiB{after}"


async def attacked(server: servers.Server, attack: Attack, seconds: float) -> Seen:
    """One server during one attack."""
    program = null_kernel.build(ROOT / ".cache" / "bench")
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        async with running(server, Path(folder), program) as one:
            (Path(folder) / "root" / "big.bin").write_bytes(bytes(BIG_BYTES))
            kernel = await rest.ask(one.where, "POST", "api/kernels", {"name": null_kernel.NAME})
            client = await connected(one.where, kernel["id"])
            client.ask_info()
            await client.info
            before, end = accounting.usage(one.pid).rss_mib, asyncio.Event()
            task = asyncio.get_running_loop().create_task(attack(one, kernel["id"], end))
            most = await used(one, client, seconds)
            answers = await is_answered(one)
            end.set()
            await asyncio.wait([task], timeout=END_SECONDS)
            client.close()
            delays = sorted(1e3 * reply for reply in client.replies)
            return Seen(delays, client.sent - len(delays), most - before, answers)


async def used(one: Running, client: Client, seconds: float) -> float:
    """Use the kernel; the largest resident set meanwhile."""
    most, begun = 0.0, time.monotonic()
    while time.monotonic() - begun < seconds:
        client.execute()
        most = max(most, accounting.usage(one.pid).rss_mib)
        await asyncio.sleep(1 / RATE)
    await asyncio.sleep(1.0)  # for the last replies
    return most


async def is_answered(one: Running) -> bool:
    """Whether somebody who has just come is answered."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await rest.ask(one.where, "GET", "api/kernels")
    except (OSError, TimeoutError, rest.Refused):
        return False
    return True


@asynccontextmanager
async def _connection(one: Running, limit: int = 1 << 16) -> AsyncGenerator[asyncio.StreamWriter]:
    """A connection whose answers pile up beyond `limit` and are read no further."""
    _, writer = await asyncio.open_connection("127.0.0.1", one.where.port, limit=limit)
    try:
        yield writer
    finally:
        writer.close()


def _head(one: Running, line: str, headers: str = "") -> bytes:
    own = f"Host: 127.0.0.1:{one.where.port}\r\nAuthorization: token {one.where.token}\r\n"
    return f"{line} HTTP/1.1\r\n{own}{headers}\r\n".encode()


if __name__ == "__main__":
    sys.exit(main())
