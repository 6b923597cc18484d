"""Thousands of connections to the real program, no descriptor left, clients that do not read: the owner is served.

The figures that are tested here are wide; the narrow ones are measured by `bench/hostile.py`.
"""

from __future__ import annotations

import resource
import socket
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.system import websocket_frames as ws
from tests.system.hostile import KNOWN, SECONDS, Target, rest, status, target
from tests.system.program import COMMAND
from tests.system.websocket_frames import BINARY, PING, TEXT, frame

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and changes the limits of a running program"),
]

FLOOD = 10_000
MEBIBYTE = 1 << 20


@pytest.fixture(name="attacked")
def server(tmp_path: Path) -> Iterator[Target]:
    with target(tmp_path) as made:
        yield made


@contextmanager
def many_files() -> Generator[int]:
    """As many open files as this process may have; how many connections that allows."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    try:
        yield min(FLOOD, before[1] - 200)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def resident(attacked: Target) -> int:
    """The resident set of the program, in bytes."""
    lines = Path(f"/proc/{attacked.program.popen.pid}/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def descriptors(attacked: Target) -> int:
    """How many files the program has open."""
    return sum(1 for _ in Path(f"/proc/{attacked.program.popen.pid}/fd").iterdir())


def takes(connection: socket.socket) -> bool:
    """Whether the program answers on a connection, instead of closing it."""
    try:
        return answers(connection)
    except ConnectionError:
        return False


def answers(connection: socket.socket) -> bool:
    """Whether a kept connection with the token is answered."""
    connection.sendall(f"GET /api HTTP/1.1\r\n{KNOWN}\r\n".encode())
    return status(connection.recv(4096)) == 200


def test_ten_thousand_connections_close_each_other_and_nobody_else(attacked: Target) -> None:
    path, header = f"/api/kernels/{attacked.kernel}/channels", ws.V1
    with many_files() as count, ExitStack() as stack, ws.upgraded(attacked, path, header) as mine:
        kept = stack.enter_context(attacked.connect())
        assert answers(kept)
        before = resident(attacked)

        flood = [stack.enter_context(attacked.connect()) for _ in range(count)]

        assert ws.outcome(mine).answers
        assert answers(kept)
        assert attacked.ask("GET", "/api/status").status == 200
        assert rest(flood[0]) == b""
        assert descriptors(attacked) < 600
        assert resident(attacked) - before < 16 * MEBIBYTE
    attacked.assert_unharmed()


def test_half_sent_requests_by_the_thousand_cost_bounded_memory(attacked: Target) -> None:
    half = f"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 16384\r\n\r\n{'x' * 16_000}".encode()
    with ExitStack() as stack:
        before = resident(attacked)
        for _ in range(1000):
            connection = stack.enter_context(attacked.connect())
            connection.sendall(half)

        assert attacked.ask("GET", "/api/status").status == 200
        assert resident(attacked) - before < 30 * MEBIBYTE
    attacked.assert_unharmed()


def test_without_a_descriptor_connections_are_turned_away_and_the_program_goes_on(attacked: Target) -> None:
    pid = attacked.program.popen.pid
    with attacked.connect() as mine:
        assert answers(mine)
        usual = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (descriptors(attacked), usual[1]))

        with ExitStack() as stack:  # what is closed meanwhile is free once
            taken = [takes(stack.enter_context(attacked.connect())) for _ in range(40)]

        assert taken.count(False) > 20
        assert answers(mine)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, usual)
        assert attacked.ask("GET", "/api/status").status == 200
    assert attacked.program.errors().count("new connections are turned away") == 1
    assert "Traceback" not in attacked.log()


def test_a_program_that_may_open_few_files_keeps_some_for_itself(attacked: Target) -> None:
    """256 is what macOS allows at first."""
    command = ["sh", "-c", 'ulimit -n 256; exec "$@"', "sh", *COMMAND]
    with target(attacked.root.parent / "few", command=command) as few, ExitStack() as stack:
        for _ in range(1000):
            stack.enter_context(few.connect())

        assert few.ask("POST", "/api/kernels", {"name": "fake"}).status == 201
        assert descriptors(few) < 128
        few.assert_unharmed()


def test_websockets_beyond_the_limit_are_refused_and_the_others_go_on(tmp_path: Path) -> None:
    command = ["sh", "-c", 'ulimit -n 128; exec "$@"', "sh", *COMMAND]
    with target(tmp_path, command=command) as few, ExitStack() as stack:
        path = f"/api/kernels/{few.kernel}/channels"
        open_ones = [stack.enter_context(ws.upgraded(few, path, ws.V1)) for _ in range(32)]
        upgrade = (
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n"
        )
        one_too_many = stack.enter_context(few.connect())
        one_too_many.sendall(f"GET {path} HTTP/1.1\r\n{KNOWN}{upgrade}\r\n".encode())

        assert status(one_too_many.recv(4096)) == 429
        assert all(ws.outcome(one).answers for one in (open_ones[0], open_ones[-1]))
        open_ones[0].close()
        few.assert_unharmed()


def test_a_download_that_nobody_reads_costs_bounded_memory_and_delays_nobody(attacked: Target) -> None:
    (attacked.root / "big.bin").write_bytes(bytes(200 * MEBIBYTE))
    before = resident(attacked)
    with ExitStack() as stack:
        for _ in range(10):
            connection = stack.enter_context(attacked.connect())
            connection.sendall(f"GET /files/big.bin HTTP/1.1\r\n{KNOWN}\r\n".encode())
            assert status(connection.recv(100)) == 200

        assert attacked.ask("GET", "/api/status").status == 200
        assert resident(attacked) - before < 32 * MEBIBYTE
    attacked.assert_unharmed()


def test_a_view_that_reads_nothing_does_not_hold_up_the_others(attacked: Target) -> None:
    path = "/api/documents/socket?path=n.ipynb"
    edit = '{{"type":"edit","seq":{0},"edits":[{{"op":"set_source","cell":"a1","source":"{1}"}}]}}'
    with ws.upgraded(attacked, path), ws.upgraded(attacked, path) as mine:
        ws.message_with(mine, b'"type":"snapshot"')
        before = resident(attacked)
        for number in range(1, 51):
            mine.sendall(frame(TEXT, edit.format(number, "x" * 500_000).encode()))
            ws.message_with(mine, f'"ack":{number}'.encode())

        assert resident(attacked) - before < 150 * MEBIBYTE
    attacked.assert_unharmed()


def test_a_client_that_sends_without_reading_is_bounded(attacked: Target) -> None:
    path = f"/api/kernels/{attacked.kernel}/channels"
    before = resident(attacked)
    with ws.upgraded(attacked, path, ws.V1) as deaf:
        deaf.settimeout(0.5)
        pings = frame(PING, b"x" * 125) * 500
        with suppress(TimeoutError, ConnectionError):
            for _ in range(100):
                deaf.sendall(pings)

        assert attacked.ask("GET", "/api/status").status == 200
        assert resident(attacked) - before < 16 * MEBIBYTE
    attacked.assert_unharmed()


def test_a_message_of_127_megabytes_is_taken_and_one_that_never_comes_is_not_paid_for(attacked: Target) -> None:
    path = f"/api/kernels/{attacked.kernel}/channels"
    before = resident(attacked)
    with ExitStack() as stack:
        for _ in range(50):
            waiting = stack.enter_context(ws.upgraded(attacked, path, ws.V1))
            waiting.sendall(frame(BINARY, b"x" * 1000, length=127 * MEBIBYTE))
        assert attacked.ask("GET", "/api/status").status == 200
        assert resident(attacked) - before < 16 * MEBIBYTE

        whole = stack.enter_context(ws.upgraded(attacked, path, ws.V1))
        assert ws.outcome(whole, frame(BINARY, bytes(127 * MEBIBYTE))).code == 1007
    attacked.assert_unharmed()


def test_it_ends_in_order_with_all_of_that_open(attacked: Target) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(attacked.connect()).sendall(b"GET /api HTTP/1.1\r\nHost: ")
        for _ in range(50):
            stack.enter_context(ws.upgraded(attacked, f"/api/kernels/{attacked.kernel}/channels", ws.V1))

        begun = time.monotonic()
        attacked.program.end()

        assert attacked.program.popen.returncode == 0
        assert time.monotonic() - begun < SECONDS
    assert "Traceback" not in attacked.log()
