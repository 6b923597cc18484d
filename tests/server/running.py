"""A real server on a loopback port with a real workspace, and a plain HTTP client for it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from adrastea.documents.documents import Documents
from adrastea.documents.journal import Journals
from adrastea.documents.spool import Spool
from adrastea.kernels.adoption import Records
from adrastea.kernels.channels import transport
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpecs
from adrastea.kernels.starting import NewProcess
from adrastea.logbook.logbook import Logbook
from adrastea.server.application import Application
from adrastea.server.limits import Limits
from adrastea.server.thread import ServerThread
from adrastea.server.ui_assets import UiAssets
from adrastea.sessions.sessions import Sessions
from adrastea.settings import Settings
from adrastea.workspace.files import Files

TOKEN = "the-token"
PAGE = b"<!DOCTYPE html><p>the page</p>"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Json:
        """The body, parsed as strictly as a browser does."""
        value: Json = json.loads(self.body, parse_constant=_refuse)
        return value

    def object(self) -> dict[str, Json]:
        """The body, which has to be a JSON object."""
        value = self.json()
        assert isinstance(value, dict)
        return value

    def list(self) -> list[Json]:
        """The body, which has to be a JSON array."""
        value = self.json()
        assert isinstance(value, list)
        return value

    def cookie(self) -> str:
        """What a browser sends from now on as Cookie."""
        return "; ".join(cookie.partition(";")[0] for cookie in self.headers.get_all("Set-Cookie", []))

    def message(self) -> str:
        """The sentence of an error."""
        message = self.object()["message"]
        assert isinstance(message, str)
        return message


def xsrf(cookie: str) -> dict[str, str]:
    """What our page sends with a change: the Cookie header, and the token out of it."""
    token = next(part.partition("=")[2] for part in cookie.split("; ") if part.startswith("_xsrf="))
    return {"Cookie": cookie, "X-XSRFToken": token}


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    thread: ServerThread[Application]
    root: Path
    port: int
    base_url: str = "/"

    @property
    def origin(self) -> str:
        """What our own page sends as Origin."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | str | Json = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Send one request without credentials of its own; `path` is relative to the base URL."""
        data = body if isinstance(body, bytes | str | None) else json.dumps(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, self.base_url + path, data, headers or {})
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def api(
        self, method: str, path: str, body: bytes | str | Json = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """The same with the token."""
        return self.ask(method, path, body, {"Authorization": f"token {TOKEN}", **(headers or {})})

    def log_in(self) -> str:
        """The Cookie header of a browser that has opened the printed address."""
        path = self.thread.url.removeprefix(f"{self.origin}{self.base_url}")
        return self.ask("GET", path).cookie()


@contextmanager
def running(
    folder: Path,
    settings: Settings | None = None,
    kernels: Path | None = None,
    token: str = TOKEN,
    limits: Limits | None = None,
    on_end: Callable[[], None] | None = None,
) -> Generator[Running]:
    """Serve `folder/root`; kernelspecs are those in `kernels`, none without it. `on_end`: as `serve` hears it."""
    root, ui = folder / "root", folder / "ui"
    (ui / "assets").mkdir(parents=True, exist_ok=True)
    root.mkdir(exist_ok=True)
    (ui / "index.html").write_bytes(PAGE)
    (ui / "sandbox.html").write_bytes(b"<!DOCTYPE html><script>1</script>")
    (ui / "favicon.ico").write_bytes(b"icon")
    (ui / "assets" / "app-1.js").write_bytes(b"run()")
    wanted = replace(
        settings or Settings(),
        root=root,
        token=token,
        runtime_dir=folder / "run",
        config_dir=folder / "config",
        state_dir=folder / "state",
    )

    def build() -> Application:
        documents = Documents(
            root, Journals([folder / "journals"]), Spool(folder / "spool", 10**9), wanted.autosave_seconds
        )
        search = [] if kernels is None else [kernels]
        records = Records(wanted.state_dir / "kernels", root)
        starter = NewProcess(wanted.runtime_dir / "kernels")
        kernel_table = Kernels(KernelSpecs(search), starter, transport(), records=records)
        sessions = Sessions(documents, kernel_table, root, wanted.default_kernel)
        files = Files(root, show_hidden=wanted.show_hidden)
        logbook = Logbook(folder / "state", "test")
        application = Application(wanted, documents, sessions, files, kernel_table, UiAssets(ui), logbook)
        application.limits = limits or application.limits
        if on_end is not None:
            application.on_end(on_end)
        return application

    with ServerThread(build) as thread:
        yield Running(thread, root, thread.call(lambda server: server.port), wanted.base_url)


def _refuse(name: str) -> float:
    raise ValueError(name)
