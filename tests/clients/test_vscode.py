"""What VS Code's Jupyter extension asks an existing server for, in its order, replayed; the extension was not run.

First it looks for a hub and for a login page, without credentials. From then on it shows the token, or, where a
password is asked for, what the login page gave. Then it lists what there is, makes a notebook of its own for the
session, starts the session, opens the channels of the kernel. It sends neither Origin nor Sec-Fetch-Site.

Source of truth: https://github.com/microsoft/vscode-jupyter, src/standalone/userJupyterServer and src/kernels/jupyter,
and @jupyterlab/services, through which it does the rest.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from adrastea.protocol import websocket_v1
from adrastea.protocol.wire import Frames
from tests.clients.trying import serving
from tests.system.program import COMMAND

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    cookies: tuple[str, ...]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 -- any JSON
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Extension:
    """The extension, with what it shows on each request."""

    address: str
    shown: Mapping[str, str]

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """A request of @jupyterlab/services; the number in the query keeps it out of caches."""
        data = None if body is None else json.dumps(body)
        headers = {**self.shown, "Content-Type": "application/json"}
        return ask(self.address, method, f"{path}?1795680538011", data, headers)

    def session(self) -> dict[str, Any]:
        """From the list of kernels to a running session with a notebook of its own."""
        assert self.ask("GET", "/api/kernels").json() == []
        assert self.ask("GET", "/api/sessions").json() == []
        name = self.ask("GET", "/api/kernelspecs").json()["default"]
        made = self.ask("POST", "/api/contents", {"type": "notebook"}).json()
        path = f"n-jvsc-{uuid4()}.ipynb"
        assert self.ask("PATCH", f"/api/contents/{made['path']}", {"path": path}).json()["path"] == path
        wanted = {"path": path, "type": "notebook", "name": path, "kernel": {"name": name}}
        started = self.ask("POST", "/api/sessions", wanted)
        assert started.status == 201
        session: dict[str, Any] = started.json()
        assert [kernel["id"] for kernel in self.ask("GET", "/api/kernels").json()] == [session["kernel"]["id"]]
        return session

    async def run(self, kernel_id: str, code: str) -> str:
        """Run code over the kernel's channels; what it prints."""
        address = f"{self.address.replace('http', 'ws')}/api/kernels/{kernel_id}/channels?session_id={uuid4()}"
        request = HTTPRequest(address, headers=dict(self.shown))
        async with asyncio.timeout(LIMIT_SECONDS):
            socket = await websocket_connect(request, subprotocols=[websocket_v1.SUBPROTOCOL])
            assert socket.selected_subprotocol == websocket_v1.SUBPROTOCOL
            printed = await run(socket, code)
            socket.close()
            while await socket.read_message() is not None:
                pass  # until the connection has ended
        return printed

    def end(self, session: Mapping[str, Any]) -> None:
        """The notebook is closed: its session ends, its file goes."""
        assert self.ask("DELETE", f"/api/sessions/{session['id']}").status == 204
        assert self.ask("DELETE", f"/api/contents/{session['path']}").status == 204
        assert self.ask("GET", "/api/kernels").json() == []


def ask(address: str, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
    """One request with these headers and no others that matter."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT_SECONDS)
    try:
        connection.request(method, parts.path + path, body, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, tuple(response.headers.get_all("Set-Cookie") or ()), response.read())
    finally:
        connection.close()


async def run(socket: WebSocketClientConnection, code: str) -> str:
    """Send an execute_request in the v1 framing, and hear until its reply and the idle state have come."""
    header = {"msg_id": uuid4().hex, "msg_type": "execute_request", "session": "s", "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    sent = Frames(json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode())
    await socket.write_message(websocket_v1.encode("shell", sent), binary=True)
    waiting, printed = {"execute_reply", "idle"}, ""
    while waiting:
        frame = await socket.read_message()
        assert isinstance(frame, bytes)
        _, said = websocket_v1.decode(frame)
        if json.loads(said.parent_header).get("msg_id") != header["msg_id"]:
            continue
        kind, told = json.loads(said.header)["msg_type"], json.loads(said.content)
        printed += told["text"] if kind == "stream" else ""
        waiting -= {kind, told.get("execution_state")}
    return printed


def needs_password(address: str) -> bool:
    """What it finds out before it shows anything: there is no hub, and the page is not for everybody."""
    assert ask(address, "GET", "/hub/api", None, {"Connection": "keep-alive"}).status != 200
    return ask(address, "GET", "/tree?", None, {"Connection": "keep-alive"}).status != 200


def test_an_address_with_a_token_opens_a_session_whose_code_runs(tmp_path: Path) -> None:
    with serving(tmp_path, "/deep/") as served:
        assert needs_password(served.address)
        extension = Extension(served.address, {"Authorization": f"token {served.token}"})
        session = extension.session()

        assert asyncio.run(extension.run(session["kernel"]["id"], "print(6 * 7)")) == "42\n"
        extension.end(session)


def log_in(address: str, password: str) -> dict[str, str]:
    """What it shows once it has been at the login page: everything by name, as it comes, attributes and all."""
    form = ask(address, "GET", "/login?", None, {"Connection": "keep-alive"})
    assert form.status == 200
    xsrf = next(cookie for cookie in form.cookies if cookie.startswith("_xsrf=")).partition("=")[2].partition(";")[0]
    headers = {
        "Cookie": f"_xsrf={xsrf}",
        "Connection": "keep-alive",
        "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
    }
    given = ask(address, "POST", "/login?", urlencode({"_xsrf": xsrf, "password": password}), headers)
    if given.status != 302:
        return {}
    return {"Cookie": f"_xsrf={xsrf}; {given.cookies[0]}", "X-XSRFToken": xsrf}


def choose_password(home: Path, password: str) -> None:
    """As the user does, before the server is started."""
    environ = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    command = [*COMMAND, "password"]
    subprocess.run(command, env=environ, input=f"{password}\n", text=True, check=True, capture_output=True, timeout=60)


def test_a_password_opens_a_session_whose_code_runs(tmp_path: Path) -> None:
    choose_password(tmp_path, "correct horse battery")
    with serving(tmp_path) as served:
        assert needs_password(served.address)
        assert log_in(served.address, "wrong horse battery") == {}
        extension = Extension(served.address, log_in(served.address, "correct horse battery"))
        session = extension.session()

        assert asyncio.run(extension.run(session["kernel"]["id"], "print(6 * 7)")) == "42\n"
        extension.end(session)
