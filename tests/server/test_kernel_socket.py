"""The kernel socket: what is relayed in both framings, what is refused, and what the server says by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from uuid import uuid4

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.protocol import messages, websocket_json, websocket_v1
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.server.application import Application
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.running import TOKEN, Running, running

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 30.0
T = TypeVar("T")
Said = tuple[Channel, Message]


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[Running]:
    kernelspecs.install(tmp_path)
    with running(tmp_path, replace(Settings(), default_kernel="fake"), tmp_path / "kernels") as server:
        yield server


class Client:
    """One WebSocket client of a kernel, in either framing."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.v1 = socket.selected_subprotocol == websocket_v1.SUBPROTOCOL
        self.ended = False
        self.said: list[Said] = []
        self.origin = Origin(SessionId(uuid4().hex), "tester")

    async def execute(self, code: str, *, allow_stdin: bool = True) -> MsgId:
        msg_id = MsgId(uuid4().hex)
        request = messages.execute_request(code, self.origin, msg_id, datetime.now(UTC), allow_stdin=allow_stdin)
        await self.send("shell", messages.encode(request))
        return msg_id

    async def send(self, channel: Channel, frames: Frames) -> None:
        data = websocket_v1.encode(channel, frames) if self.v1 else websocket_json.encode(channel, frames)
        await self.socket.write_message(data, binary=isinstance(data, bytes))

    async def answer(self, value: str, question: Message) -> None:
        reply = messages.input_reply(value, question.header, self.origin, MsgId(uuid4().hex), datetime.now(UTC))
        await self.send("stdin", messages.encode(reply))

    async def hear(self, wanted: Callable[[Said], bool]) -> Said:
        """The first message that is wanted; those before it are in `said` too."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                data = await self.socket.read_message()
                assert data is not None, f"closed with {self.socket.close_code}"
                if self.v1:
                    assert isinstance(data, bytes)
                    channel, frames = websocket_v1.decode(data)
                else:
                    channel, frames = websocket_json.decode(data)
                self.said.append((channel, messages.decode(frames)))
                if wanted(self.said[-1]):
                    return self.said[-1]

    async def hear_reply(self, msg_id: MsgId) -> Message:
        return (await self.hear(lambda said: said[0] == "shell" and answers(said[1], msg_id)))[1]

    async def hear_idle(self, msg_id: MsgId) -> None:
        await self.hear(lambda said: is_status(said, "idle") and answers(said[1], msg_id))

    async def run(self, code: str) -> str:
        """Run code to its end, reply and idle in whichever order they come, and return what it printed."""
        msg_id = await self.execute(code)
        await self.hear(lambda _: self.has_heard_all(msg_id))
        return printed([said for said in self.said if answers(said[1], msg_id)])

    def has_heard_all(self, msg_id: MsgId) -> bool:
        about = [said for said in self.said if answers(said[1], msg_id)]
        return any(channel == "shell" for channel, _ in about) and any(is_status(said, "idle") for said in about)

    async def hear_the_end(self) -> int | None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not self.ended:
                self.ended = await self.socket.read_message() is None
        return self.socket.close_code


def answers(message: Message, msg_id: MsgId) -> bool:
    return message.parent is not None and message.parent.msg_id == msg_id


def is_status(said: Said, state: str) -> bool:
    channel, message = said
    return channel == "iopub" and message.header.msg_type == "status" and message.content["execution_state"] == state


def printed(said: list[Said]) -> str:
    return "".join(str(message.content["text"]) for _, message in said if message.header.msg_type == "stream")


@asynccontextmanager
async def connected(
    server: Running,
    kernel_id: str,
    *,
    v1: bool = True,
    query: str = "",
    session: str | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> AsyncGenerator[Client]:
    name = uuid4().hex if session is None else session
    url = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel_id}/channels?session_id={name}{query}"
    request = HTTPRequest(url, headers={"Authorization": f"token {TOKEN}", **headers})
    socket = await websocket_connect(request, subprotocols=[websocket_v1.SUBPROTOCOL] if v1 else None)
    client = Client(socket)
    try:
        yield client
    finally:
        socket.close()
        await client.hear_the_end()


def heads_and_bodies(data: bytes) -> list[bytes]:
    """The messages in what a server has sent, without masks."""
    found: list[bytes] = []
    while data:
        length, at = data[1], 2
        if length >= 126:
            at += 2 if length == 126 else 8
            length = int.from_bytes(data[2:at], "big")
        found.append(data[at : at + length])
        data = data[at + length :]
    return found


def upgrade_request(kernel_id: str, subprotocol: str) -> bytes:
    """A handshake by hand, for a client that does as it likes afterwards."""
    head = [
        f"GET /api/kernels/{kernel_id}/channels HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: token {TOKEN}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        f"Sec-WebSocket-Protocol: {subprotocol}",
        "Sec-WebSocket-Extensions: permessage-deflate",
        "",
        "",
    ]
    return "\r\n".join(head).encode()


def start(server: Running) -> str:
    return str(server.api("POST", "api/kernels").object()["id"])


async def api(server: Running, method: str, path: str) -> int:
    return (await asyncio.get_running_loop().run_in_executor(None, server.api, method, path)).status


def run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


@pytest.mark.parametrize("framing", ["v1", "json"])
def test_code_runs_and_its_output_comes_back(fake: Running, framing: str) -> None:
    kernel_id = start(fake)

    async def work() -> tuple[Client, Message, MsgId]:
        async with connected(fake, kernel_id, v1=framing == "v1") as client:
            msg_id = await client.execute("print hello\nresult 42")
            await client.hear(lambda _: client.has_heard_all(msg_id))
            reply = next(message for channel, message in client.said if channel == "shell")
            return client, reply, msg_id

    client, reply, msg_id = run(work())

    assert client.v1 == (framing == "v1")
    assert reply.content["status"] == "ok"
    assert "hello" in printed(client.said)
    assert all(answers(message, msg_id) for _, message in client.said)


def test_a_client_may_write_before_the_kernel_is_there(fake: Running) -> None:
    async def work() -> int:
        loop = asyncio.get_running_loop()
        kernel_id = await loop.run_in_executor(None, start, fake)
        async with connected(fake, kernel_id) as client:
            ids = [await client.execute("print x") for _ in range(20)]
            await client.hear_reply(ids[-1])
            return sum(channel == "shell" for channel, _ in client.said)

    assert run(work()) == 20


def test_outputs_go_to_every_client_and_replies_to_the_one_that_asked(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> tuple[list[Said], list[Said]]:
        async with connected(fake, kernel_id) as asker, connected(fake, kernel_id, v1=False) as watcher:
            msg_id = await asker.execute("print shared")
            await asyncio.gather(asker.hear(lambda _: asker.has_heard_all(msg_id)), watcher.hear_idle(msg_id))
            return asker.said, watcher.said

    asked, watched = run(work())

    assert "shared" in printed(watched)
    assert {channel for channel, _ in watched} == {"iopub"}
    assert "shell" in {channel for channel, _ in asked}


def test_a_question_of_the_code_is_answered_on_stdin(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id) as client:
            msg_id = await client.execute("input Name?")
            _, question = await client.hear(lambda said: said[0] == "stdin")
            await client.answer("Ada", question)
            await client.hear_idle(msg_id)
            return printed(client.said)

    assert "Ada" in run(work())


def test_buffers_pass_through_unchanged(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id, v1=False) as client:
            msg_id = MsgId(uuid4().hex)
            request = messages.execute_request("print with buffers", client.origin, msg_id, datetime.now(UTC))
            await client.send("shell", messages.encode(replace(request, buffers=(b"\0\xff", b""))))
            await client.hear(lambda _: client.has_heard_all(msg_id))
            return printed(client.said)

    assert "with buffers" in run(work())


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (b"", 1007),
        (b"\0" * 8, 1007),
        (b"\xff" * 64, 1007),
        (b"\x06" + b"\0" * 7 + b"\xff" * 48, 1007),
        ("text", 1002),
    ],
)
def test_a_malformed_frame_closes_that_client_and_nothing_else(fake: Running, frame: str | bytes, code: int) -> None:
    kernel_id = start(fake)

    async def work() -> tuple[int | None, str]:
        async with connected(fake, kernel_id) as broken, connected(fake, kernel_id) as other:
            await broken.socket.write_message(frame, binary=isinstance(frame, bytes))
            closed_with = await broken.hear_the_end()
            return closed_with, await other.run("print still here")

    closed_with, text = run(work())

    assert closed_with == code
    assert "still here" in text
    assert fake.api("GET", "api").status == 200


@pytest.mark.parametrize(
    "frame",
    [
        "{",
        "[]",
        "null",
        '{"channel": "shell"}',
        '{"channel": "zebra", "header": {"msg_id": "1", "msg_type": "x"}}',
        '{"header": {"msg_id": 1, "msg_type": "x"}}',
        '{"header": {"msg_id": "1", "msg_type": "x"}, "content": []}',
        '{"a":' * 5000,
        b"\0\0\0\2\0\0",
        b"\xff" * 12,
    ],
)
def test_malformed_json_closes_that_client_and_nothing_else(fake: Running, frame: str | bytes) -> None:
    kernel_id = start(fake)

    async def work() -> int | None:
        async with connected(fake, kernel_id, v1=False) as client:
            await client.socket.write_message(frame, binary=isinstance(frame, bytes))
            return await client.hear_the_end()

    assert run(work()) == 1007
    assert fake.api("GET", f"api/kernels/{kernel_id}").status == 200


def test_what_is_no_message_inside_a_frame_closes_the_client(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> int | None:
        async with connected(fake, kernel_id) as client:
            await client.send("shell", Frames(b"not json", b"{}", b"{}", b"{}"))
            return await client.hear_the_end()

    assert run(work()) == 1007


def test_a_message_on_iopub_is_passed_over(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id) as client:
            status = messages.status("dead", None, client.origin, MsgId("x"), datetime.now(UTC))
            await client.send("iopub", messages.encode(status))
            return await client.run("print alive")

    assert "alive" in run(work())


def test_every_client_is_told_that_a_kernel_has_died(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id) as one, connected(fake, kernel_id, v1=False) as two:
            await one.execute("kill 9")
            told = await asyncio.gather(*(client.hear(lambda said: is_status(said, "dead")) for client in (one, two)))
            assert all("signal 9 (SIGKILL)" in str(message.content["reason"]) for _, message in told)
        async with connected(fake, kernel_id) as late:
            await late.hear(lambda said: is_status(said, "dead"))
            await late.execute("print nobody hears this")
            await late.hear(lambda said: is_status(said, "dead"))
            return printed(late.said)

    assert run(work()) == ""
    dead = fake.api("GET", f"api/kernels/{kernel_id}").object()
    assert dead["execution_state"] == "dead"
    assert "signal 9 (SIGKILL)" in str(dead["reason"])


def test_who_comes_while_the_kernel_works_is_told_so_at_once_in_the_kernels_name(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> tuple[Message, Message]:
        async with connected(fake, kernel_id) as first:
            await first.execute("wait")
            _, busy = await first.hear(lambda said: said[1].header.msg_type == "execute_input")
            async with connected(fake, kernel_id, session="late") as late:
                _, told = await late.hear(lambda _: True)
        return busy, told

    busy, told = run(work())

    assert told.content == {"execution_state": "busy"}
    assert told.header.session == busy.header.session


def test_an_answer_of_a_client_that_was_not_asked_does_not_reach_the_kernel(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id) as asked, connected(fake, kernel_id, session="other") as other:
            msg_id = await asked.execute("input Name?")
            _, question = await asked.hear(lambda said: said[0] == "stdin")
            await other.answer("Eve", question)
            await other.socket.write_message(b"", binary=True)  # for which it is closed, when its answer has been read
            await other.hear_the_end()
            await asked.answer("Ada", question)
            await asked.hear_idle(msg_id)
            return printed(asked.said)

    assert "Ada" in run(work())


def test_a_restart_is_not_told_as_a_crash_would_be_and_the_same_socket_goes_on(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> Client:
        async with connected(fake, kernel_id) as client:
            await client.run("print before")
            status = await api(fake, "POST", f"api/kernels/{kernel_id}/restart")
            assert status == 200
            assert "after" in await client.run("print after")
            return client

    assert not any(is_status(said, "restarting") for said in run(work()).said)


def test_the_sockets_of_a_kernel_are_its_connections(fake: Running) -> None:
    kernel_id = start(fake)

    async def count() -> object:
        loop = asyncio.get_running_loop()
        return (await loop.run_in_executor(None, fake.api, "GET", f"api/kernels/{kernel_id}")).object()["connections"]

    async def work() -> list[object]:
        async with connected(fake, kernel_id), connected(fake, kernel_id):
            during = await count()
        return [during, await count()]

    assert run(work()) == [2, 0]


def test_no_compression_is_agreed_on(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", fake.port)
        writer.write(upgrade_request(kernel_id, websocket_v1.SUBPROTOCOL))
        async with asyncio.timeout(LIMIT_SECONDS):
            answer = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        return answer.decode()

    answer = run(work())

    assert answer.startswith("HTTP/1.1 101 ")
    assert "Extensions" not in answer


def test_a_client_that_does_not_read_is_closed_and_holds_up_nobody(fake: Running) -> None:
    kernel_id = start(fake)
    handshake = upgrade_request(kernel_id, websocket_v1.SUBPROTOCOL)

    async def work() -> tuple[int, int]:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", fake.port, limit=1000
        )  # takes little, reads nothing
        writer.write(handshake)
        heard = 0
        async with connected(fake, kernel_id) as client:
            for _ in range(80):
                heard += len(await client.run("print " + "x" * 1_000_000))
                client.said.clear()
        received = 0
        async with asyncio.timeout(LIMIT_SECONDS):
            while piece := await reader.read(1_000_000):  # until the server has closed it
                received += len(piece)
        writer.close()
        await writer.wait_closed()
        return heard, received

    heard, received = run(work())

    assert heard == 80 * 1_000_001
    assert received < heard


def test_a_client_that_wants_no_iopub_gets_replies_only(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> list[tuple[str, str]]:
        async with (
            connected(fake, kernel_id, query="&iopub=no") as page,
            connected(fake, kernel_id) as other,
        ):
            await other.run("print for others")
            first = await page.execute("print for nobody here")
            await page.hear_reply(first)
            await page.hear_reply(await page.execute("result 1"))
            return [(channel, message.header.msg_type) for channel, message in page.said]

    assert run(work()) == [("shell", "execute_reply")] * 2


def test_a_client_that_reads_too_late_is_told_how_much_it_missed_and_gets_the_end(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> list[Said]:
        reader, writer = await asyncio.open_connection("127.0.0.1", fake.port, limit=1000)
        writer.write(upgrade_request(kernel_id, websocket_v1.SUBPROTOCOL))
        async with connected(fake, kernel_id, query="&iopub=no") as client:
            msg_id = await client.execute("flood 40000")
            await client.hear_reply(msg_id)
        await reader.readuntil(b"\r\n\r\n")
        data = bytearray()
        async with asyncio.timeout(LIMIT_SECONDS):
            while not (msg_id.encode() in data[-3000:] and b'"idle"' in data[-3000:]):
                data += await reader.readexactly(1)
                data += await reader.read(1 << 20)
        writer.close()
        await writer.wait_closed()
        frames = [websocket_v1.decode(body) for body in heads_and_bodies(bytes(data))]
        return [(channel, messages.decode(one)) for channel, one in frames]

    late = run(work())
    texts = [str(message.content["text"]) for _, message in late if message.header.msg_type == "stream"]

    assert len(texts) < 40_000
    assert any("left out" in text for text in texts)
    assert texts[-1] == "39999\n"
    assert is_status(late[-1], "idle")


async def timers(server: Running) -> list[str]:
    """What the server's loop wakes up for by itself."""

    async def scheduled(_: Application) -> list[str]:
        handles = vars(asyncio.get_running_loop())["_scheduled"]
        return [repr(handle) for handle in handles if not handle.cancelled()]

    return await asyncio.get_running_loop().run_in_executor(None, server.thread.call, scheduled)


def test_a_kernel_and_a_client_that_are_silent_leave_the_server_nothing_to_do(fake: Running) -> None:
    """No timer is set: the loop waits for its sockets without a limit, and nothing wakes the processor."""
    kernel_id = start(fake)

    async def work() -> list[str]:
        async with connected(fake, kernel_id) as client:
            await client.run("print hello")
            return await timers(fake)

    assert run(work()) == []


def test_a_client_behind_a_proxy_is_pinged_now_and_then(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> list[str]:
        async with connected(fake, kernel_id, headers={"X-Forwarded-For": "192.0.2.1"}) as client:
            await client.run("print hello")
            return await timers(fake)

    assert len(run(work())) == 1


def cut(client: Client) -> None:
    """End the connection without a word, as a network does."""
    protocol = client.socket.protocol
    assert protocol is not None
    assert protocol.stream is not None
    protocol.stream.close()


@pytest.mark.parametrize("framing", ["v1", "json"])
def test_who_comes_back_with_its_name_gets_what_it_has_missed_once_and_in_order(fake: Running, framing: str) -> None:
    kernel_id = start(fake)

    async def work() -> tuple[str, Message]:
        async with connected(fake, kernel_id) as other:
            async with connected(fake, kernel_id, session="known") as client:
                asked = await client.execute("input Name?")
                _, question = await client.hear(lambda said: said[0] == "stdin")
                cut(client)
            async with connected(fake, kernel_id, session="known", v1=framing == "v1") as again:
                await again.answer("Ada", question)
                await again.hear(lambda _: again.has_heard_all(asked))
                reply = next(message for channel, message in again.said if channel == "shell")
                cut(again)
            for number in range(3):
                await other.run(f"print {number}")
            async with connected(fake, kernel_id, session="known") as at_last:
                await other.run("print 3")
                await at_last.hear(lambda said: "3" in printed([said]))
                return printed(again.said) + printed(at_last.said), reply

    text, reply = run(work())

    assert text.replace("AdaAda", "Ada") == "Ada0\n1\n2\n3\n"  # twice, where its pong was under way at the cut
    assert reply.content["status"] == "ok"


def test_the_same_name_again_ends_the_connection_that_it_had(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> int | None:
        async with (
            connected(fake, kernel_id, session="known") as before,
            connected(fake, kernel_id, session="known") as after,
        ):
            code = await before.hear_the_end()
            await after.run("print here")
            return code

    assert run(work()) == 1000


def test_a_page_that_is_closed_is_not_waited_for(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id, session="known") as page:
            page.socket.close(1001)
            await page.hear_the_end()
        async with connected(fake, kernel_id) as other:
            await other.run("print nobody is there")
        async with connected(fake, kernel_id, session="known") as again:
            return await again.run("print new")

    assert run(work()) == "new\n"


def test_who_is_away_when_its_kernel_is_shut_down_is_forgotten(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> None:
        async with connected(fake, kernel_id, session="known") as client:
            await client.run("print hello")
            cut(client)
        async with connected(fake, kernel_id) as other:
            await other.run("print later")

    run(work())
    before = fake.thread.call(lambda application: application.services.returns.away)
    fake.api("DELETE", f"api/kernels/{kernel_id}")

    assert before > fake.thread.call(lambda application: application.services.returns.away) == 0


def test_a_long_line_comes_whole(fake: Running) -> None:
    kernel_id = start(fake)

    async def work() -> str:
        async with connected(fake, kernel_id) as client:
            return await client.run("print " + "x" * 900_000)  # a longer one is cut for who is slow to read it

    assert "x" * 900_000 in run(work())
