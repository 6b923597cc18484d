"""The route table: every address has a handler of ours, and comes once."""

from __future__ import annotations

import re

from adrastea.server.handler import Handler, SocketHandler
from adrastea.server.routes import routes
from tests.server.running import Running


def test_every_handler_checks_credentials_by_being_one_of_ours(served: Running) -> None:
    table = served.thread.call(lambda application: routes(application.services))

    assert all(issubclass(handler, (Handler, SocketHandler)) for _, handler, _ in table)


def test_every_pattern_compiles_and_comes_once(served: Running) -> None:
    patterns = [pattern for pattern, _, _ in served.thread.call(lambda application: routes(application.services))]

    assert len(set(patterns)) == len(patterns)
    assert all(re.compile(pattern) for pattern in patterns)


def test_contents_and_kernels_are_not_taken_for_assets(served: Running) -> None:
    assert served.api("GET", "api/contents/").object()["type"] == "directory"
    assert served.api("GET", "api/contents").object()["type"] == "directory"
    assert served.api("GET", "api/kernels").list() == []
