"""The one file that the packages carry: `dist/adrastea`, which `make app` makes, or the one under test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from build.deb import read_app
from tests.system.display import Screen, screen
from tests.system.program import ONE_FILE


@pytest.fixture(scope="session")
def app() -> bytes:
    """The program. Without it these tests fail: they are about nothing else."""
    return read_app(ONE_FILE)


@pytest.fixture(scope="module")
def shown() -> Iterator[Screen]:
    """A screen."""
    with screen() as opened:
        yield opened
