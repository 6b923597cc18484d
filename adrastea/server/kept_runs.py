"""From sessions to past runs: each run of a cell is kept. What shows them (`past_runs.py`) is imported later."""

from __future__ import annotations

from pathlib import Path

from adrastea.documents.run_keeping import RunKeeping
from adrastea.documents.run_record import Ran
from adrastea.errors import AppError
from adrastea.sessions.sessions import Sessions
from adrastea.workspace.files import Files


def keep_runs(sessions: Sessions, files: Files, runs: RunKeeping) -> None:
    """Keep every run of every session from now on."""

    def keep(path: str, ran: Ran) -> None:
        file = _file(files, path)
        if file is not None:
            runs.keep(file, ran)

    sessions.when_ran(keep)


def _file(files: Files, path: str) -> Path | None:
    try:
        return files.resolve(path)
    except AppError:  # a session of a client, for something that is no file
        return None
