"""Servers for the tests of the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Running, running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Running]:
    """A server without kernels."""
    with running(tmp_path) as server:
        yield server
