"""`app.py serve` in a process of its own, with a folder of its own, and what it costs, as the system counts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "bench"  # noqa: S105 -- of a server on loopback that lives for the measurement
LIMIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers."""

    pid: int
    port: int

    def ask(self, path: str, body: Mapping[str, object] | None = None, method: str | None = None) -> Any:  # noqa: ANN401 -- JSON
        """What it answers to a request of its REST interface, parsed."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}", data, {"Authorization": f"token {TOKEN}"}, method=method
        )
        with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None

    def cpu_seconds(self) -> float:
        """Processor time of all its threads until now, from the scheduler's own accounting; children apart."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9

    def wakeups(self) -> int:
        """How often its threads have waited for something and gone on."""
        return sum(self._status(task, "voluntary_ctxt_switches") for task in Path(f"/proc/{self.pid}/task").iterdir())

    def resident_mib(self) -> float:
        """Its resident set."""
        return self._status(Path(f"/proc/{self.pid}"), "VmRSS") / 1024

    def _status(self, folder: Path, name: str) -> int:
        for line in (folder / "status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
        raise LookupError(name)


@contextmanager
def serving(folder: Path, *options: str, root: Path = ROOT) -> Generator[Serving]:
    """Serve the folder with these options of the command line; kernelspecs are those in `folder/data` first.

    `root` is the working copy whose program it is.
    """
    environment = {
        **os.environ,
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
        "JUPYTER_DATA_DIR": str(folder / "data"),
    }
    argv = [sys.executable, "app.py", "serve", str(folder), "--port", "0", "--token", TOKEN, *options]
    with subprocess.Popen(argv, cwd=root, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield Serving(process.pid, int(line.split("127.0.0.1:")[1].split("/")[0]))
        finally:
            process.terminate()
            process.wait(LIMIT_SECONDS)
