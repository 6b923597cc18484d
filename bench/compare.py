"""Adrastea beside jupyter_server, or any other Jupyter-like server, under the same loads in one interleaved run.

`make bench` runs it, `make bench-quick` runs it for less than five minutes; `python -m bench.compare --help` says what
can be chosen. Results go to `bench/results/`: JSON, Markdown and plots. Ctrl-C ends everything that was started and
writes what there is. Linux only: processor time and memory are read from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import null_kernel
from bench.comparison import environment, figures, loads, machine, measuring, plots, report, servers
from bench.comparison.progress import Progress
from build.console import CACHE, SetupFailed

RESULTS = Path(__file__).with_name("results")
QUICK_MINUTES = 4.5
FULL_MINUTES = 300.0


def main(argv: Sequence[str]) -> int:
    """Measure, write, say where; the exit code."""
    given = parser().parse_args(argv)
    if not sys.platform.startswith("linux"):
        print("The benchmark reads /proc: it runs on Linux only.")
        return 1
    try:
        chosen = servers.chosen(given.names or servers.USUAL, given.server, servers.known())
        if any(server.is_installed for server in chosen):
            environment.ensure()
    except (servers.Unusable, SetupFailed) as error:
        print(error)
        return 2
    program = null_kernel.build(CACHE / "bench")
    cells = loads.interleaved([server.name for server in chosen], planned(given), given.rounds)
    minutes = given.minutes or (QUICK_MINUTES if given.quick else FULL_MINUTES)
    one_file = servers.ONE_FILE if any(server.name == "adrastea-file" for server in chosen) else None
    run = report.Run(machine.described(one_file), [], reference=given.reference)
    by_name = {server.name: server for server in chosen}
    done: list[figures.Measurement] = []
    try:
        asyncio.run(all_measured(cells, by_name, program, minutes * 60, done))
    except KeyboardInterrupt:
        print("\nInterrupted; what was measured is written.")
    write(replace(run, measurements=done, left_out=report.left_out(cells[len(done) :])), given.results)
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser("bench.compare", description="Jupyter servers under the same loads.")
    found.add_argument(
        "names", nargs="*", help=f"servers: {', '.join(servers.known())} (default: the first and jupyter_server)"
    )
    found.add_argument(
        "--server",
        action="append",
        default=[],
        metavar="NAME=COMMAND",
        help="another server; {port}, {token} and {root} in the command are filled in",
    )
    found.add_argument("--quick", action="store_true", help="fewer loads, for seconds each; less than five minutes")
    found.add_argument("--only", metavar="WORD", default="", help="only loads in whose title this stands")
    found.add_argument("--seconds", type=float, help="how long each load lasts")
    found.add_argument("--rounds", type=int, default=1, help="how often all of it; medians are reported")
    found.add_argument("--minutes", type=float, help="after these no cell is begun")
    found.add_argument("--reference", default="jupyter_server", metavar="NAME", help="whom ratios compare with")
    found.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where results are written")
    return found


def planned(given: argparse.Namespace) -> list[loads.Load]:
    """The loads that were asked for."""
    found = [load for load in (loads.QUICK if given.quick else loads.FULL) if given.only in load.title]
    return found if given.seconds is None else [replace(load, seconds=given.seconds) for load in found]


async def all_measured(
    cells: Sequence[loads.Cell],
    by_name: Mapping[str, servers.Server],
    program: Path,
    limit_seconds: float,
    done: list[figures.Measurement],
) -> None:
    """Cell by cell into `done`, until the time is up."""
    begun = time.monotonic()
    progress = Progress(sum(cell.load.expected_seconds for cell in cells), sys.stderr)
    for cell in cells:
        if time.monotonic() - begun + cell.load.expected_seconds > limit_seconds:
            break
        progress.show(f"{cell.server}: {cell.load.title}")
        done.append(await measuring.measured(by_name[cell.server], cell, program))
        progress.advance(cell.load.expected_seconds)
    progress.end()


def write(run: report.Run, folder: Path) -> None:
    """JSON, Markdown and plots into the folder; the tables are printed as well."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(report.as_json(run), encoding="utf-8")
    (folder / "results.md").write_text(report.as_markdown(run), encoding="utf-8")
    for name in plots.PLOTTED:
        (folder / f"{name}.svg").write_text(plots.plotted(run.measurements, name), encoding="utf-8")
    print(report.as_markdown(run))
    print(f"Written to {folder}: results.json, results.md, {', '.join(f'{name}.svg' for name in plots.PLOTTED)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
