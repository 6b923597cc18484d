"""What tests of the whole share."""

from __future__ import annotations

from functools import partial

import pytest

from tests.system import real_kernel
from tests.system.real_kernel import WAYS, Play


@pytest.fixture(name="play", params=WAYS)
def kernels_of_each_kind(request: pytest.FixtureRequest) -> Play:
    """The kernel has come about in each of the ways: nobody shall notice which it was."""
    return partial(real_kernel.play, str(request.param))
