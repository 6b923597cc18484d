"""Ten cut connections while a kernel displays 400 outputs: how many a client misses, how many it gets twice.

Run it with `python -m bench.reconnect` from the root of the repository; `--other` measures jupyter_server as well, as
`make bench` installs it. Between client and server stands a proxy on loopback that delays both directions. A cut drops
what is under way in both of them and resets both connections; the client, which like JupyterLab's answers pings and
keeps no ids, comes back at once with its `session_id`. With `last_seen` it says which message it had last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import socket
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.protocol import messages, websocket_v1
from adrastea.protocol.messages import MsgId, Origin, SessionId
from bench import null_kernel
from bench.comparison import environment, rest, running, servers

OUTPUTS = 400
CUTS = 10
DELAYS = (0.0, 0.02)
LIMIT_SECONDS = 30.0
ROOT = Path(__file__).resolve().parent.parent
CODE = f"import time\nfor number in range({OUTPUTS}):\n    display(number)\n    time.sleep(0.005)"


@dataclass(frozen=True, slots=True)
class Result:
    """What a client has got in the end."""

    lost: int
    twice: int
    in_order: bool


class Proxy:
    """Connections to a port on loopback, each direction delayed, all of which can be cut."""

    def __init__(self, port: int, delay_seconds: float) -> None:
        self._target = port
        self._delay = delay_seconds
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[object]] = set()
        self._open: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = []
        self._cuts = 0

    async def start(self) -> int:
        """Listen; the port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Drop what is under way, reset what is open."""
        self._cuts += 1
        pairs, self._open = self._open, []
        for pair in pairs:
            for writer in pair:
                linger = struct.pack("ii", 1, 0)  # a reset, and nothing of what was written before it
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()

    async def close(self) -> None:
        """Be gone."""
        if self._server is not None:
            self._server.close()
        self.cut()
        await asyncio.gather(*self._tasks)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._open.append((writer, there_writer))
        await asyncio.gather(self._pass_on(reader, there_writer), self._pass_on(there_reader, writer))
        for one in (writer, there_writer):
            one.close()
            with suppress(OSError):
                await one.wait_closed()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        cuts, loop = self._cuts, asyncio.get_running_loop()

        def write(data: bytes) -> None:
            if cuts == self._cuts and not writer.is_closing():
                writer.write(data)

        with suppress(OSError):
            while data := await reader.read(1 << 16):
                if self._delay:
                    loop.call_later(self._delay, write, data)
                else:
                    write(data)


class Client:
    """One that comes back."""

    def __init__(self, port: int, token: str, kernel_id: str, *, says_last_seen: bool) -> None:
        self._origin = Origin(SessionId(uuid4().hex), "bench")
        self._address = (
            f"ws://127.0.0.1:{port}/api/kernels/{kernel_id}/channels?session_id={self._origin.session}&token={token}"
        )
        self._token = token
        self._says_last_seen = says_last_seen
        self._last_seen = ""
        self._socket: WebSocketClientConnection | None = None
        self.ids: list[str] = []
        self.numbers: list[int] = []
        self.asked = MsgId("")
        self.done: set[str] = set()

    async def connect(self) -> None:
        """Open the socket, and ask what every client asks first."""
        if self._socket is not None:
            self._socket.close()  # it has ended
        seen = f"&last_seen={self._last_seen}" if self._says_last_seen else ""
        request = HTTPRequest(self._address + seen, headers={"Authorization": f"token {self._token}"})
        self._socket = await websocket_connect(request, subprotocols=[websocket_v1.SUBPROTOCOL])
        await self._send(messages.kernel_info_request(self._origin, MsgId(uuid4().hex), datetime.now(UTC)))

    async def execute(self, code: str) -> None:
        """Run code."""
        self.asked = MsgId(uuid4().hex)
        await self._send(messages.execute_request(code, self._origin, self.asked, datetime.now(UTC)))

    async def hear(self, heard: Callable[[int], None]) -> bool:
        """Read until the code has ended; `heard` is called after each output. False: the connection has ended."""
        while self.done != {"reply", "idle"}:
            data = None if self._socket is None else await self._socket.read_message()
            if not isinstance(data, bytes):
                return False
            channel, frames = websocket_v1.decode(data)
            message = messages.decode(frames)
            self._last_seen = message.header.msg_id
            if message.parent is None or message.parent.msg_id != self.asked:
                continue
            if message.header.msg_type == "display_data":
                self.ids.append(message.header.msg_id)
                self.numbers.append(int(json.loads(frames.content)["data"]["text/plain"]))
                heard(len(self.ids))
            elif message.content.get("execution_state") == "idle":
                self.done.add("idle")
            elif channel == "shell":
                self.done.add("reply")
        return True

    async def close(self) -> None:
        """Go for good, and wait until the server has heard it."""
        if self._socket is not None:
            self._socket.close(1001)
            with suppress(TimeoutError):
                async with asyncio.timeout(LIMIT_SECONDS):
                    while await self._socket.read_message() is not None:
                        pass

    async def _send(self, message: messages.Message) -> None:
        if self._socket is not None:
            await self._socket.write_message(websocket_v1.encode("shell", messages.encode(message)), binary=True)


async def measured(
    port: int, token: str, kernel_id: str, delay_seconds: float, *, says_last_seen: bool = False
) -> Result:
    """Run the code, cut, come back."""
    proxy = Proxy(port, delay_seconds)
    client = Client(await proxy.start(), token, kernel_id, says_last_seen=says_last_seen)
    cuts = [OUTPUTS * (number + 1) // (CUTS + 2) for number in range(CUTS)]
    try:
        with suppress(TimeoutError):  # one that has lost the end waits for it in vain
            async with asyncio.timeout(LIMIT_SECONDS):
                await client.connect()
                await client.execute(CODE)

                def heard(count: int) -> None:
                    if cuts and count >= cuts[0]:
                        del cuts[0]
                        proxy.cut()

                while not await client.hear(heard):
                    await client.connect()
    finally:
        await client.close()
        await proxy.close()
    firsts = list(dict.fromkeys(client.numbers))
    return Result(OUTPUTS - len(firsts), len(client.numbers) - len(firsts), firsts == sorted(firsts))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.reconnect")
    parser.add_argument("--other", action="store_true", help="jupyter_server as well")
    names = ["adrastea", *(["jupyter_server"] if parser.parse_args().other else [])]
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; {OUTPUTS} outputs, {CUTS} cuts")
    if len(names) > 1:
        environment.ensure()
    for name in names:
        asyncio.run(_server(servers.known()[name]))
    return 0


async def _server(server: servers.Server) -> None:
    program = null_kernel.build(ROOT / ".cache" / "bench")
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        async with running.running(server, Path(folder), program) as there:
            for delay in DELAYS:
                for says in (False, True) if server.name == "adrastea" else (False,):
                    kernel = (await rest.ask(there.where, "POST", "api/kernels", {"name": "python3"}))["id"]
                    begun = time.monotonic()
                    result = await measured(there.where.port, there.where.token, kernel, delay, says_last_seen=says)
                    await rest.ask(there.where, "DELETE", f"api/kernels/{kernel}")
                    name = f"{server.name}{', last_seen' if says else ''}"
                    order = "in order" if result.in_order else "not in order"
                    print(
                        f"{name:20} {1e3 * delay:3.0f} ms each way: {result.lost:3} lost, {result.twice:3} twice,"
                        f" {order}, {time.monotonic() - begun:.1f} s",
                        flush=True,
                    )


if __name__ == "__main__":
    sys.exit(main())
