"""The same questions to the kernels of many languages, through Adrastea and through jupyter_server: who passes what.

Run it with `python -m bench.languages` from the root of the repository, after `python3 -m build.setup_machine kernels`.
It installs jupyter_server as `make bench` does, and prints a Markdown table: docs/kernels.md holds one. `--adrastea`
asks no other server, and names of languages ask those only. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import null_kernel
from bench.comparison import environment, running, servers
from bench.kernels import asking, table
from bench.kernels.questions import QUESTIONS, limits
from bench.kernels.table import Language
from build.console import CACHE

OTHER = "jupyter_server"


def main(argv: Sequence[str]) -> int:
    """Ask and print; 1 where Adrastea has failed."""
    parser = argparse.ArgumentParser("bench.languages")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(language.name for language in table.ALL)}")
    parser.add_argument("--adrastea", action="store_true", help="no other server")
    given = parser.parse_args(argv)
    languages = [
        language for language in table.ALL if language.name in (given.names or {one.name for one in table.ALL})
    ]
    missing = [language.title for language in languages if shutil.which(language.argv[0]) is None]
    if missing:
        print(f"Not installed: {', '.join(missing)}. Try python3 -m build.setup_machine kernels.")
        return 2
    names = ["adrastea", *([] if given.adrastea else [OTHER])]
    if OTHER in names:
        environment.ensure()
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}", flush=True)
    answers = {name: asyncio.run(_answers(servers.known()[name], languages)) for name in names}
    print(as_markdown(languages, answers))
    return 0 if all(set(one.values()) == {asking.PASSED} for one in answers["adrastea"].values()) else 1


def as_markdown(languages: Sequence[Language], answers: dict[str, asking.Answers]) -> str:
    """The table, and below it what was wrong and what the kernels themselves cannot do."""
    rows = [f"| language | kernel | {' | '.join(answers)} | what the kernel itself cannot do |"]
    rows.append("|" + " --- |" * (3 + len(answers)))
    wrong: list[str] = []
    for language in languages:
        cells: list[str] = []
        for server, found in answers.items():
            one = found[language.name]
            passed = [name for name, answer in one.items() if answer == asking.PASSED]
            cells.append(f"{len(passed)} of {len(QUESTIONS)}")
            wrong += [f"- {server}, {language.title}, {name}: {one[name]}" for name in one if name not in passed]
        cannot = "; ".join(f"{name}: {limit.why}" for name, limit in limits(language).items())
        rows.append(f"| {language.title} | {language.kernel} | {' | '.join(cells)} | {cannot} |")
    return "\n".join([*rows, *(["", *wrong] if wrong else [])])


async def _answers(server: servers.Server, languages: Sequence[Language]) -> asking.Answers:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        async with running.running(server, Path(folder), null_kernel.build(CACHE / "bench")) as there:
            marks = asking.install(Path(folder) / "data" / "kernels", languages)
            found = await asking.answers(there.where, languages, marks)
    print(f"{server.name}: {time.monotonic() - begun:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
