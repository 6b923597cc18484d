"""The program as a user starts it: a process of its own, with settings, state and sockets of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from uuid import uuid4

ROOT = Path(__file__).parents[2]
COMMAND: Sequence[str] = tuple(shlex.split(os.environ.get("ADRASTEA_COMMAND", ""))) or (
    sys.executable,
    str(ROOT / "app.py"),
)
"""The program: `app.py`, or what the environment variable says, as `make test-app` does with the one file."""
ONE_FILE = Path(os.environ.get("ADRASTEA_COMMAND", "") or ROOT / "dist" / "adrastea")
"""The one file, for tests that are about nothing else: that of `make app`, or the one that `make test-app` is given."""
LIMIT_SECONDS = 60.0
"""For what takes a second or two on an idle machine."""
URL = re.compile(r"http://\S+")
_MARK = "ADRASTEA_TEST"


@dataclass
class Program:
    """A running program."""

    popen: subprocess.Popen[bytes]
    home: Path
    mark: str
    printed: str = ""

    def line(self, wanted: str = "") -> str:
        """The next line on stdout that holds `wanted`."""
        while True:
            line = self._line()
            if wanted in line:
                return line

    def url(self) -> str:
        """The next address on stdout."""
        found = URL.search(self.line("http://"))
        assert found is not None
        return found.group()

    def write(self, text: str) -> None:
        """Type something."""
        assert self.popen.stdin is not None
        self.popen.stdin.write(text.encode())
        self.popen.stdin.flush()

    def errors(self) -> str:
        """What it has printed on stderr."""
        return (self.home / "stderr").read_text(encoding="utf-8")

    def end(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal and wait for the end; the seconds that took."""
        began = time.monotonic()
        self.popen.send_signal(number)
        self.popen.wait(LIMIT_SECONDS)
        return time.monotonic() - began

    def wait(self) -> int:
        """Wait for its end; the exit code."""
        return self.popen.wait(LIMIT_SECONDS)

    def processes(self) -> list[str]:
        """The command lines of all processes that it has started, and its own, while they live."""
        return [command for _, command in self._processes()]

    def until_nothing_is_left(self) -> None:
        """Wait until all those processes have gone; a web view's own take a moment."""
        deadline = time.monotonic() + LIMIT_SECONDS / 6
        while self.processes() and time.monotonic() < deadline:
            select.select([], [], [], 0.05)
        assert self.processes() == []

    def _line(self) -> str:
        assert self.popen.stdout is not None
        descriptor, deadline = self.popen.stdout.fileno(), time.monotonic() + LIMIT_SECONDS
        while "\n" not in self.printed:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(descriptor, 65536) if ready else b""
            if not chunk:
                raise EOFError(f"no more lines on stdout; stderr: {self.errors()}")
            self.printed += chunk.decode()
        line, _, self.printed = self.printed.partition("\n")
        return line

    def _processes(self) -> Iterator[tuple[int, str]]:
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                if f"{_MARK}={self.mark}".encode() in (folder / "environ").read_bytes():
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    yield int(folder.name), command

    def kill(self, wanted: str) -> None:
        """Kill those of its processes whose command line holds `wanted`."""
        self.signal(signal.SIGKILL, wanted)

    def signal(self, number: signal.Signals, wanted: str = "") -> None:
        """Send a signal to those of its processes whose command line holds `wanted`."""
        for pid, command in self._processes():
            if wanted in command:
                os.kill(pid, number)

    def kill_all(self) -> None:
        """End whatever is left, by its number."""
        for pid, _ in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.popen.wait(LIMIT_SECONDS)


@contextmanager
def program(
    home: Path,
    *arguments: str,
    cwd: Path | None = None,
    environ: Mapping[str, str | None] = MappingProxyType({}),
    command: Sequence[str] = COMMAND,
) -> Generator[Program]:
    """Start the program with these arguments; `environ` is added to the environment, None takes a name out of it.

    `home` holds what it remembers, so that two programs with the same one know of each other.
    """
    home.mkdir(exist_ok=True)
    mark = uuid4().hex
    folders = {name: str(home / folder) for name, folder in _FOLDERS.items()}
    wanted = {**os.environ, **folders, "HOME": str(home), _MARK: mark, **_WITHOUT, **environ}
    with (home / "stderr").open("wb") as stderr:
        popen = subprocess.Popen(
            [*command, *arguments],
            cwd=cwd or home,
            env={name: value for name, value in wanted.items() if value is not None},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    started = Program(popen, home, mark)
    try:
        yield started
    finally:
        started.kill_all()
        for pipe in (popen.stdin, popen.stdout):
            assert pipe is not None
            pipe.close()


_WITHOUT = {"DISPLAY": None, "WAYLAND_DISPLAY": None, "PYTHONASYNCIODEBUG": None}
_FOLDERS = {
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    body: bytes
    cookie: str

    def json(self) -> object:
        """The body, parsed."""
        value: object = json.loads(self.body)
        return value


def ask(
    url: str,
    path: str | None = None,
    method: str = "GET",
    body: object = None,
    headers: Mapping[str, str] | None = None,
    limit_seconds: float = LIMIT_SECONDS,
) -> Answer:
    """One request; `path` stands in place of the one of `url`, whose query, with the token, is kept."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit_seconds)
    try:
        data = None if body is None else json.dumps(body)
        target = f"{parts.path if path is None else path}?{parts.query}"
        connection.request(method, target, data, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.read(), response.headers.get("Set-Cookie", ""))
    finally:
        connection.close()
