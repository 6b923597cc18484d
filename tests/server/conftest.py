"""Servers for the tests of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Running, running


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server without kernels that the tests of a file share, because they leave nothing behind that matters."""
    with running(tmp_path_factory.mktemp("standing")) as server:
        yield server


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """A server without kernels."""
    with running(tmp_path) as server:
        yield server
