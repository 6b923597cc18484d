"""What waits for a client: in order, and bounded."""

from __future__ import annotations

import asyncio

from tornado.websocket import WebSocketClosedError

from adrastea.server.client_queue import ClientQueue


class Client:
    """Reads when it is told to."""

    def __init__(self) -> None:
        self.reads = asyncio.Event()
        self.closed = False
        self.got: list[str | bytes] = []
        self.overflows = 0

    async def write(self, message: str | bytes) -> None:
        await self.reads.wait()
        if self.closed:
            raise WebSocketClosedError
        self.got.append(message)

    def overflow(self) -> None:
        self.overflows += 1


async def settled() -> None:
    """Wait until nothing is on its way any more."""
    under_way = asyncio.all_tasks() - {asyncio.current_task()}
    if under_way:
        await asyncio.wait(under_way, timeout=10)


def test_messages_arrive_in_order() -> None:
    async def run() -> list[str | bytes]:
        client = Client()
        queue = ClientQueue(client.write, client.overflow)
        queue.put("a")
        queue.put(b"b")
        client.reads.set()
        queue.put("c")
        await settled()
        return client.got

    assert asyncio.run(run()) == ["a", b"b", "c"]


def test_a_client_that_does_not_read_costs_no_more_than_the_limit_and_is_given_up_once() -> None:
    async def run() -> tuple[int, int]:
        client = Client()
        queue = ClientQueue(client.write, client.overflow, limit_bytes=100)
        highest = 0
        for _ in range(50):
            queue.put(b"0123456789")
            highest = max(highest, queue.waiting_bytes)
        client.reads.set()
        return highest, client.overflows

    assert asyncio.run(run()) == (100, 1)


def test_one_message_larger_than_the_limit_still_goes_through() -> None:
    async def run() -> tuple[list[str | bytes], int]:
        client = Client()
        client.reads.set()
        queue = ClientQueue(client.write, client.overflow, limit_bytes=3)
        queue.put(b"0123456789")
        await settled()
        return client.got, client.overflows

    assert asyncio.run(run()) == ([b"0123456789"], 0)


def test_after_a_pause_the_queue_goes_on() -> None:
    async def run() -> list[str | bytes]:
        client = Client()
        client.reads.set()
        queue = ClientQueue(client.write, client.overflow)
        queue.put("a")
        await settled()
        queue.put("b")
        await settled()
        return client.got

    assert asyncio.run(run()) == ["a", "b"]


def test_a_client_that_has_gone_gets_nothing_more_and_nobody_complains() -> None:
    async def run() -> tuple[list[str | bytes], int, int]:
        client = Client()
        queue = ClientQueue(client.write, client.overflow)
        queue.put("a")
        queue.put("b")
        client.closed = True
        client.reads.set()
        await settled()
        queue.put("c")
        return client.got, queue.waiting_bytes, client.overflows

    assert asyncio.run(run()) == ([], 0, 0)


def test_a_closed_queue_is_empty() -> None:
    async def run() -> int:
        client = Client()
        queue = ClientQueue(client.write, client.overflow)
        queue.put("a")
        queue.close()
        queue.put("b")
        client.reads.set()
        return queue.waiting_bytes

    assert asyncio.run(run()) == 0
