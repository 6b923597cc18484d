"""A client of a kernel that remembers what it is told, and waits for what it should be told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from adrastea.kernels.kernel import Kernel
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames

LIMIT_SECONDS = 30.0
"""For what happens within a fraction of a second on an idle machine."""


class Client:
    """A `KernelClient`."""

    def __init__(self) -> None:
        self.messages: list[tuple[Channel, Message]] = []
        self.states: list[State] = []
        self.origin = Origin(SessionId(uuid4().hex), "tester")
        self._told = asyncio.Event()

    def on_message(self, channel: Channel, frames: Frames) -> None:
        self.messages.append((channel, messages.decode(frames)))
        self._told.set()

    def on_state(self, state: State) -> None:
        self.states.append(state)
        self._told.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what has been told fulfils the condition."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()

    def run(self, kernel: Kernel, code: str) -> MsgId:
        """Ask the kernel to run code."""
        request = messages.execute_request(code, self.origin, MsgId(uuid4().hex), datetime.now(UTC))
        kernel.send(self, "shell", messages.encode(request))
        return request.header.msg_id

    async def result(self, kernel: Kernel, code: str) -> list[Message]:
        """Ask the kernel to run code; everything that comes of it."""
        msg_id = self.run(kernel, code)
        await self.done(msg_id)
        return self.caused_by(msg_id)

    async def done(self, msg_id: MsgId, reply: str = "execute_reply") -> None:
        """Wait until the reply and the idle have come."""
        await self.until(lambda: {reply, "idle"} <= {_kind(message) for message in self.caused_by(msg_id)})

    async def busy(self, msg_id: MsgId) -> None:
        """Wait until the kernel has begun."""
        await self.until(lambda: any(_kind(message) == "execute_input" for message in self.caused_by(msg_id)))

    def caused_by(self, msg_id: MsgId) -> list[Message]:
        """What has come because of a request, in order."""
        return [message for _, message in self.messages if message.parent and message.parent.msg_id == msg_id]

    def kinds(self, channel: Channel) -> list[str]:
        """The types of the messages of a channel, in order; for a status, what it says."""
        return [_kind(message) for where, message in self.messages if where == channel]

    def text(self, msg_id: MsgId, name: str = "stdout") -> str:
        """What a request has printed."""
        return printed(self.caused_by(msg_id), name)


def printed(told: list[Message], name: str = "stdout") -> str:
    """The text of one of the streams in these messages."""
    streams = (message.content for message in told if message.header.msg_type == "stream")
    return "".join(str(content["text"]) for content in streams if content["name"] == name)


def _kind(message: Message) -> str:
    if message.header.msg_type == "status":
        return str(message.content["execution_state"])
    return message.header.msg_type
