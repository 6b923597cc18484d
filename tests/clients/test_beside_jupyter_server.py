"""The same requests to us and to jupyter_server, on equal folders: the same statuses, types and shapes.

Where we differ on purpose, the request stands in `DIFFERENT`, with the reason.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import select
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

import pytest

from build import other_clients
from tests.system.program import program

pytestmark = pytest.mark.slow

LIMIT_SECONDS: Final = 60.0
TOKEN: Final = "t"
ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:(\d+)/")  # whole: the log is read while it is written
CELL: Final[dict[str, object]] = {
    "cell_type": "code",
    "execution_count": None,
    "id": "a1",
    "metadata": {},
    "outputs": [],
    "source": "1",
}
NOTEBOOK: Final[dict[str, object]] = {"cells": [CELL], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEXT: Final = {"type": "file", "format": "text"}
FILES: Final = "https://events.jupyter.org/jupyter_server/contents_service/v1"
PIECE: Final = {"type": "file", "format": "base64"}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    method: str
    path: str
    body: object = None

    def __str__(self) -> str:
        body = "" if self.body is None else f" {json.dumps(self.body)[:60]}"
        return f"{self.method} {self.path}{body}"


REQUESTS: Final = (
    # reading
    Ask("GET", "api/contents"),
    Ask("GET", "api/contents/?content=0"),
    Ask("GET", "api/contents/sub"),
    Ask("GET", "api/contents/sub?type=directory&content=0"),
    Ask("GET", "api/contents/a.txt"),
    Ask("GET", "api/contents/a.txt?content=0"),
    Ask("GET", "api/contents/a.txt?hash=1"),
    Ask("GET", "api/contents/a.txt?content=0&hash=1"),
    Ask("GET", "api/contents/a.txt?format=base64"),
    Ask("GET", "api/contents/a.txt?type=file&format=text"),
    Ask("GET", "api/contents/a.bin"),
    Ask("GET", "api/contents/a.bin?format=text"),
    Ask("GET", "api/contents/a.ipynb"),
    Ask("GET", "api/contents/a.ipynb?type=notebook&content=0&hash=1"),
    Ask("GET", "api/contents/a.ipynb?type=file"),
    Ask("GET", "api/contents/%C3%A4%20b.txt"),
    Ask("GET", "api/contents/gone.txt"),
    Ask("GET", "api/contents/gone.txt/checkpoints"),
    Ask("GET", "api/contents/broken.ipynb"),
    Ask("GET", "api/contents/a.txt?type=directory"),
    Ask("GET", "api/contents/sub?type=file"),
    Ask("GET", "api/contents/a.txt?type=zebra"),
    Ask("GET", "api/contents/a.txt?format=zebra"),
    Ask("GET", "api/contents/a.txt?content=zebra"),
    Ask("GET", "api/contents/a.txt?hash=zebra"),
    Ask("GET", "api/contents/..%2Foutside.txt"),
    Ask("GET", "api/contents/.hidden"),
    Ask("HEAD", "files/a.txt"),
    Ask("GET", "files/a.txt"),
    Ask("GET", "files/a.bin?download=1"),
    Ask("GET", "files/gone.txt"),
    Ask("GET", "files/sub"),
    Ask("GET", "files/.hidden"),
    Ask("GET", "view/page.html"),
    Ask("GET", "view/gone.html"),
    # making
    Ask("POST", "api/contents", {}),
    Ask("POST", "api/contents", {"type": "file"}),
    Ask("POST", "api/contents", {"type": "file", "ext": ".txt"}),
    Ask("POST", "api/contents", {"type": "file", "ext": ".txt"}),
    Ask("POST", "api/contents", {"type": "notebook"}),
    Ask("POST", "api/contents", {"type": "notebook"}),
    Ask("POST", "api/contents", {"type": "directory"}),
    Ask("POST", "api/contents", {"type": "directory"}),
    Ask("POST", "api/contents/sub", {"type": "notebook"}),
    Ask("POST", "api/contents", {"copy_from": "a.txt"}),
    Ask("POST", "api/contents/sub", {"copy_from": "a.ipynb"}),
    Ask("POST", "api/contents", {"copy_from": "gone.txt"}),
    Ask("POST", "api/contents/gone", {"type": "file"}),
    Ask("POST", "api/contents/a.txt", {"type": "file"}),
    Ask("POST", "api/contents", {"type": "zebra"}),
    # saving
    Ask("PUT", "api/contents/new.txt", {**TEXT, "content": "new"}),
    Ask("PUT", "api/contents/new.txt", {**TEXT, "content": "newer"}),
    Ask("PUT", "api/contents/new.bin", {**PIECE, "content": "AAE="}),
    Ask("PUT", "api/contents/new.ipynb", {"type": "notebook", "format": "json", "content": NOTEBOOK}),
    Ask("PUT", "api/contents/new.ipynb", {"type": "notebook", "format": "json", "content": NOTEBOOK}),
    Ask("PUT", "api/contents/folder", {"type": "directory"}),
    Ask("PUT", "api/contents/folder", {"type": "directory"}),
    Ask("PUT", "api/contents/gone/x.txt", {**TEXT, "content": ""}),
    Ask("PUT", "api/contents/x.txt", {**TEXT}),
    Ask("PUT", "api/contents/x.txt", {"type": "file", "format": "zebra", "content": ""}),
    Ask("PUT", "api/contents/x.bin", {**PIECE, "content": "!"}),
    Ask("PUT", "api/contents/x.ipynb", {"type": "notebook", "format": "json", "content": {"cells": 1}}),
    Ask("PUT", "api/contents/.x", {**TEXT, "content": ""}),
    Ask("PUT", "api/contents/pieces.bin", {**PIECE, "chunk": 1, "content": "AAE="}),
    Ask("PUT", "api/contents/pieces.bin", {**PIECE, "chunk": 2, "content": "AgM="}),
    Ask("PUT", "api/contents/pieces.bin", {**PIECE, "chunk": -1, "content": "BA=="}),
    Ask("GET", "api/contents/pieces.bin"),
    Ask("PUT", "api/contents/x.ipynb", {"type": "notebook", "format": "json", "chunk": 1, "content": NOTEBOOK}),
    # checkpoints
    Ask("GET", "api/contents/new.txt/checkpoints"),
    Ask("POST", "api/contents/new.txt/checkpoints"),
    Ask("GET", "api/contents/new.txt/checkpoints"),
    Ask("POST", "api/contents/gone.txt/checkpoints"),
    Ask("POST", "api/contents/new.txt/checkpoints/zebra"),
    Ask("DELETE", "api/contents/new.txt/checkpoints/zebra"),
    # moving and deleting
    Ask("PATCH", "api/contents/new.txt", {"path": "moved.txt"}),
    Ask("PATCH", "api/contents/folder", {"path": "sub/folder"}),
    Ask("PATCH", "api/contents/moved.txt", {"path": "a.txt"}),
    Ask("PATCH", "api/contents/gone.txt", {"path": "x.txt"}),
    Ask("PATCH", "api/contents/moved.txt", {"path": "gone/x.txt"}),
    Ask("PATCH", "api/contents/moved.txt", {}),
    Ask("DELETE", "api/contents/moved.txt"),
    Ask("DELETE", "api/contents/gone.txt"),
    Ask("DELETE", "api/contents/sub/folder"),
    # the rest
    Ask("GET", "api"),
    Ask("GET", "api/status"),
    Ask("GET", "api/me"),
    Ask("GET", "api/kernels"),
    Ask("GET", "api/sessions"),
    Ask("GET", "api/kernels/gone"),
    Ask("DELETE", "api/kernels/gone"),
    Ask("POST", "api/kernels/gone/interrupt"),
    Ask("GET", "api/sessions/gone"),
    Ask("DELETE", "api/sessions/gone"),
    Ask("GET", "api/kernelspecs"),
    Ask("GET", "api/kernelspecs/gone"),
    Ask("POST", "api/kernels", {"name": "gone"}),
    Ask("GET", "api/gone"),
    # configuration
    Ask("GET", "api/config/s"),
    Ask("PUT", "api/config/s", {"a": {"b": 1, "c": "x"}, "d": [1]}),
    Ask("GET", "api/config/s"),
    Ask("PATCH", "api/config/s", {"a": {"b": None}, "e": {"f": None}, "g": {"h": 1}}),
    Ask("GET", "api/config/s"),
    Ask("PATCH", "api/config/s", {"d": {"i": 1}}),
    Ask("PUT", "api/config/s", []),
    Ask("PATCH", "api/config/s", 1),
    Ask("GET", "api/config/a.b"),
    Ask("GET", "api/config/..%2Fs"),
    # events
    Ask("GET", "api/events"),
    Ask("POST", "api/events", {"schema_id": FILES, "version": "1", "data": {"action": "get", "path": "a"}}),
    Ask("POST", "api/events", {"schema_id": FILES, "version": "2", "data": {"action": "get", "path": "a"}}),
    Ask("POST", "api/events", {"schema_id": "gone", "version": "1", "data": {}}),
    Ask("POST", "api/events", {"schema_id": FILES, "data": {}}),
    Ask("POST", "api/events", {"schema_id": FILES, "version": "1", "data": {}, "timestamp": "now"}),
    Ask("GET", "api/events/subscribe"),
    # nbconvert, which is the same program for both
    Ask("GET", "api/nbconvert"),
    Ask("GET", "nbconvert/html/a.ipynb"),
    Ask("GET", "nbconvert/python/a.ipynb?download=true"),
    Ask("GET", "nbconvert/gone/a.ipynb"),
    Ask("GET", "nbconvert/html/gone.ipynb"),
    Ask("GET", "nbconvert/html/a.txt"),
    Ask("GET", "nbconvert/html"),
    Ask("POST", "nbconvert/markdown", {"name": "x.ipynb", "content": NOTEBOOK}),
    Ask("POST", "nbconvert/gone", {"name": "x.ipynb", "content": NOTEBOOK}),
    Ask("POST", "nbconvert/markdown", {}),
    # the end
    Ask("GET", "api/shutdown"),
    Ask("POST", "api/shutdown"),
)

_HASH: Final = "the answer to a save has the hash of what was saved, so that the next read can be compared with it"
_MISTAKE: Final = "a mistake of the client is no error of the server"
_HIDDEN: Final = "the answer names the setting that shows hidden files"
_FIRST: Final = "the pieces become the file with the last one, so that it is new until then"
DIFFERENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "GET api/contents/gone.txt/checkpoints": "there is no such file",
        "GET api/contents/a.txt?type=zebra": "there is no such type",
        "GET api/contents/..%2Foutside.txt": "the answer says that the path leads out",
        "GET api/contents/.hidden": _HIDDEN,
        "GET files/.hidden": _HIDDEN,
        "GET files/sub": "a folder is no file",
        'POST api/contents {"type": "zebra"}': "there is no such type; they make a file",
        'PUT api/contents/new.txt {"type": "file", "format": "text", "content": "new"}': _HASH,
        'PUT api/contents/new.txt {"type": "file", "format": "text", "content": "newer"}': _HASH,
        'PUT api/contents/new.bin {"type": "file", "format": "base64", "content": "AAE="}': _HASH,
        'PUT api/contents/new.ipynb {"type": "notebook", "format": "json", "content": {"cells": ': _HASH,
        'PUT api/contents/folder {"type": "directory"}': "a folder that is there already is not created: 200",
        'PUT api/contents/gone/x.txt {"type": "file", "format": "text", "content": ""}': _MISTAKE,
        'PUT api/contents/x.txt {"type": "file", "format": "text"}': "nothing is no content; they empty the file",
        'PUT api/contents/x.bin {"type": "file", "format": "base64", "content": "!"}': "it is no base64",
        'PUT api/contents/x.ipynb {"type": "notebook", "format": "json", "content": {"cells": ': _MISTAKE,
        'PUT api/contents/.x {"type": "file", "format": "text", "content": ""}': _HIDDEN,
        'PUT api/contents/pieces.bin {"type": "file", "format": "base64", "chunk": 2, "content": ': _FIRST,
        'PUT api/contents/pieces.bin {"type": "file", "format": "base64", "chunk": -1, "content":': _FIRST,
        "POST api/contents/gone.txt/checkpoints": _MISTAKE,
        "POST api/contents/new.txt/checkpoints/zebra": _MISTAKE,
        'PATCH api/contents/gone.txt {"path": "x.txt"}': _MISTAKE,
        "GET api/me": "no field of the user can be changed, so that none is listed",
        'POST api/kernels {"name": "gone"}': _MISTAKE,
        'PATCH api/config/s {"d": {"i": 1}}': "an object takes the place of a list; they fail",
        "PUT api/config/s []": _MISTAKE,
        "GET nbconvert/gone/a.ipynb": _MISTAKE,
        "GET nbconvert/html/a.txt": "to the file as it is; they answer nothing",
        'POST nbconvert/gone {"name": "x.ipynb", "content": {"cells": [{"cell_type": "cod': _MISTAKE,
        "POST nbconvert/markdown {}": _MISTAKE,
        "PATCH api/config/s 1": _MISTAKE,
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, as far as it is compared."""

    status: int
    kind: str
    """The Content-Type without its parameters; empty where there is no body."""
    shape: object
    """The body with the types of its values, for what succeeded."""
    location: bool


def shape_of(value: object) -> object:
    """Keys and types of a JSON value; of a list, all that its items have."""
    if isinstance(value, dict):
        return {key: shape_of(item) for key, item in sorted(cast("dict[str, object]", value).items())}
    if isinstance(value, list):
        shapes = {json.dumps(shape_of(item)) for item in cast("list[object]", value)}
        return [json.loads(shape) for shape in sorted(shapes)]
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def fill(root: Path) -> None:
    (root / "sub").mkdir(parents=True)
    (root.parent / "outside.txt").write_text("outside")
    (root / "a.txt").write_text("text")
    (root / "ä b.txt").write_text("text")
    (root / ".hidden").write_text("hidden")
    (root / "a.bin").write_bytes(b"\xff\x00")
    (root / "page.html").write_text("<p>")
    (root / "broken.ipynb").write_text("{broken")
    (root / "a.ipynb").write_text(json.dumps(NOTEBOOK, indent=1) + "\n")


def answers(port: int) -> dict[str, Answer]:
    """To all requests, one after the other; a request that is there twice is told apart by its number."""
    found: dict[str, Answer] = {}
    for number, ask in enumerate(REQUESTS):
        name = f"{number:02} {ask}"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS)
        data = None if ask.body is None else json.dumps(ask.body)
        connection.request(ask.method, f"/{ask.path}", data, {"Authorization": f"token {TOKEN}"})
        response = connection.getresponse()
        body = response.read()
        kind = (response.getheader("Content-Type") or "").partition(";")[0] if body else ""
        ok = response.status < 300
        shape = shape_of(json.loads(body)) if ok and kind == "application/json" else None
        found[name] = Answer(response.status, kind if ok else "", shape, response.getheader("Location") is not None)
        connection.close()
    return found


@contextmanager
def jupyter_server(home: Path) -> Generator[int]:
    """Theirs; its port."""
    fill(home / "root")
    command = [str(other_clients.PYTHON), "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    options = ["--port=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={home / 'root'}"]
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin", "JUPYTER_PREFER_ENV_PATH": "1"}
    with (home / "log").open("wb") as log:
        popen = subprocess.Popen([*command, *options], env=environ, stdout=log, stderr=log, cwd=home)
    try:
        yield port_of(home / "log", popen)
    finally:
        popen.kill()
        popen.wait(LIMIT_SECONDS)


def port_of(log: Path, popen: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + LIMIT_SECONDS
    while (found := ADDRESS.search(log.read_text(errors="replace"))) is None:
        assert popen.poll() is None, log.read_text()
        assert time.monotonic() < deadline
        select.select([], [], [], 0.05)
    return int(found[1])


def test_the_same_requests_are_answered_in_the_same_way(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for home in (ours, theirs):
        home.mkdir()
    fill(ours / "root")
    path = f"{other_clients.PYTHON.parent}{os.pathsep}{os.environ['PATH']}"  # jupyter-nbconvert is there
    with program(ours, "serve", str(ours / "root"), "--token", TOKEN, environ={"PATH": path}) as served:
        address = ADDRESS.search(served.url())
        assert address is not None
        mine = answers(int(address[1]))
    with jupyter_server(theirs) as port:
        others = answers(port)

    different = {name: (mine[name], others[name]) for name in mine if mine[name] != others[name]}
    unexplained = {name: pair for name, pair in different.items() if name.partition(" ")[2] not in DIFFERENT}
    assert unexplained == {}
    assert {name.partition(" ")[2] for name in different} == set(DIFFERENT), "some are no longer different"
