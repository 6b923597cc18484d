"""A screen for the tests of the window."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.system.display import Screen, screen


@pytest.fixture(scope="session")
def shown() -> Generator[Screen]:
    """One screen for all of them."""
    with screen() as opened:
        yield opened
