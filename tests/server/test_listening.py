"""The sockets that the server listens on, and what is said when they cannot be had."""

from __future__ import annotations

import errno
import gc
import socket
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager

import pytest

from adrastea.errors import StartFailed
from adrastea.server.listening import listen


@contextmanager
def listening(ip: str, port: int) -> Generator[list[tuple[str, int]]]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(made)) for made in listen(ip, port)]
        yield [made.getsockname()[:2] for made in sockets]


def test_port_0_takes_one_that_is_free() -> None:
    with listening("127.0.0.1", 0) as first, listening("127.0.0.1", 0) as second:
        assert [address for address, _ in first] == ["127.0.0.1"]
        assert first != second


def test_a_name_with_two_addresses_gets_the_same_port_on_both() -> None:
    with listening("localhost", 0) as places:
        assert len({port for _, port in places}) == 1
        assert {address for address, _ in places} <= {"127.0.0.1", "::1"}


@pytest.mark.parametrize("ip", ["", "*", "0.0.0.0"])
def test_every_address_can_be_asked_for(ip: str) -> None:
    with listening(ip, 0) as places:
        assert "0.0.0.0" in {address for address, _ in places}


def test_an_ipv6_address_may_stand_in_brackets() -> None:
    with listening("[::1]", 0) as places:
        assert places[0][0] == "::1"


def test_a_port_in_use_is_named_with_what_to_do_and_nothing_is_left_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(StartFailed, match=rf"^Port {port} is in use\. Choose another with --port, or --port 0 for"):
            listen("127.0.0.1", port)
        gc.collect()  # a socket left open would warn here


@pytest.mark.parametrize("ip", ["192.0.2.1", "no such name", "999.1.1.1", "é" * 70])
def test_an_address_that_is_not_of_this_machine_is_named(ip: str) -> None:
    with pytest.raises(StartFailed, match=r"The address .* cannot be listened on\. Choose another with --ip"):
        listen(ip, 0)


def test_a_port_of_the_system_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: socket.socket, __: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(StartFailed, match="Port 80 is reserved for the system"):
        listen("127.0.0.1", 80)
