"""The program as its enemies see it: raw bytes to it and from it, and what may never be in its answers and its log."""

from __future__ import annotations

import json
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tests.fakes import kernelspecs
from tests.server.running import Json
from tests.system.program import COMMAND, Answer, Program, ask, program

TOKEN = "a-token-that-nobody-may-see"
HOST = "Host: 127.0.0.1\r\n"
KNOWN = f"{HOST}Authorization: token {TOKEN}\r\n"
SECONDS = 30.0
NOTEBOOK: Json = {
    "cells": [
        {"cell_type": "code", "id": "a1", "metadata": {}, "outputs": [], "execution_count": None, "source": "print 1"}
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A running `serve` with a notebook, a file, a folder, and a session with a kernel."""

    program: Program
    root: Path
    url: str
    port: int
    kernel: str = ""
    session: str = ""

    def connect(self) -> socket.socket:
        """A connection that says nothing."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)

    def say(self, sent: str | bytes) -> bytes:
        """Everything that is answered to these bytes, until the server closes the connection."""
        with self.connect() as connection:
            with suppress(ConnectionError):  # it need not read what it refuses
                connection.sendall(sent.encode() if isinstance(sent, str) else sent)
            return rest(connection)

    def request(self, line: str, *headers: str, body: bytes = b"") -> bytes:
        """The answer to one request with the token; `line` without the version."""
        head = "".join(f"{header}\r\n" for header in headers)
        return self.say(f"{line} HTTP/1.1\r\n{KNOWN}Connection: close\r\n{head}\r\n".encode() + body)

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """One well-formed request."""
        return ask(self.url, path, method, body)

    def log(self) -> str:
        """What it has written into its log and on stderr."""
        file = self.program.home / "state" / "adrastea" / "logs" / "adrastea.log"
        return file.read_text(encoding="utf-8") + self.program.errors()

    def assert_unharmed(self) -> None:
        """It answers, and neither a traceback nor the token is in its log."""
        assert self.ask("GET", "/api/status").status == 200
        log = self.log()
        assert "Traceback" not in log
        assert " ERROR " not in log
        assert TOKEN not in log
        assert self.program.errors() == ""


def rest(connection: socket.socket) -> bytes:
    """Everything until the other side closes the connection."""
    heard = bytearray()
    with suppress(ConnectionError):  # it has thrown away what it would not read
        while piece := connection.recv(1 << 16):
            heard += piece
    return bytes(heard)


def status(answer: bytes) -> int:
    """The status of an answer; 0 where there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def body(answer: bytes) -> bytes:
    """The body of an answer."""
    return answer.partition(b"\r\n\r\n")[2]


def sentence(answer: bytes | str) -> str:
    """The message of an error, which has to have Jupyter's shape."""
    error = json.loads(answer)
    assert {"message", "reason"} <= error.keys(), error
    assert isinstance(error["message"], str)
    return error["message"]


@contextmanager
def target(folder: Path, command: Sequence[str] = COMMAND) -> Generator[Target]:
    """Serve `folder/root`. The default kernel does not exist, so that no odd request starts one."""
    root = folder / "root"
    (root / "folder").mkdir(parents=True)
    (root / "a.txt").write_text("mine", encoding="utf-8")
    (root / "n.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    kernelspecs.install(folder / "jupyter")
    settings = folder / "config" / "adrastea" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('default_kernel = "none"\n', encoding="utf-8")
    environ = {"JUPYTER_PATH": str(folder / "jupyter")}
    with program(folder, "serve", str(root), "--token", TOKEN, environ=environ, command=command) as served:
        url = served.url()
        port = int(url.split(":")[2].partition("/")[0])
        made = Target(served, root, url, port)
        wanted = {"path": "c.txt", "type": "file", "name": "c", "kernel": {"name": "fake"}}
        session = cast("dict[str, object]", made.ask("POST", "/api/sessions", wanted).json())
        kernel = cast("dict[str, str]", session["kernel"])
        yield Target(served, root, url, port, kernel["id"], str(session["id"]))
