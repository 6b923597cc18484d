"""How much is lost when the program is killed at random moments, while somebody types, a cell prints, and it saves.

Run it with `python -m bench.kills [KILLS]` from the root of the repository. Each time a page edits a notebook as fast
as its edits are acknowledged while a cell prints 500 lines a second, the program gets SIGKILL after up to 0.4 s, and
the next start is asked what it shows. Counted are files that are no whole notebook, acknowledged edits that are not
there, lines that were shown before an edit was acknowledged and are not there, lines that the page was shown at all
and that are not there, and false alarms of a file that somebody else has changed. POSIX only.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.system.crashes import found, moments, notebook, on_disk, ran_until_killed, served

KILLS = 200
MOST_SECONDS = 0.4
AUTOSAVE_SECONDS = 0.02


@dataclass
class Count:
    """What came of it."""

    edits: int = 0
    torn: int = 0
    lost: int = 0
    alarms: int = 0
    lines: int = 0
    lines_lost: int = 0
    last_lines_lost: int = 0
    most_last_lines: int = 0
    restored: int = 0


def main(arguments: Sequence[str]) -> int:
    """Kill and count; 1 when something was lost."""
    kills = int(arguments[0]) if arguments else KILLS
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {kills} kills, autosave after {AUTOSAVE_SECONDS} s", flush=True)
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        home, root = Path(folder) / "home", Path(folder) / "root"
        root.mkdir()
        file, number = notebook(root), 0
        for seconds in moments(kills, MOST_SECONDS, seed=kills):
            number = kill(count, home, root, file, number, seconds)
    print(f"{count.lines:,} lines shown, {count.lines_lost} of those lost that were there when an edit was ", end="")
    print(f"acknowledged, {count.last_lines_lost} of all (at most {count.most_last_lines} at once)")
    print(f"{count.edits:,} edits acknowledged, {count.lost} of them lost, {count.torn} files torn, ", end="")
    print(f"{count.restored} times something was restored, {count.alarms} false alarms")
    return 1 if count.lost or count.lines_lost or count.torn or count.alarms else 0


def kill(count: Count, home: Path, root: Path, file: Path, number: int, seconds: float) -> int:
    """Work, kill, start again and look; the number that is shown."""
    with served(home, root, AUTOSAVE_SECONDS) as (running, url):
        work = asyncio.run(ran_until_killed(running, url, number, seconds))
    count.edits += work.acknowledged - number
    try:
        on_disk(file)
    except json.JSONDecodeError:
        count.torn += 1
    with served(home, root, AUTOSAVE_SECONDS) as (running, url):
        shown = asyncio.run(found(url))
        running.popen.send_signal(signal.SIGKILL)
    count.lost += max(0, work.acknowledged - shown.number)
    count.lines += work.shown.count("\n")
    count.lines_lost += missing(work.sure, shown.shown)
    count.last_lines_lost += missing(work.shown, shown.shown)
    count.most_last_lines = max(count.most_last_lines, missing(work.shown, shown.shown))
    count.alarms += shown.state == "changed_on_disk"
    count.restored += shown.restored
    return max(shown.number, work.acknowledged)


def missing(shown: str, found: str) -> int:
    """How many lines of what was shown are not there now."""
    same = next((at for at, (one, other) in enumerate(zip(shown, found, strict=False)) if one != other), len(found))
    return shown[same:].count("\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
