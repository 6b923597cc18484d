"""A client of a kernel counts what comes, in the dialect that the server agrees to. The server here speaks bytes."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

import pytest

from bench.comparison import frames
from bench.comparison.client import MESSAGES, Client, connected
from bench.comparison.rest import Address

UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
PONG = frames.masked(frames.PONG, b"there?")

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def client_of(talk: Talk, answer: bytes, scenario: Callable[[Client], Awaitable[None]]) -> None:
    """A client of a server that upgrades with this answer and then talks."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer + b"\r\n")
        await talk(reader, writer)
        writer.close()

    async with asyncio.timeout(20), await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        client = await connected(Address(server.sockets[0].getsockname()[1], "t"), "k")
        await scenario(client)
        client.close()


async def asked(reader: asyncio.StreamReader) -> Mapping[str, str]:
    """The header of the next request, which is in JSON."""
    start = await reader.readexactly(2)
    size = int.from_bytes(await reader.readexactly(2), "big") if start[1] & 0x7F == 126 else start[1] & 0x7F
    await reader.readexactly(4)
    header: Mapping[str, str] = json.loads(await reader.readexactly(size))["header"]
    return header


def said(msg_type: str, parent: Mapping[str, str], **content: str) -> bytes:
    """A message of a server in JSON, in two frames."""
    whole = {"header": {"msg_type": msg_type}, "parent_header": parent, "metadata": {}, "content": content}
    body = json.dumps(whole).encode()
    first, rest = body[:10], body[10:]
    return bytes([frames.TEXT, len(first)]) + first + b"\x80\x7e" + len(rest).to_bytes(2, "big") + rest


async def execution(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers one request as a kernel would, and says something of another client's."""
    header = await asked(reader)
    writer.write(said("status", header, execution_state="busy") + said("execute_input", header))
    writer.write(said("execute_result", {"msg_id": "of another client"}))
    writer.write(said("execute_result", header) + said("execute_reply", header, status="ok"))
    writer.write(said("status", header, execution_state="idle"))


def test_an_execute_is_five_messages_and_others_do_not_count() -> None:
    async def scenario(client: Client) -> None:
        idle = asyncio.Event()
        client.on_idle = idle.set
        client.execute()
        assert client.missing == MESSAGES
        await idle.wait()
        assert (client.sent, client.messages, client.missing) == (1, 5, 0)
        assert len(client.replies) == len(client.idles) == 1

    asyncio.run(client_of(execution, UPGRADE, scenario))


def test_a_ping_is_answered() -> None:
    answers: list[bytes] = []

    async def ping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"\x89\x06there?")
        answers.append(await reader.readexactly(len(PONG)))

    async def scenario(client: Client) -> None:
        with pytest.raises(ConnectionError):
            await client.info

    asyncio.run(client_of(ping, UPGRADE, scenario))
    assert answers == [PONG]


def test_a_server_that_closes_loses_the_kernel() -> None:
    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pass

    async def scenario(client: Client) -> None:
        client.execute()
        with pytest.raises(ConnectionError):
            await client.info
        assert client.lost
        assert client.missing == MESSAGES

    asyncio.run(client_of(nothing, UPGRADE, scenario))


def test_a_refused_upgrade_says_how() -> None:
    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pass

    async def scenario(client: Client) -> None:
        pass

    with pytest.raises(ConnectionError, match="403 Forbidden"):
        asyncio.run(client_of(nothing, b"HTTP/1.1 403 Forbidden\r\n", scenario))
