"""Bodies that make no sense, sent to every address and method of the route table of the real program.

The addresses come from `routes.py`, the names of fields from the handlers' own sources: what is added there is tried
here by itself. Whatever comes, the answer is no 5xx; a refusal is a sentence in JSON without a path of this machine.
"""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.web import RequestHandler

import adrastea.server
from adrastea.server.handler import SocketHandler
from adrastea.server.methods import answers
from adrastea.server.nbconvert import ConvertFileHandler, ExportersHandler
from adrastea.server.routes import ROUTES
from adrastea.server.status import ShutdownHandler
from tests.server.running import Json
from tests.system.hostile import SECONDS, TOKEN, Target, sentence, target

pytestmark = pytest.mark.slow

FIELD = re.compile(r'fields\.\w+\(\s*\w+(?:\(\))?,\s*"(\w+)"|(?:body|place|content)\.get\("(\w+)"')
GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")
STARTING = (ExportersHandler, ConvertFileHandler)  # they take no body, and may start a program each time
ENDING = (ShutdownHandler,)  # an empty object would end the server; tests/server/test_status.py tries the others
TELLING = ("/api/adrastea/pythons",)  # where Pythons lie is what they are asked for
METHODS = ("get", "post", "put", "patch", "delete")

DEEP = b'{"a":' * 100_000
NESTED = "[" * 900 + "]" * 900
WHOLE = {
    "nothing": b"",
    "null": b"null",
    "a number": b"1",
    "a list": b"[]",
    "a list of objects": b"[{}]",
    "text": b'"x"',
    "an empty object": b"{}",
    "half an object": b'{"path":',
    "no JSON": b"path=a&type=b",
    "not UTF-8": b'{"path":"\xff\xfe"}',
    "UTF-16": '{"path":"a"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a NUL": b"\0",
    "too deep for the parser": DEEP,
    "deep lists": b"[" * 100_000,
    "as deep as the parser goes": f'{{"path":{NESTED},"content":{NESTED}}}'.encode(),
    "a number of 5000 digits": b'{"path":' + b"9" * 5000 + b"}",
    "a number beyond all floats": b'{"path":1e999,"content":-1e999}',
    "NaN": b'{"path":NaN,"type":NaN,"content":NaN}',
    "the same field twice": b'{"path":1,"path":{},"type":1,"type":"file"}',
    "two objects": b"{}{}",
    "a comment": b"{/**/}",
    "spaces": b" " * 1000,
    "10 MB of spaces": b" " * 10_000_000,
}
VALUES: tuple[Json, ...] = (
    None,
    True,
    1,
    -1,
    1e300,
    10**400,
    "",
    ".",
    "..",
    "../../etc/passwd",
    "/etc/passwd",
    "a\0b",
    "\ud800",
    "none/none/none",
    "x" * 5000,
    "x/" * 3000,
    [],
    [1],
    {},
    {"name": 1, "id": [], "path": {}},
    {"name": "\ud800", "id": "\0"},
    {"cells": 1, "metadata": [], "nbformat": "4", "nbformat_minor": None},
    {"cells": [1, None, {}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5},
)
NOTEBOOKS: tuple[Json, ...] = (
    {"cells": [{"cell_type": "code", "source": 1, "metadata": [], "outputs": {}, "id": []}]},
    {"cells": [{"cell_type": [], "source": [1], "metadata": {}, "outputs": [{}], "id": "\ud800"}]},
    {
        "cells": [
            {"cell_type": "code", "source": "", "metadata": {}, "outputs": [{"output_type": "stream", "text": {}}]}
        ]
    },
    {"cells": [], "metadata": {"x": 10**400}, "nbformat": 10**400},
    {"cells": [], "metadata": {}, "nbformat": 4.5, "nbformat_minor": -1},
    {"worksheets": [1], "nbformat": 3},
    {"worksheets": [{"cells": [{"cell_type": "heading", "level": "x"}]}], "nbformat": 3},
)


def field_names() -> set[str]:
    """The names of all fields that a handler looks for."""
    folder = Path(adrastea.server.__file__).parent
    sources = [file.read_text(encoding="utf-8") for file in folder.glob("*.py")]
    return {name for source in sources for names in FIELD.findall(source) for name in names if name}


def bodies() -> Iterator[tuple[str, bytes]]:
    yield from WHOLE.items()
    for name in sorted(field_names()):
        for value in VALUES:
            usual = {"type": "file", "format": "text", "content": "x", "path": "c.txt"}
            yield f"{name}={str(value)[:20]}", json.dumps({**usual, name: value}).encode()
    for notebook in NOTEBOOKS:
        yield "a notebook", json.dumps({"type": "notebook", "format": "json", "content": notebook}).encode()


def addresses() -> Iterator[tuple[str, str]]:
    """Every method of every address; `{id}` stands for what an address names."""
    for pattern, late in ROUTES:
        handler = late.load()
        if not issubclass(handler, (SocketHandler, *ENDING, *STARTING)):
            for method in METHODS:
                if answers(handler, method):
                    yield method.upper(), "/" + GROUP.sub("{id}", pattern).removesuffix("/?").rstrip("?")


ADDRESSES = sorted(set(addresses()))


@pytest.fixture(scope="module", name="attacked")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(tmp_path_factory.mktemp("bodies")) as made:
        yield made
        made.assert_unharmed()


class Sender:
    """Requests with the token on one connection, made anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def send(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        self.connection.request(method, path, body, {"Authorization": f"token {TOKEN}"})
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def named(attacked: Target, method: str, path: str) -> str:
    """The address with names of things that are there, unless it would end them."""
    known = {"/api/sessions/{id}": attacked.session, "/api/contents{id}": "/a.txt", "/files/{id}": "a.txt"}
    thing = known.get(path, "none") if method != "DELETE" else "/none"
    return path.replace("{id}", thing).replace("//", "/")


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_no_body_brings_a_failure_of_the_server(attacked: Target, method: str, path: str) -> None:
    sender, where = Sender(attacked.port), named(attacked, method, path)
    wrong: dict[str, object] = {}
    for what, body in bodies():
        status, answer = sender.send(method, where, body)
        leaks = str(attacked.program.home).encode() in answer and (status >= 400 or path not in TELLING)
        if status >= 500 or leaks or b"Traceback" in answer:
            wrong[what] = (status, answer[:200])
        elif status >= 400 and path.startswith("/api"):
            assert sentence(answer), what
    sender.connection.close()

    assert not wrong
    attacked.assert_unharmed()


def test_every_route_is_tried_with_every_method_that_it_has() -> None:
    handlers: set[type[RequestHandler]] = {late.load() for _, late in ROUTES}

    handlers = {handler for handler in handlers if not issubclass(handler, SocketHandler)}
    assert len(ADDRESSES) >= len(handlers) - len(ENDING) - len(STARTING)
    assert {"path", "type", "content", "name", "id", "kernel", "notebook", "copy_from"} <= field_names()
