"""What /proc says of processes whose names are odd, and of those that have ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from adrastea.kernels import linux_processes


def test_a_name_with_blanks_and_brackets_is_no_trouble() -> None:
    code = "import ctypes; ctypes.CDLL(None).prctl(15, b') 0 0 (x'); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as popen:
        assert popen.stdout is not None
        popen.stdout.readline()

        assert linux_processes.begun(popen.pid).isdigit()

        popen.kill()


def test_a_process_that_has_ended_has_not_begun_although_its_number_is_kept() -> None:
    popen = subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()"])
    popen.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, popen.pid, os.WEXITED | os.WNOWAIT)

    assert linux_processes.begun(popen.pid) == ""

    popen.wait()
    assert linux_processes.begun(popen.pid) == ""
