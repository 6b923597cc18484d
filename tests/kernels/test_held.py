"""What waits for a kernel to open: order, and the bound."""

from __future__ import annotations

import pytest

from adrastea.errors import Unavailable
from adrastea.kernels.held import LIMIT_BYTES, Held
from adrastea.protocol.wire import Frames


def frames(size: int = 1) -> Frames:
    return Frames(b"{}", b"{}", b"{}", b"x" * size)


def test_what_waits_is_taken_once_and_in_order() -> None:
    held, one, other = Held(), frames(1), frames(2)
    held.put("shell", one)
    held.put("control", other)

    assert held.take() == [("shell", one), ("control", other)]
    assert held.take() == []


def test_too_much_is_refused_until_what_waits_is_taken() -> None:
    held, half = Held(), frames(LIMIT_BYTES * 2 // 3)
    held.put("shell", half)
    with pytest.raises(Unavailable):
        held.put("shell", half)

    held.take()

    held.put("shell", half)
