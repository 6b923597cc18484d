"""How long it takes from asking for a kernel to its first answer, and how much memory each kernel holds.

Run it with `python -m bench.kernel_start [--jupyter PATH]` from the root of the repository. It starts the server on a
folder of its own, once with nothing kept ready (`warm_kernels = false`), once as it is, and with `--jupyter` once the
`jupyter-server` at that path, and does to each what a page does: POST a session, open the kernel's WebSocket, ask for
`kernel_info`. A spare process is had by a kernelspec whose command is not plainly ipykernel's. Times are in
milliseconds; memory is the proportional set size (Linux only: read from /proc) of all that the server has started,
divided by the number of kernels.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "bench"  # noqa: S105 -- of a server on loopback that lives for a minute
RUNS = 15
SPARE_RUNS = 5
SPARE_SECONDS = 6.0  # until the next one is ready
MANY = (16, 64)
LIMIT_SECONDS = 120.0
LAUNCHER = "from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"


@dataclass(frozen=True, slots=True)
class Server:
    """One running server."""

    pid: int
    address: str
    """Ends with a slash."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="From asking for a kernel to its first answer.")
    parser.add_argument("--jupyter", metavar="PATH", help="a jupyter-server to compare with")
    jupyter = parser.parse_args().jupyter
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}; medians of {RUNS}, after a first one")
    for name, argv in commands(jupyter).items():
        with tempfile.TemporaryDirectory() as folder:
            install_wrapped(Path(folder))
            with serving(Path(folder), argv, warm=name == "adrastea") as server:
                asyncio.run(measure(name, server))
    return 0


def commands(jupyter: str | None) -> dict[str, Sequence[str]]:
    """The servers, by name."""
    ours = [sys.executable, "app.py", "serve"]
    found: dict[str, Sequence[str]] = {"adrastea, nothing kept ready": ours, "adrastea": ours}
    return found if jupyter is None else {**found, "jupyter_server": [jupyter, "--ServerApp.disable_check_xsrf=True"]}


async def measure(name: str, server: Server) -> None:
    """All figures of one server."""
    first, *times = [await first_answer(server, "python3") for _ in range(RUNS + 1)]
    show(f"{name}: POST to kernel_info_reply", times)
    show(f"{name}: the same, the first after the start", [first])
    if name == "adrastea":
        await first_answer(server, "wrapped")
        spare: list[float] = []
        for _ in range(SPARE_RUNS):
            await asyncio.sleep(SPARE_SECONDS)
            spare.append(await first_answer(server, "wrapped"))
        show(f"{name}: the same with a spare process", spare)
    for count in MANY:
        begun = time.perf_counter()
        kernels = await asyncio.gather(*(post(server, "python3") for _ in range(count)))
        outcomes = await asyncio.gather(*(answered(server, kernel) for kernel in kernels), return_exceptions=True)
        missing = [outcome for outcome in outcomes if outcome is not None]
        taken = (time.perf_counter() - begun) * 1e3
        held = sum(pss_mib(pid) for pid in descendants(server.pid)) / count
        print(f"{f'{name}: {count} kernels until all have answered':64} {taken:8.0f} ms; {held:.1f} MiB each")
        if missing:
            print(f"{len(missing)} of them did not answer: {missing[0]!r}")
        await asyncio.gather(*(delete(server, kernel) for kernel in kernels))


def show(what: str, figures: list[float]) -> None:
    """One line: median, least, most."""
    print(f"{what:64} {statistics.median(figures):8.0f} ms (least {min(figures):.0f}, most {max(figures):.0f})")


async def first_answer(server: Server, kernelspec: str) -> float:
    """One kernel from POST to `kernel_info_reply`, in milliseconds; it is shut down then."""
    begun = time.perf_counter()
    kernel = await post(server, kernelspec)
    await answered(server, kernel)
    taken = (time.perf_counter() - begun) * 1e3
    await delete(server, kernel)
    return taken


async def post(server: Server, kernelspec: str) -> str:
    """Ask for a session with a kernel; the kernel's id."""
    name = f"{uuid4().hex}.ipynb"
    body = {"path": name, "name": name, "type": "notebook", "kernel": {"name": kernelspec}}
    answer = await ask(server, "api/sessions", "POST", json.dumps(body))
    return str(json.loads(answer)["kernel"]["id"])


async def delete(server: Server, kernel: str) -> None:
    """Shut the kernel down."""
    await ask(server, f"api/kernels/{kernel}", "DELETE")


async def ask(server: Server, path: str, method: str, body: str | None = None) -> bytes:
    """The body of the answer."""
    headers = {"Authorization": f"token {TOKEN}"}
    answer = await AsyncHTTPClient(max_clients=100).fetch(
        server.address + path, method=method, body=body, headers=headers, request_timeout=LIMIT_SECONDS
    )
    return answer.body


async def answered(server: Server, kernel: str) -> None:
    """Open the kernel's WebSocket, ask for its info and wait for the reply."""
    address = f"{server.address.replace('http', 'ws', 1)}api/kernels/{kernel}/channels?token={TOKEN}"
    socket: WebSocketClientConnection = await websocket_connect(address)
    header = {"msg_id": uuid4().hex, "session": uuid4().hex, "username": "bench", "msg_type": "kernel_info_request"}
    stamp = {"date": datetime.now(UTC).isoformat(), "version": "5.3"}
    request = {"channel": "shell", "header": header | stamp, "parent_header": {}, "metadata": {}, "content": {}}
    await socket.write_message(json.dumps(request))
    async with asyncio.timeout(LIMIT_SECONDS):
        while "kernel_info_reply" not in (said := str(await socket.read_message())):
            if said == "None":
                message = "the server has closed the WebSocket"
                raise ConnectionError(message)
    socket.close()


def install_wrapped(folder: Path) -> None:
    """A kernelspec of the same kernel, by a command that nobody can fork."""
    home = folder / "jupyter" / "kernels" / "wrapped"
    home.mkdir(parents=True)
    argv = [sys.executable, "-c", LAUNCHER, "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Wrapped", "language": "python"}
    (home / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


@contextmanager
def serving(folder: Path, argv: Sequence[str], *, warm: bool) -> Generator[Server]:
    """The server in a process of its own."""
    (folder / "adrastea").mkdir()
    (folder / "adrastea" / "settings.toml").write_text(f"warm_kernels = {str(warm).lower()}\n", encoding="ascii")
    files = {"XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder), "JUPYTER_PATH": str(folder / "jupyter")}
    ours = "app.py" in argv
    options = ["--port", "0", "--token", TOKEN] if ours else jupyter_options(folder)
    command = [*argv, str(folder), *options] if ours else [*argv, *options]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **files}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            if ours:
                line = process.stdout.readline() if process.stdout else ""
                address = line.split(" at ")[-1].split("?")[0].strip()
            else:
                address = f"http://127.0.0.1:{wait_for_port(folder)}/"
            yield Server(process.pid, address)
        finally:
            process.terminate()


def jupyter_options(folder: Path) -> list[str]:
    """What jupyter_server is told."""
    return [f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}", "--no-browser", "--allow-root"]


def wait_for_port(folder: Path) -> int:
    """The port that jupyter_server has written down."""
    begun = time.monotonic()
    runtime = Path(os.environ.get("JUPYTER_RUNTIME_DIR", str(Path.home() / ".local/share/jupyter/runtime")))
    while time.monotonic() - begun < LIMIT_SECONDS:
        for file in runtime.glob("jpserver-*.json"):
            told = json.loads(file.read_text(encoding="utf-8") or "{}")
            if told.get("root_dir") == str(folder):
                return int(told["port"])
        time.sleep(0.1)
    message = "jupyter_server did not start"
    raise TimeoutError(message)


def descendants(pid: int) -> list[int]:
    """The processes that this one has started, and those that they have."""
    try:
        children = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:  # it has ended meanwhile
        return []
    return [*children, *(found for child in children for found in descendants(child))]


def pss_mib(pid: int) -> float:
    """The proportional set size of a process."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    sys.exit(main())
