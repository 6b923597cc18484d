"""How often somebody may guess."""

from __future__ import annotations

import pytest

from adrastea.server.attempts import Attempts, delay_seconds


class Clock:
    """A time that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def after(failures: int, clock: Clock, address: str = "10.0.0.1") -> Attempts:
    attempts = Attempts(clock)
    for _ in range(failures):
        attempts.failed(address)
    return attempts


def test_typing_errors_cost_nothing() -> None:
    assert after(5, Clock()).wait_seconds("10.0.0.1") == 0


@pytest.mark.parametrize(("failures", "seconds"), [(6, 1), (7, 2), (8, 4), (12, 60), (10_000, 60)])
def test_each_failure_more_makes_the_wait_twice_as_long_up_to_a_minute(failures: int, seconds: int) -> None:
    assert delay_seconds(failures) == seconds


def test_a_wait_comes_to_its_end() -> None:
    clock = Clock()
    attempts = after(7, clock)

    clock.now = 1.5
    assert attempts.wait_seconds("10.0.0.1") == 1
    clock.now = 2.0
    assert attempts.wait_seconds("10.0.0.1") == 0


def test_others_need_not_wait() -> None:
    assert after(9, Clock()).wait_seconds("10.0.0.2") == 0


def test_the_addresses_of_one_ipv6_network_count_as_one() -> None:
    attempts = after(9, Clock(), "2001:db8::1")

    assert attempts.wait_seconds("2001:db8::2:1") > 0
    assert attempts.wait_seconds("2001:db8:1::1") == 0


@pytest.mark.parametrize("address", ["::1", "fe80::1%eth0", ":", "", "no:address"])
def test_no_address_brings_it_down(address: str) -> None:
    assert after(9, Clock(), address).wait_seconds(address) > 0


def test_who_knows_the_secret_begins_anew() -> None:
    attempts = after(9, Clock())

    attempts.succeeded("10.0.0.1")

    assert attempts.wait_seconds("10.0.0.1") == 0


def test_an_address_that_has_not_failed_for_long_begins_anew() -> None:
    clock = Clock()
    attempts = after(9, clock)

    clock.now = 901.0
    attempts.failed("10.0.0.1")

    assert attempts.wait_seconds("10.0.0.1") == 0


def test_a_thousand_addresses_are_kept_and_no_more() -> None:
    attempts = after(9, Clock(), "10.9.9.9")

    for number in range(1024):
        attempts.failed(f"10.0.{number // 256}.{number % 256}")

    assert attempts.wait_seconds("10.9.9.9") == 0
