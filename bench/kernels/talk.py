"""A client of one kernel of a Jupyter server, as any client is one: REST, and a WebSocket with the v1 subprotocol.

It remembers all that it is told and waits for what it should be told; each wait has a limit. Server and kernel may
be anybody's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.protocol import messages, websocket_v1
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel
from bench.comparison import rest

LIMIT_SECONDS = 30.0
"""For what takes a second or two on an idle machine."""
_LARGEST_MESSAGE = 64 << 20


class Wrong(Exception):
    """The kernel has not done what it was asked for. `str(error)` says what it did."""


class Talk:
    """A conversation with one kernel; `talking` makes it."""

    def __init__(self, where: rest.Address, kernel_id: str, connection: WebSocketClientConnection) -> None:
        self.where = where
        self.kernel_id = kernel_id
        self.heard: list[tuple[Channel, Message]] = []
        self.printed = 0
        """How many characters have been printed, white space apart."""
        self._connection = connection
        self._origin = Origin(SessionId(uuid4().hex), "asking")
        self._news = asyncio.Event()

    async def listen(self) -> None:
        """Take down what is told until the server closes."""
        while isinstance(data := await self._connection.read_message(), bytes):
            channel, frames = websocket_v1.decode(data)
            message = messages.decode(frames)
            self.heard.append((channel, message))
            if message.header.msg_type == "stream":
                self.printed += sum(map(len, str(message.content["text"]).split()))
            self._news.set()

    async def until(self, what: str, condition: Callable[[], bool], limit_seconds: float = LIMIT_SECONDS) -> None:
        """Wait until what has been told fulfils the condition.

        Raises:
            Wrong: it has not within the limit; `what` is what was waited for.
        """
        try:
            async with asyncio.timeout(limit_seconds):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise Wrong(f"{what} has not come in {limit_seconds:.0f} s") from None

    async def run(self, code: str, *, allow_stdin: bool = True) -> MsgId:
        """Ask for an execution."""
        return await self._send(
            "shell", messages.execute_request(code, self._origin, _new_id(), _now(), allow_stdin=allow_stdin)
        )

    async def done(self, msg_id: MsgId) -> Message:
        """Wait for the idle that ends an execution, and for its reply, which is returned."""
        await self.until("the idle", lambda: "idle" in self.states(msg_id))
        return await self.reply(msg_id)

    async def ran(self, code: str) -> tuple[MsgId, Message]:
        """Ask for an execution, and wait for its end."""
        msg_id = await self.run(code)
        return msg_id, await self.done(msg_id)

    async def info(self, channel: Channel = "shell") -> Message:
        """Ask what the kernel is; its answer, which has come on the same channel."""
        reply = await self.reply(await self.ask_info(channel))
        if (channel, reply) not in self.heard:
            raise Wrong(f"the reply to a request on {channel} has come on another channel")
        return reply

    async def ask_info(self, channel: Channel) -> MsgId:
        """Ask what the kernel is, and wait for nothing."""
        return await self._send(channel, messages.kernel_info_request(self._origin, _new_id(), _now()))

    async def complete(self, code: str) -> Message:
        """Ask what could stand at the end of the code."""
        request = messages.complete_request(code, len(code), self._origin, _new_id(), _now())
        return await self.reply(await self._send("shell", request))

    async def inspect(self, code: str) -> Message:
        """Ask for the documentation of what stands at the end of the code."""
        request = messages.inspect_request(code, len(code), self._origin, _new_id(), _now())
        return await self.reply(await self._send("shell", request))

    async def answer(self, question: Message, value: str) -> None:
        """Type this for an `input_request`."""
        request = messages.input_reply(value, question.header, self._origin, _new_id(), _now())
        await self._send("stdin", request)

    async def ask(self, method: str, path: str = "") -> object:
        """A request of REST on the kernel; `path` is what follows its id."""
        answer: object = await rest.ask(self.where, method, f"api/kernels/{self.kernel_id}{path}")
        return answer

    async def ask_all(self) -> set[str]:
        """The ids of the kernels that the server knows."""
        return {str(kernel["id"]) for kernel in await rest.ask(self.where, "GET", "api/kernels")}

    async def reply(self, msg_id: MsgId) -> Message:
        """Wait for the reply to a request."""
        await self.until("the reply", lambda: self.replied(msg_id))
        return self._replies(msg_id)[0]

    def replied(self, msg_id: MsgId) -> bool:
        """Whether the reply to a request has come."""
        return self._replies(msg_id) != []

    def told(self, msg_type: str, msg_id: MsgId | None = None) -> list[Message]:
        """The messages of this type; those that this request has caused, where one is named."""
        return [
            message
            for _, message in self.heard
            if message.header.msg_type == msg_type
            and (msg_id is None or (message.parent is not None and message.parent.msg_id == msg_id))
        ]

    def states(self, msg_id: MsgId) -> list[str]:
        """What `status` has said because of a request."""
        return [str(message.content["execution_state"]) for message in self.told("status", msg_id)]

    def text(self, since: int = 0, name: str | None = None) -> str:
        """What has been printed since so many messages, on this stream or any; outputs may come after their idle."""
        return "".join(
            str(message.content["text"])
            for _, message in self.heard[since:]
            if message.header.msg_type == "stream" and name in (None, message.content["name"])
        )

    def shown(self, since: int = 0) -> dict[str, object]:
        """The representations of all that has been shown since so many messages."""
        found: dict[str, object] = {}
        for _, message in self.heard[since:]:
            data = message.content.get("data")
            if message.header.msg_type in {"display_data", "execute_result", "update_display_data"} and isinstance(
                data, dict
            ):
                found |= data
        return found

    def _replies(self, msg_id: MsgId) -> list[Message]:
        return [
            message
            for channel, message in self.heard
            if channel in {"shell", "control"} and message.parent is not None and message.parent.msg_id == msg_id
        ]

    async def _send(self, channel: Channel, message: Message) -> MsgId:
        data = websocket_v1.encode(channel, messages.encode(message))
        await self._connection.write_message(data, binary=True)
        return message.header.msg_id


@asynccontextmanager
async def talking(where: rest.Address, kernel_id: str) -> AsyncGenerator[Talk]:
    """A conversation with a kernel that the server has started; ends with the block, the kernel does not."""
    url = f"ws://127.0.0.1:{where.port}/api/kernels/{kernel_id}/channels?session_id={uuid4().hex}"
    request = HTTPRequest(url, headers={"Authorization": f"token {where.token}"}, request_timeout=LIMIT_SECONDS)
    connection = await websocket_connect(
        request, subprotocols=[websocket_v1.SUBPROTOCOL], max_message_size=_LARGEST_MESSAGE
    )
    talk = Talk(where, kernel_id, connection)
    listening = asyncio.ensure_future(talk.listen())
    try:
        yield talk
    finally:
        connection.close()
        await asyncio.wait([listening], timeout=LIMIT_SECONDS)  # the server closes as well
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def _new_id() -> MsgId:
    return MsgId(uuid4().hex)


def _now() -> datetime:
    return datetime.now(UTC)
