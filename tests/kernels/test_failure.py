"""Why a kernel could not start, in a sentence."""

import pytest

from adrastea.kernels.exit import Exit
from adrastea.kernels.failure import port_taken, why_not_started

TRACEBACK = """Traceback (most recent call last):
  File "/usr/lib/python3.11/runpy.py", line 198, in _run_module_as_main
"""


@pytest.mark.parametrize(
    "log",
    [
        "/opt/py/bin/python: No module named ipykernel_launcher",
        "/opt/py/bin/python: No module named ipykernel",
        TRACEBACK + "ModuleNotFoundError: No module named 'ipykernel'",
    ],
)
def test_a_python_without_ipykernel_is_told_how_to_get_it(log: str) -> None:
    assert why_not_started(Exit(1), log, "/opt/py/bin/python") == (
        "This kernel's Python has no ipykernel. Install it there: /opt/py/bin/python -m pip install ipykernel"
    )


def test_another_missing_module_is_named() -> None:
    log = TRACEBACK + "ModuleNotFoundError: No module named 'traitlets'"

    assert "has no module 'traitlets'" in why_not_started(Exit(1), log, "python")


@pytest.mark.parametrize(
    "line",
    [
        "zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:5555')",
        "ERROR: EADDRINUSE: listen tcp 127.0.0.1:5555",
        "bind: address already in use",
    ],
)
def test_a_taken_port_is_recognised(line: str) -> None:
    assert port_taken(TRACEBACK + line)
    assert "network port" in why_not_started(Exit(1), TRACEBACK + line, "python")


def test_no_other_end_is_taken_for_a_taken_port() -> None:
    assert not port_taken(TRACEBACK + "OSError: [Errno 28] No space left on device")


def test_what_kept_it_from_running_at_all_is_told_as_it_is() -> None:
    assert why_not_started(Exit(), "The kernel's program 'R' was not found.\n", "R") == (
        "The kernel's program 'R' was not found."
    )


def test_the_last_line_that_it_printed_is_the_best_guess() -> None:
    log = "warming up\n\x1b[31mValueError: bad option\x1b[0m\n\n"

    assert why_not_started(Exit(3), log, "R") == (
        "The kernel ended while it started (exit code 3): ValueError: bad option."
    )


def test_a_kernel_that_says_nothing_is_reported_with_its_exit_code() -> None:
    assert why_not_started(Exit(3), "", "R") == "The kernel ended while it started (exit code 3), without a word."


def test_a_very_long_last_line_is_cut() -> None:
    assert len(why_not_started(Exit(1), "x" * 5000, "R")) < 300


def test_a_signal_is_named() -> None:
    sentence = why_not_started(Exit(signal=9), "warming up", "R")

    assert sentence == (
        "The kernel was, while it started, killed by signal 9 (SIGKILL), possibly because memory ran out."
    )
