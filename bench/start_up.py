"""How long `serve` takes to its first answer, and how much memory it holds: idle, and with one kernel.

Run it with `python -m bench.start_up [PROGRAM …]` from the root of the repository, for example on `dist/adrastea`;
without a program it takes `app.py`, and then the one files in `dist/`. Each is started several times, in turn, on a
folder of its own. Printed are the median, least and most of each figure. Times are in milliseconds, memory is resident,
in MiB, of all processes of the program but its kernels (Linux only: read from /proc).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "bench"  # noqa: S105 -- of a server on loopback that lives for a second
RUNS = 7
LIMIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """One start."""

    answered_ms: float
    idle_mib: float
    kernel_ms: float
    with_kernel_mib: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {RUNS} starts of each after one that is not counted")
    programs = {name: (str(Path(name).absolute()),) for name in arguments} or found()
    runs: dict[str, list[Figures]] = {name: [] for name in programs}
    for number in range(RUNS + 1):
        for name, command in programs.items():
            with tempfile.TemporaryDirectory() as folder:
                figures = measure(Path(folder), command)
            if number:
                runs[name].append(figures)
    for name, of_it in runs.items():
        print(f"\n{name}")
        show("start to the first answered request", "ms", [run.answered_ms for run in of_it])
        show("resident set then", "MiB", [run.idle_mib for run in of_it])
        show("POST of a session to an idle kernel", "ms", [run.kernel_ms for run in of_it])
        show("resident set with one kernel", "MiB", [run.with_kernel_mib for run in of_it])
    return 0


def found() -> dict[str, tuple[str, ...]]:
    """The program from source, and as one file as far as it was made."""
    files = {f"dist/{name}": (str(ROOT / "dist" / name),) for name in ("adrastea", "adrastea-pyinstaller")}
    return {
        "app.py": (sys.executable, str(ROOT / "app.py")),
        **{name: command for name, command in files.items() if Path(command[0]).exists()},
    }


def show(what: str, unit: str, figures: list[float]) -> None:
    """One line: median, least, most."""
    median, least, most = statistics.median(figures), min(figures), max(figures)
    print(f"{what:38} {median:7.1f} {unit:4} (least {least:.1f}, most {most:.1f})")


def measure(folder: Path, command: Sequence[str]) -> Figures:
    """Start once, ask, start a kernel, end."""
    begun = time.perf_counter()
    with serving(folder, command) as (process, address):
        ask(address + "api/status")
        answered = time.perf_counter()
        idle = resident_mib(process.pid)
        ask(address + "api/sessions", {"path": "n.ipynb", "name": "n.ipynb", "type": "notebook", "kernel": {}})
        while '"execution_state":"idle"' not in ask(address + "api/kernels"):
            if time.perf_counter() - answered > LIMIT_SECONDS:
                message = "the kernel did not become idle"
                raise TimeoutError(message)
        ready = time.perf_counter()
        return Figures((answered - begun) * 1e3, idle, (ready - answered) * 1e3, resident_mib(process.pid))


@contextmanager
def serving(folder: Path, command: Sequence[str]) -> Generator[tuple[subprocess.Popen[str], str]]:
    """The server in a process of its own, and its address."""
    argv = [*command, "serve", str(folder), "--port", "0", "--token", TOKEN]
    own = {name: str(folder) for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))  # with a kernel
    environment = {**os.environ, **own, "PATH": path}
    with subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield process, line.split(" at ")[-1].split("?")[0].strip()
        finally:
            process.terminate()


def ask(address: str, body: dict[str, object] | None = None) -> str:
    """The answer to a GET, or to a POST of `body`."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Authorization": f"token {TOKEN}"})  # noqa: S310 -- our own
    with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:  # noqa: S310
        return str(answer.read(), "utf-8")


def resident_mib(pid: int) -> float:
    """The resident set of a process, and of a child that runs the same file: a launcher that waits for its program."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own_resident_mib(pid) + sum(own_resident_mib(int(child)) for child in children if same_program(pid, child))


def same_program(one: int, other: str) -> bool:
    """Whether two processes have the same command line."""
    return Path(f"/proc/{one}/cmdline").read_bytes() == Path(f"/proc/{other}/cmdline").read_bytes()


def own_resident_mib(pid: int) -> float:
    """The resident set of a process alone."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
