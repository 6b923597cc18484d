"""Adrastea's page beside JupyterLab's in Chromium: opening, typing, scrolling, running, a flood, memory, idleness.

`make bench-ui` runs it; `python -m bench.ui --help` says what can be chosen. JupyterLab is installed from PyPI into an
environment of its own. Each scenario runs once in each application before the next one begins, every second time the
other way round, each in a browser that was started for it (`ui/bench/`, with playwright-core). Results go to
`bench/results/` after each of them: `ui.json` with every figure of every round, `ui.md` with the medians. Ctrl-C and
SIGTERM end everything that was started; what was measured is written. Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict
from pathlib import Path

from bench import null_kernel
from bench.comparison import machine, rest
from bench.comparison.notebooks import NOTEBOOKS
from bench.comparison.page_report import Measured, table
from bench.comparison.progress import Progress
from bench.comparison.running import Running, Silent, end_as_by_ctrl_c, running
from bench.comparison.servers import ROOT, Server, known
from build.console import CACHE, SetupFailed
from build.environment_beside import EnvironmentBeside

RESULTS = Path(__file__).with_name("results")
LAB = EnvironmentBeside(CACHE / "bench-ui-venv", ROOT / "requirements" / "bench-ui.txt")
EXPECTED_SECONDS: Mapping[str, float] = {
    "small": 55,
    "thousand": 30,
    "large": 15,
    "run_all": 45,
    "flood": 45,
    "outputs": 20,
    "displays": 60,
}
IDLE_SECONDS = 30.0
QUICK_IDLE_SECONDS = 5.0
LIMIT_SECONDS = 180.0
"""Of one scenario in one application."""
ROUNDS = 3


def main(argv: Sequence[str]) -> int:
    """Measure, write, say where; the exit code."""
    given = parser().parse_args(argv)
    if not sys.platform.startswith("linux"):
        print("The benchmark reads /proc: it runs on Linux only.")
        return 1
    try:
        LAB.ensure("Installing JupyterLab into .cache/bench-ui-venv with pip.")
    except SetupFailed as error:
        print(error)
        return 2
    rounds = given.rounds or (1 if given.quick else ROUNDS)
    scenarios = [name for name in NOTEBOOKS if given.only in name]
    about = {**machine.described(), "JupyterLab": lab_version(), "rounds": str(rounds)}
    measured: list[Measured] = []

    def keep(one: Measured) -> None:
        measured.append(one)
        write(about, measured, given.results)

    end_as_by_ctrl_c(signal.SIGTERM)
    try:
        asyncio.run(all_measured(scenarios, rounds, QUICK_IDLE_SECONDS if given.quick else IDLE_SECONDS, keep))
    except KeyboardInterrupt:
        print("\nInterrupted; what was measured is written.")
    except Silent as error:
        print(error)
        return 2
    print(described(about, measured))
    print(f"Written to {given.results}: ui.json, ui.md")
    return 1 if any(one.failed for one in measured) else 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser("bench.ui", description="Adrastea's page beside JupyterLab's.")
    found.add_argument("--quick", action="store_true", help="one round, less waiting")
    found.add_argument("--rounds", type=int, help=f"how often all of it (default: {ROUNDS})")
    names = ", ".join(NOTEBOOKS)
    found.add_argument("--only", metavar="WORD", default="", help=f"only scenarios in whose name this stands: {names}")
    found.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where results are written")
    return found


def servers() -> list[Server]:
    """The two applications, as commands that start their servers."""
    command = [
        str(LAB.python),
        "-m",
        "jupyterlab",
        "--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.root_dir={root}",
        "--IdentityProvider.token={token}",
        "--no-browser",
        "--allow-root",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
    ]
    return [known()["adrastea"], Server("jupyterlab", command)]


async def all_measured(
    scenarios: Sequence[str], rounds: int, idle_seconds: float, keep: Callable[[Measured], None]
) -> None:
    """Scenario by scenario; `keep` is given each as it is done."""
    program = null_kernel.build(CACHE / "bench")
    progress = Progress(sum(EXPECTED_SECONDS[name] for name in scenarios) * rounds * 2, sys.stderr)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-ui-")))
        homes = {server.name: folder / server.name for server in servers()}
        for home in homes.values():
            home.mkdir()
        no_news(homes["jupyterlab"])
        started = [
            (server.name, await stack.enter_async_context(running(server, homes[server.name], program)))
            for server in servers()
        ]
        for number in range(rounds):
            for scenario in scenarios:
                for name, server in started if number % 2 == 0 else started[::-1]:
                    progress.show(f"{name}: {scenario}")
                    notebook = homes[name] / "root" / f"{scenario}-{number}.ipynb"
                    notebook.write_text(NOTEBOOKS[scenario](), encoding="utf-8")
                    keep(await one_measured(name, scenario, server, notebook.name, idle_seconds))
                    progress.advance(EXPECTED_SECONDS[scenario])
    progress.end()


async def one_measured(app: str, scenario: str, server: Running, path: str, idle_seconds: float) -> Measured:
    """One scenario in one application; its kernels are ended afterwards."""
    task = {
        "app": app,
        "scenario": scenario,
        "address": f"http://127.0.0.1:{server.where.port}/",
        "token": server.where.token,
        "path": path,
        "idleSeconds": idle_seconds,
    }
    process = await asyncio.create_subprocess_exec(
        "node", "bench/run.mjs", json.dumps(task), cwd=ROOT / "ui", stdout=asyncio.subprocess.PIPE, stderr=-1
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), LIMIT_SECONDS)
    except TimeoutError:
        return Measured(app, scenario, {}, f"not done after {LIMIT_SECONDS:.0f} s")
    finally:
        if process.returncode is None:
            process.terminate()  # it ends its browser
            await process.wait()
        await end_kernels(server)
    if process.returncode != 0:
        return Measured(app, scenario, {}, reason(err.decode(errors="replace")))
    return Measured(app, scenario, json.loads(out))


async def end_kernels(server: Running) -> None:
    """So that the next one begins as this one did."""
    with suppress(OSError, rest.Refused):
        for session in await rest.ask(server.where, "GET", "api/sessions"):
            await rest.ask(server.where, "DELETE", f"api/sessions/{session['id']}")


def reason(text: str) -> str:
    """The line of Node's complaint that says why."""
    lines = [line.strip() for line in text.splitlines() if "Error" in line]
    return lines[0] if lines else text.strip()[-200:] or "it has said nothing"


def no_news(home: Path) -> None:
    """JupyterLab asks at its first start whether it may fetch news: the answer."""
    folder = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    answer = {"fetchNews": "false", "checkForUpdates": False}
    (folder / "notification.jupyterlab-settings").write_text(json.dumps(answer), encoding="utf-8")


def lab_version() -> str:
    """As it is pinned."""
    lines = LAB.requirements.read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith("jupyterlab=="))


def write(about: Mapping[str, str], measured: Sequence[Measured], folder: Path) -> None:
    """JSON and Markdown into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = {"machine": about, "measured": [asdict(one) for one in measured]}
    (folder / "ui.json").write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")
    (folder / "ui.md").write_text(described(about, measured), encoding="utf-8")


def described(about: Mapping[str, str], measured: Sequence[Measured]) -> str:
    """The machine and the table."""
    machine_lines = "\n".join(f"- {name}: {value}" for name, value in about.items())
    return f"# Measured in Chromium\n\n{machine_lines}\n\n{table(measured)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
