"""A process that asks a server something small again and again, and says how long the slowest answer took.

    python -m bench.pinger PORT TOKEN     a line on stdin: the slowest since the last one, in milliseconds, on stdout

A process of its own, so that what the measuring program does itself is not in the figure.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from bench.serving import ROOT, TOKEN, Serving

PAUSE_SECONDS = 0.002


class Pinger:
    """The other process, from here."""

    def __init__(self, popen: subprocess.Popen[str]) -> None:
        self._popen = popen

    def slowest(self) -> float:
        """Milliseconds of the slowest answer since this was asked last; waits for one that is on its way."""
        if self._popen.stdin is None or self._popen.stdout is None:
            raise LookupError
        self._popen.stdin.write("\n")
        self._popen.stdin.flush()
        return float(self._popen.stdout.readline())


@contextmanager
def pinging(server: Serving) -> Generator[Pinger]:
    """Ask this server from now on."""
    command = [sys.executable, "-m", "bench.pinger", str(server.port), TOKEN]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as popen:
        try:
            pinger = Pinger(popen)
            pinger.slowest()
            yield pinger
        finally:
            popen.terminate()


def main(arguments: Sequence[str]) -> int:
    """Ask and answer."""
    port, token = arguments
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    asked = threading.Event()
    threading.Thread(target=hear, args=(asked,), daemon=True).start()
    slowest = 0.0
    while True:
        began = time.perf_counter()
        connection.request("GET", "/api/status", headers={"Authorization": f"token {token}"})
        connection.getresponse().read()
        slowest = max(slowest, time.perf_counter() - began)
        if asked.is_set():
            asked.clear()
            print(f"{1e3 * slowest:.3f}", flush=True)
            slowest = 0.0
        time.sleep(PAUSE_SECONDS)


def hear(asked: threading.Event) -> None:
    """Lines on stdin."""
    for _ in sys.stdin:
        asked.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
