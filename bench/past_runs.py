"""What it costs to keep every run of every cell: bytes and time for each run, on the loop and beside it, and to look.

Run it with `python -m bench.past_runs` from the root of the repository. The parts of the program are called directly,
on a temporary folder: runs that print a line, a page of text, a figure, and more than is kept of one run. On the loop
stands what a run holds up: the memory of the kernel is read (here that of this program), the values are handed over.
Then a notebook with 10,000 runs, of which one cell's are listed, and one is read; and the room is made a tenth. In
milliseconds: the median, the least and the most.
"""

from __future__ import annotations

import asyncio
import base64
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adrastea.documents.notebook import CellId, DisplayData, Output, Stream
from adrastea.documents.past_runs import PastRuns
from adrastea.documents.run_keeping import RunKeeping
from adrastea.documents.run_record import Ran
from adrastea.kernels import process_identity

TIMES = 200
MANY = 10_000
PLENTY = 10**10
AT = datetime(2026, 11, 26, tzinfo=UTC)
SOURCE = "\n".join(f"value_{number} = compute(value_{number - 1}, {number})" for number in range(40))
CHANCE = random.Random(1)  # noqa: S311 -- the same on every machine


def main() -> int:
    """Measure and print."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        kept("a line", Path(folder) / "line", lambda number: Stream("stdout", f"{number}\n"))
        kept("the same as before", Path(folder) / "same", lambda _: Stream("stdout", "x" * 10_000), SOURCE)
        kept("10 KB of text", Path(folder) / "text", lambda number: Stream("stdout", f"row {number} of it\n" * 600))
        kept("a figure, 200 KB of PNG", Path(folder) / "figure", figure)
        kept("600 KB of text and more", Path(folder) / "much", lambda number: Stream("stdout", f"{number} " * 150_000))
        kept(
            "20 MB of HTML", Path(folder) / "html", lambda number: DisplayData({"text/html": f"{number:9}" * 2_200_000})
        )
        asyncio.run(on_the_loop(Path(folder) / "loop"))
        many(Path(folder) / "many")
    return 0


def kept(what: str, folder: Path, output: Callable[[int], Output], source: str | None = None) -> None:
    """Runs one by one."""
    runs = PastRuns(folder, PLENTY)
    times: list[float] = []
    for number in range(TIMES):
        ran = run(number, output(number), f"{SOURCE} # {number}" if source is None else source)
        began = time.perf_counter()
        runs.keep(folder / "n.ipynb", ran)
        times.append(1000 * (time.perf_counter() - began))
    show(f"a run that shows {what}", times)
    print(f"    {written(folder) / TIMES:,.0f} bytes each, {blocks(folder) / TIMES:,.0f} on the disk")


async def on_the_loop(folder: Path) -> None:
    """What a run holds up."""
    keeping = RunKeeping(PastRuns(folder, PLENTY))
    times: list[float] = []
    for number in range(TIMES):
        ran = run(number, figure(number), SOURCE)
        began = time.perf_counter()
        process_identity.resident_bytes(os.getpid())
        keeping.keep(folder / "n.ipynb", ran)
        times.append(1000 * (time.perf_counter() - began))
        await keeping.of_cell(folder / "n.ipynb", "another")
    show("on the loop, for a figure", times)
    await keeping.close()


def many(folder: Path) -> None:
    """A notebook that has been used a lot."""
    runs = PastRuns(folder, PLENTY)
    file = folder / "n.ipynb"
    for number in range(MANY):
        runs.keep(file, run(number, Stream("stdout", f"{number}\n" * 300), SOURCE, f"cell-{number % 100}"))
    show(f"the runs of one cell, of {MANY:,} of 100", [timed(lambda: runs.of_cell(file, "cell-7")) for _ in range(20)])
    newest = runs.of_cell(file, "cell-7")[0]
    show("one of them with its outputs", [timed(lambda: runs.outputs(runs.one(file, newest.id))) for _ in range(20)])
    small = PastRuns(folder, blocks(folder) // 2)
    show("half of them have to go", [timed(lambda: small.keep(file, run(MANY, Stream("stdout", "1"), SOURCE)))])


def run(number: int, output: Output, source: str, cell: str = "cell-0") -> Ran:
    """One."""
    at = AT + timedelta(seconds=number)
    return Ran(f"{number:032}", CellId(cell), source, (output,), at, 0.123456, "ok", number, 123_456_789)


def figure(_: int) -> Output:
    """What cannot be compressed any more."""
    return DisplayData({"image/png": base64.b64encode(CHANCE.randbytes(200_000)).decode()})


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def written(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def blocks(folder: Path) -> int:
    """Bytes that they take."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def show(what: str, times: Sequence[float]) -> None:
    """One line."""
    print(f"{what:45} {statistics.median(times):8.3f} ms ({min(times):.3f} to {max(times):.3f})")


if __name__ == "__main__":
    sys.exit(main())
