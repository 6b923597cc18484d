"""One request to a Jupyter server's REST interface: HTTP/1.0 on a connection of its own, so that many go at once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

LIMIT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers, and the secret that it wants to see."""

    port: int
    token: str


class Refused(Exception):
    """The server's answer is not one of success. `str(error)` has its status and its beginning."""


async def ask(where: Address, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 -- JSON
    """The answer, parsed; None where it is empty.

    Raises:
        OSError: nobody answers.
        Refused: the server has said no.
        TimeoutError: it has said nothing.
    """
    async with asyncio.timeout(LIMIT_SECONDS):
        reader, writer = await asyncio.open_connection("127.0.0.1", where.port)
        try:
            writer.write(request(where, method, path, body))
            answer = await reader.read()
        finally:
            writer.close()
    return parsed(answer)


def request(where: Address, method: str, path: str, body: object = None) -> bytes:
    """The bytes of a request; `body` None means that there is none."""
    content = b"" if body is None else json.dumps(body).encode()
    head = [
        f"{method} /{path} HTTP/1.0",
        f"Host: 127.0.0.1:{where.port}",
        f"Authorization: token {where.token}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + content


def parsed(answer: bytes) -> Any:  # noqa: ANN401 -- JSON
    """What an answer says.

    Raises:
        Refused: its status is not 2xx, or it has none.
    """
    head, _, content = answer.partition(b"\r\n\r\n")
    status = head.split(b" ", 2)[1:2]
    if not status or not status[0].startswith(b"2"):
        said = head.partition(b"\r")[0].decode(errors="replace")
        raise Refused(f"{said} {content[:200].decode(errors='replace')}")
    return json.loads(content) if content.strip() else None
