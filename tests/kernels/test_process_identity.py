"""Which process a number means, on the system that the tests run on."""

from __future__ import annotations

import os

from adrastea.kernels import process_identity


def test_a_process_that_lives_has_begun_at_one_time() -> None:
    assert process_identity.begun(os.getpid()).isdigit()
    assert process_identity.begun(os.getpid()) == process_identity.begun(os.getpid())


def test_the_machine_is_the_same_for_as_long_as_it_runs() -> None:
    assert process_identity.machine() == process_identity.machine() != ""
    assert process_identity.host() != ""


def test_the_memory_of_a_process_is_known_while_it_lives() -> None:
    assert process_identity.resident_bytes(os.getpid()) > 1_000_000
    assert process_identity.resident_bytes(0) == 0
