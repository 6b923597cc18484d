"""The server in the foreground: what it prints, and how signals end it."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adrastea.errors import StartFailed
from adrastea.server.foreground import run_in_foreground

LIMIT_SECONDS = 30
ROOT = Path(__file__).parents[2]


class Served:
    """A server that does, once it has started, what the test wants."""

    root = "/data"
    url = "http://127.0.0.1:1/?token=T"
    browser_url = "http://127.0.0.1:1/?token=once"
    note = ""

    def __init__(self, then: Callable[[], None]) -> None:
        self.then = then
        self.stopped = 0
        self.end: Callable[[], None] = lambda: None

    def on_end(self, deed: Callable[[], None]) -> None:
        self.end = deed

    def one_time_url(self) -> str:
        return "http://127.0.0.1:1/?token=once"

    def kill(self) -> None:
        self.stopped += 100

    async def start(self) -> None:
        asyncio.get_running_loop().call_soon(self.then)

    async def stop(self) -> None:
        self.stopped += 1


@pytest.fixture(autouse=True)
def _handlers_of_pytest() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def kill(number: signal.Signals) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_with_success(number: signal.Signals, capsys: pytest.CaptureFixture[str]) -> None:
    server = Served(kill(number))

    code = run_in_foreground(lambda: server)

    assert (code, server.stopped) == (0, 1)
    assert capsys.readouterr().out == "Adrastea serves /data at http://127.0.0.1:1/?token=T\n"


def test_a_client_can_end_it_in_order() -> None:
    server = Served(lambda: None)
    server.then = lambda: server.end()  # noqa: PLW0108 -- what it is to do at its end is told later

    assert (run_in_foreground(lambda: server), server.stopped) == (0, 1)


def test_a_terminal_that_ends_is_no_signal_for_who_asked_not_to_hear_it() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    heard: list[str] = []

    def goodbye() -> None:
        heard.append("still there")
        os.kill(os.getpid(), signal.SIGTERM)

    def both() -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        asyncio.get_running_loop().call_later(0.05, goodbye)

    run_in_foreground(lambda: Served(both))

    assert heard == ["still there"]


def test_a_start_that_fails_is_put_away_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    class Refused(Served):
        async def start(self) -> None:
            raise StartFailed("Port 1 is in use.")

    server = Refused(lambda: None)

    with pytest.raises(StartFailed, match="in use"):
        run_in_foreground(lambda: server)

    assert server.stopped == 1
    assert capsys.readouterr().out == ""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_it_at_once_even_when_the_end_hangs(number: signal.Signals) -> None:
    program = """
import select, sys
from adrastea.server.foreground import run_in_foreground
class Hanging:
    root, url, note = "/", "http://x/", ""
    async def start(self): pass
    async def stop(self):
        print("ending", flush=True)
        select.select([], [], [], 600)  # blocks the loop
    def kill(self): print("killing", flush=True)
    def on_end(self, deed): pass
run_in_foreground(Hanging)
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("Adrastea serves")
        running.send_signal(number)
        assert running.stdout.readline() == "ending\n"

        running.send_signal(number)

        assert running.stdout.readline() == "killing\n"
        assert running.wait(LIMIT_SECONDS) == -number


class FullDisk(io.StringIO):
    """Takes nothing."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_takes_no_address_is_no_reason_not_to_serve(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Served(kill(signal.SIGTERM))
    monkeypatch.setattr(sys, "stdout", FullDisk())

    assert run_in_foreground(lambda: server, open_browser=False) == 0
    assert server.stopped == 1
    assert "The address cannot be printed: No space left on device" in caplog.text
