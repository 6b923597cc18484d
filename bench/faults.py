"""What is lost when a system call of the real program fails, or is its last: each of them, one after another.

Run it with `python -m bench.faults` from the root of the repository; `strace` must be installed. A page edits and saves
a notebook while `strace` lets the n-th write, sync, rename, folder or cut of each thread fail once (no space, a broken
disk, a read-only one), or kills the program at it, for each n that there is. Counted are files that are no whole
notebook, acknowledged edits that the next start does not show, and saves that cannot be made again. Linux only.
"""

from __future__ import annotations

import asyncio
import json
import platform
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tornado.websocket import WebSocketClosedError

from adrastea.documents.edits import SetSource
from tests.server.page import Page, opened_at
from tests.system.crashes import FIRST, PATH, found, notebook, on_disk, place, served
from tests.system.program import COMMAND, Program, program

CALLS = ("write", "fsync", "rename", "mkdir", "ftruncate")
ERRORS = ("ENOSPC", "EIO", "EROFS")
EDITS = 3
NEVER = 3600.0
_CALL = re.compile(r"^(\d+)\s+(\w+)\(", re.MULTILINE)


@dataclass
class Count:
    """What came of it."""

    runs: int = 0
    killed: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list[str])


@dataclass
class Work:
    """How far a page has come."""

    acknowledged: int = 0
    refused: int = 0
    last: str = ""


def main(arguments: Sequence[str]) -> int:
    """Let them fail and count; 1 when something was lost."""
    if shutil.which("strace") is None:
        print("strace is not installed")
        return 2
    counts = calls()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print("most calls of one thread:", ", ".join(f"{call} {number}" for call, number in counts.items()), flush=True)
    count = Count()
    for name, inject in faults(counts, arguments or (*ERRORS, "KILL")):
        fail(count, name, inject)
    print(f"{count.runs} runs, {count.killed} of them killed, {count.refused} saves refused, {len(count.wrong)} wrong")
    for what in count.wrong:
        print(" ", what)
    return 1 if count.wrong else 0


def calls() -> dict[str, int]:
    """How often the busiest thread makes each call when nothing fails."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "strace"
        work_in(Path(folder), ("-o", str(log), "-e", f"trace={','.join(CALLS)}"))
        threads = Counter(_CALL.findall(log.read_text()))
    most = {call: [number for (_, name), number in threads.items() if name == call] for call in CALLS}
    return {call: max(numbers) for call, numbers in most.items() if numbers}


def faults(counts: dict[str, int], kinds: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each fault: its name, and how `strace` is asked for it."""
    for call, number in counts.items():
        for kind in kinds:
            how = "signal=KILL" if kind == "KILL" else f"error={kind}"
            for at in range(1, number + 1):
                yield f"{call} {at} {kind}", f"inject={call}:{how}:when={at}"


def fail(count: Count, name: str, inject: str) -> None:
    """One fault in the life of one program, and the next start."""
    call = inject.partition("=")[2].partition(":")[0]
    with tempfile.TemporaryDirectory() as folder:
        place_of = Path(folder)
        work, saved_again = work_in(place_of, ("-o", "/dev/null", "-e", f"trace={call}", "-e", inject))
        file = place_of / "root" / PATH
        count.runs += 1
        count.killed += saved_again is None
        count.refused += work.refused
        try:
            number = on_disk(file)
        except json.JSONDecodeError:
            count.wrong.append(f"{name}: the file is torn")
            return
        if saved_again is False or (saved_again and number != EDITS):
            count.wrong.append(f"{name}: it cannot be saved again: {work.last}")
        with served(place_of / "home", place_of / "root", NEVER) as (running, url):
            shown = asyncio.run(found(url))
            running.popen.send_signal(signal.SIGKILL)
        if shown.number < work.acknowledged:
            count.wrong.append(f"{name}: {shown.number} is shown, {work.acknowledged} was acknowledged")


def work_in(folder: Path, strace: Sequence[str]) -> tuple[Work, bool | None]:
    """Edit and save under `strace`: how far that came, and whether it is saved at the end; None if it was killed."""
    root, home = folder / "root", folder / "home"
    root.mkdir()
    notebook(root)
    config = home / "config" / "adrastea"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(f"autosave_seconds = {NEVER}\nwarm_kernels = false\n")
    faster = () if any("signal=" in part for part in strace) else ("--seccomp-bpf",)  # it takes no signals
    command = ("strace", "-f", "-qq", *faster, *strace, *COMMAND)
    work = Work()
    with program(home, "serve", str(root), "--token", "T", command=command) as running:
        try:
            return work, asyncio.run(edited_and_saved(running, work))
        except (EOFError, OSError, WebSocketClosedError):
            return work, None


async def edited_and_saved(running: Program, work: Work) -> bool:
    """Edit, wait for the acknowledgement, save; whether the last save, made again if need be, came to its end."""
    async with opened_at(*place(running.url()), PATH) as page:
        is_saved = False
        for number in range(1, EDITS + 1):
            await page.hear_ack(await page.edit(SetSource(FIRST, str(number))))
            work.acknowledged = number
            is_saved = await saved(page, number)
            work.refused += not is_saved
        if not is_saved:
            is_saved = await saved(page, EDITS + 1)
        work.last = str(page.said[-1])
        return is_saved


async def saved(page: Page, seq: int) -> bool:
    """Save now, and hear what came of it."""
    await page.send({"type": "save", "seq": seq})
    answer = await page.hear(lambda said: said["type"] in {"saved", "error"} and said["seq"] == seq)
    return answer["type"] == "saved"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
