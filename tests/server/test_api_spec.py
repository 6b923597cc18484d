"""The OpenAPI document and the route table name the same addresses and methods.

Whoever adds a route describes it in `adrastea/server/api_spec.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

import pytest
import yaml
from tornado.web import RequestHandler

from adrastea import __version__
from adrastea.server.api_spec import document
from adrastea.server.handler import Handler, SocketHandler
from adrastea.server.pages import AssetHandler, IndexHandler, ToPageHandler
from adrastea.server.routes import routes
from tests.server.running import Running

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
PAGES = (AssetHandler, IndexHandler, ToPageHandler)
"""What a browser shows is no interface."""
PARAMETER = re.compile(r"\{\w+\}")
ERRORS = ("400", "403", "404", "409", "413", "503", "507")


@dataclass(frozen=True, slots=True)
class Address:
    """A row of the route table."""

    pattern: re.Pattern[str]
    handler: type[RequestHandler]

    def methods(self) -> set[str]:
        """What can be done there; a WebSocket begins as a GET. HEAD and OPTIONS, which all have, are left out."""
        if issubclass(self.handler, SocketHandler):
            return {"get"}
        usual = {getattr(kind, name) for kind in (RequestHandler, Handler) for name in METHODS}
        return {name for name in METHODS if getattr(self.handler, name) not in usual}


@pytest.fixture(name="table")
def route_table(standing: Running) -> list[Address]:
    rows = standing.thread.call(lambda application: routes(application.services))
    handlers = [(pattern, handler.load()) for pattern, handler, _ in rows]
    return [Address(re.compile(f"{pattern}$"), handler) for pattern, handler in handlers if handler not in PAGES]


@cache
def described() -> dict[str, dict[str, object]]:
    """The document's paths."""
    whole: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(document())
    return whole["paths"]


def operations() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Path, method and description of everything that can be asked."""
    for path, item in described().items():
        for method in METHODS:
            if method in item:
                yield path, method, cast("dict[str, object]", item[method])


def sample(path: str) -> str:
    """A path with something in place of its parameters."""
    return PARAMETER.sub("x", path)


def address_of(path: str, table: list[Address]) -> Address | None:
    """The first row that serves a path of the document, as Tornado chooses it."""
    return next((address for address in table if address.pattern.match(sample(path))), None)


def test_every_address_that_there_is_stands_in_the_document_with_each_of_its_methods(table: list[Address]) -> None:
    missing = {
        (address.pattern.pattern, method)
        for address in table
        for method in address.methods()
        if not any(method == known and address_of(path, table) == address for path, known, _ in operations())
    }

    assert missing == set()


def test_everything_that_the_document_names_is_there(table: list[Address]) -> None:
    invented = {
        (path, method)
        for path, method, _ in operations()
        if (address := address_of(path, table)) is None or method not in address.methods()
    }

    assert invented == set()


def test_every_operation_has_a_name_of_its_own() -> None:
    ids = [str(operation["operationId"]) for _, _, operation in operations()]

    assert len(set(ids)) == len(ids)


def test_every_error_of_the_document_has_the_shape_of_an_error() -> None:
    whole = yaml.safe_load(document())
    odd = {
        (path, method, status)
        for path, method, operation in operations()
        for status, response in cast("dict[str, dict[str, str]]", operation["responses"]).items()
        if status in ERRORS and "$ref" not in response
    }

    assert odd == set()
    assert whole["components"]["schemas"]["Error"]["required"] == ["message", "reason"]


def test_the_document_is_served_to_who_has_the_token(standing: Running) -> None:
    reply = standing.api("GET", "api/spec.yaml")

    assert reply.status == 200
    assert reply.headers["Content-Type"] == "text/x-yaml; charset=UTF-8"
    assert reply.body == document()
    assert standing.ask("GET", "api/spec.yaml").status == 403


def test_its_version_is_that_of_the_program() -> None:
    assert yaml.safe_load(document())["info"]["version"] == __version__
