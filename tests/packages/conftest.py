"""The one file that the packages carry: `dist/adrastea`, which `make app` makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from build.deb import read_app
from tests.system.display import Screen, screen

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def app() -> bytes:
    """The program. Without it these tests fail: they are about nothing else."""
    return read_app(ROOT / "dist" / "adrastea")


@pytest.fixture(scope="module")
def shown() -> Iterator[Screen]:
    """A screen."""
    with screen() as opened:
        yield opened
