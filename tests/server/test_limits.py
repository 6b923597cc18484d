"""What one client may cost."""

from __future__ import annotations

from adrastea.server.limits import Limits


def test_a_process_with_few_descriptors_keeps_half_of_them_for_kernels_and_files() -> None:
    fitted = Limits().fitted(256)

    assert (fitted.connections, fitted.sockets) == (64, 64)


def test_more_descriptors_than_needed_change_nothing() -> None:
    assert Limits().fitted(1_000_000) == Limits()


def test_a_longer_body_may_take_longer() -> None:
    limits = Limits(body_seconds=30, body_bytes_per_second=1000)

    assert (limits.seconds_for(0), limits.seconds_for(60_000)) == (30, 90)
