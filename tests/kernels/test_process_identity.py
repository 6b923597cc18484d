"""Which process a number means (Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from adrastea.kernels import process_identity


def test_a_process_that_lives_has_begun_at_one_time() -> None:
    assert process_identity.begun(os.getpid()).isdigit()
    assert process_identity.begun(os.getpid()) == process_identity.begun(os.getpid())


def test_a_name_with_blanks_and_brackets_is_no_trouble() -> None:
    code = "import ctypes; ctypes.CDLL(None).prctl(15, b') 0 0 (x'); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as popen:
        assert popen.stdout is not None
        popen.stdout.readline()

        assert process_identity.begun(popen.pid).isdigit()

        popen.kill()


def test_a_process_that_has_ended_has_not_begun_although_its_number_is_kept() -> None:
    popen = subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()"])
    popen.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, popen.pid, os.WEXITED | os.WNOWAIT)

    assert process_identity.begun(popen.pid) == ""

    popen.wait()
    assert process_identity.begun(popen.pid) == ""


def test_the_machine_is_the_same_for_as_long_as_it_runs() -> None:
    assert process_identity.machine() == process_identity.machine() != ""
    assert process_identity.host() != ""


def test_the_memory_of_a_process_is_known_while_it_lives() -> None:
    assert process_identity.resident_bytes(os.getpid()) > 1_000_000
    assert process_identity.resident_bytes(0) == 0
