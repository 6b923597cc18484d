"""A real JupyterHub starts our server for a user: who logs in at the hub comes in here, and nobody else does.

The browser is played: it keeps cookies, follows redirects and fills in the hub's form, as a person would.
"""

from __future__ import annotations

import asyncio
import http.client
import http.cookiejar
import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from adrastea.protocol import messages, websocket_v1
from adrastea.protocol.messages import MsgId, Origin, SessionId
from build import hub_environment
from tests.system.program import COMMAND

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 60.0
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/hubs/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "a long password"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/{{username}}"
c.Spawner.cmd = {command!r}
c.Spawner.env_keep = ["PATH"]
c.Spawner.environment = {{"JUPYTER_PATH": "{kernels}"}}
c.JupyterHub.services = [{{"name": "tester", "api_token": "{token}", "admin": True}}]
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser shows."""

    status: int
    url: str
    body: bytes


class Browser:
    """Cookies, redirects, forms."""

    def __init__(self) -> None:
        self.jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(
        self, url: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None, method: str = ""
    ) -> Page:
        data = None if form is None else urllib.parse.urlencode(form).encode()
        wanted = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate", **(headers or {})}
        request = urllib.request.Request(url, data, wanted, method=method or None)
        try:
            with self._opener.open(request, timeout=LIMIT_SECONDS) as answer:
                return Page(answer.status, answer.url, answer.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Page(refusal.code, refusal.url, refusal.read())

    def cookies(self, path: str) -> dict[str, str]:
        """Those for addresses below a path."""
        return {cookie.name: cookie.value or "" for cookie in self.jar if cookie.path == path}

    def log_in(self, hub: Hub, name: str) -> Page:
        page = self.ask(f"{hub.address}/hub/login")
        found = re.search(rb'name="_xsrf" value="([^"]+)"', page.body)
        assert found is not None
        form = {"username": name, "password": "a long password", "_xsrf": found[1].decode()}
        return self.ask(f"{hub.address}/hub/login?next=", form)

    def until_started(self, hub: Hub, name: str) -> Page:
        """Ask for the user's server, as the page that waits for it does, until it is shown."""
        self.ask(f"{hub.address}/hub/spawn/{name}")
        address, deadline = f"{hub.address}/user/{name}/", time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < deadline:
            page = self.ask(address)
            if page.status == 200 and page.url.startswith(address):
                return page
            select.select([], [], [], 0.1)
        raise AssertionError(hub.log())


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that runs."""

    address: str
    folder: Path
    token: str

    def api(self, method: str, path: str, body: object = None, token: str = "") -> Any:  # noqa: ANN401 -- any JSON
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {token or self.token}"}
        request = urllib.request.Request(f"{self.address}/hub/api/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:
            return json.loads(answer.read() or b"null")

    def token_of(self, name: str) -> str:
        """A new token of a user's, for programs."""
        return str(self.api("POST", f"users/{name}/tokens", {})["token"])

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    port, hub_port, proxy_port = free_ports()
    made = Hub(f"http://127.0.0.1:{port}/hubs", folder, uuid4().hex)
    config = folder / "jupyterhub_config.py"
    values = {"port": port, "hub_port": hub_port, "proxy_port": proxy_port, "folder": folder, "token": made.token}
    values["kernels"] = Path(sys.prefix) / "share" / "jupyter"  # the one file knows of no Python around it
    config.write_text(CONFIG.format(**values, command=[*COMMAND, "serve"], proxy=hub_environment.PROXY), "utf-8")
    node = Path(shutil.which("node") or sys.executable).parent
    environ = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}", "PYTHONASYNCIODEBUG": ""}
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("wb"))
        command = [str(hub_environment.PYTHON), "-m", "jupyterhub", "-f", str(config)]
        running = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log, start_new_session=True)
        stack.callback(end, running)
        until_it_answers(made, running)
        yield made


def free_ports() -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        return [int(each.getsockname()[1]) for each in sockets]


def until_it_answers(hub: Hub, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        try:
            hub.api("GET", "")
        except OSError:
            select.select([], [], [], 0.1)
        else:
            return
    raise AssertionError(hub.log())


def end(running: subprocess.Popen[bytes]) -> None:
    """The hub ends its servers and its proxy."""
    running.send_signal(signal.SIGTERM)
    try:
        running.wait(LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait(LIMIT_SECONDS)


@pytest.fixture(scope="module")
def ada(hub: Hub) -> Browser:
    """Somebody whose server runs, and who is logged in."""
    (hub.folder / "ada").mkdir()
    browser = Browser()
    assert browser.log_in(hub, "ada").status == 200
    page = browser.until_started(hub, "ada")
    assert b"Adrastea" in page.body
    return browser


def upgraded(url: str, headers: dict[str, str]) -> int:
    """What the server answers to who asks for a WebSocket."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT_SECONDS)
    wanted = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    try:
        connection.request(
            "GET", parts.path, headers={**wanted, "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", **headers}
        )
        return connection.getresponse().status
    finally:
        connection.close()


async def printed(address: str, headers: dict[str, str], code: str) -> str:
    """What a kernel prints over a WebSocket."""
    async with asyncio.timeout(LIMIT_SECONDS):
        request = HTTPRequest(address.replace("http", "ws", 1), headers=headers)
        opened = await websocket_connect(request, subprotocols=[websocket_v1.SUBPROTOCOL])
        origin, msg_id = Origin(SessionId("s"), "ada"), MsgId(uuid4().hex)
        asked = messages.execute_request(code, origin, msg_id, datetime.now(UTC), allow_stdin=False)
        await opened.write_message(websocket_v1.encode("shell", messages.encode(asked)), binary=True)
        while True:
            data = await opened.read_message()
            assert isinstance(data, bytes)
            message = messages.decode(websocket_v1.decode(data)[1])
            if message.header.msg_type == "stream":
                break
        opened.close()
        while await opened.read_message() is not None:
            pass  # until the other end has closed it too
    return str(message.content["text"])


def test_who_logs_in_at_the_hub_runs_a_kernel(hub: Hub, ada: Browser) -> None:
    address, origin = f"{hub.address}/user/ada", hub.address.removesuffix("/hubs")
    cookies = ada.cookies("/hubs/user/ada/")
    shown = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Origin": origin}

    refused = ada.ask(f"{address}/api/kernels", {}, {"Origin": origin, "Accept": "*/*"})
    started = ada.ask(
        f"{address}/api/kernels", {}, {"Origin": origin, "X-XSRFToken": cookies["_xsrf"], "Accept": "*/*"}
    )
    assert started.status == 201, started.body
    kernel_id = json.loads(started.body)["id"]

    assert (refused.status, started.status) == (403, 201)
    assert asyncio.run(printed(f"{address}/api/kernels/{kernel_id}/channels", shown, "print(6 * 7)")) == "42\n"
    me = json.loads(ada.ask(f"{address}/api/me", headers={"Accept": "*/*"}).body)
    assert me["identity"]["username"] == "ada"


def test_a_program_shows_a_token_of_the_hub(hub: Hub, ada: Browser) -> None:
    shown = {"Authorization": f"token {hub.token_of('ada')}", "Accept": "*/*"}

    assert Browser().ask(f"{hub.address}/user/ada/api/status", headers=shown).status == 200
    assert Browser().ask(f"{hub.address}/user/ada/api/contents", headers=shown).status == 200


def test_another_user_of_the_hub_stays_out(hub: Hub, ada: Browser) -> None:
    address = f"{hub.address}/user/ada"
    bob = Browser()
    bob.log_in(hub, "bob")
    token = {"Authorization": f"token {hub.token_of('bob')}"}

    page = bob.ask(f"{address}/")
    program = Browser().ask(f"{address}/api/status", headers={**token, "Accept": "*/*"})
    refusal = upgraded(f"{address}/api/kernels/x/channels", token)

    assert (page.status, program.status, refusal) == (403, 403, 403)


def test_a_stranger_is_sent_to_the_hubs_login_and_programs_are_refused(hub: Hub, ada: Browser) -> None:
    page = Browser().ask(f"{hub.address}/user/ada/files/x")
    program = Browser().ask(f"{hub.address}/user/ada/api/status", headers={"Accept": "*/*"})

    assert urllib.parse.urlsplit(page.url).path == "/hubs/hub/login"
    assert program.status == 403


def test_a_login_that_was_not_begun_here_leads_nowhere(hub: Hub, ada: Browser) -> None:
    assert ada.ask(f"{hub.address}/user/ada/oauth_callback?code=x&state=made-up").status == 400
    assert ada.ask(f"{hub.address}/user/ada/oauth_callback").status == 400


def test_the_hub_is_told_that_the_server_is_used(hub: Hub, ada: Browser) -> None:
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and "/activity" not in hub.log():
        select.select([], [], [], 0.1)

    assert re.search(r"\b200 POST \S*/users/ada/activity", hub.log())


def test_who_logs_out_is_out_of_server_and_hub(hub: Hub, ada: Browser) -> None:
    other = Browser()
    other.log_in(hub, "ada")
    other.until_started(hub, "ada")
    api = f"{hub.address}/user/ada/api/status"
    before = other.ask(api, headers={"Accept": "*/*"}).status

    page = other.ask(f"{hub.address}/user/ada/logout")

    assert before == 200
    assert urllib.parse.urlsplit(page.url).path in {"/hubs/hub/login", "/hubs/hub/logout"}
    assert other.ask(api, headers={"Accept": "*/*"}).status == 403
    assert ada.ask(api, headers={"Accept": "*/*"}).status == 200


def test_no_secret_is_in_the_logs(hub: Hub, ada: Browser) -> None:
    logs = [hub.folder / "log", *hub.folder.rglob("adrastea.log")]
    secrets = [*ada.cookies("/hubs/user/ada/").values(), hub.token]

    text = "".join(path.read_text(encoding="utf-8") for path in logs)
    assert [secret for secret in secrets if secret in text] == []
    assert "?token=" not in text
