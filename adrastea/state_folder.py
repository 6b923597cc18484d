"""Where this run keeps its state: the folder of the settings, or a temporary one where that cannot be written.

A disk that is full or read-only is no reason not to start: notebooks elsewhere can be read, and some saved. What a
temporary folder holds is gone at the end. Nothing of it is needed to start again.
"""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from adrastea.errors import StartFailed
from adrastea.private_folder import private_folder
from adrastea.settings import Settings

_PROBE: Final = bytes(4096)


class StateFolder:
    """The folder of one run. Main thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        """With folders that can be written."""
        self.complaint = ""
        """A sentence on why a temporary folder is used; empty where none is."""
        self.unwritable: Path | None = None
        """The folder of the settings where it is ours and full or read-only: what a crash has left in it counts."""
        self._put_away = ExitStack()

    def __enter__(self) -> Self:
        """Look whether the folder can be written."""
        reason = _refusal(self.settings.state_dir)
        if reason:
            self.unwritable = self.settings.state_dir if _is_ours(self.settings.state_dir) else None
            self._move(self.settings)
            self.complaint = f"{reason} A temporary folder is used: window places and the log are gone at the end."
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the temporary folder."""
        self._put_away.close()

    def _move(self, settings: Settings) -> None:
        from tempfile import TemporaryDirectory  # noqa: PLC0415 -- memory that is needed here only

        made = TemporaryDirectory(prefix="adrastea-", ignore_cleanup_errors=True)
        state_dir, runtime_dir = Path(self._put_away.enter_context(made)), settings.runtime_dir
        if runtime_dir.is_relative_to(settings.state_dir):
            runtime_dir = state_dir / runtime_dir.relative_to(settings.state_dir)
        self.settings = replace(settings, state_dir=state_dir, runtime_dir=runtime_dir)


def _is_ours(folder: Path) -> bool:
    """Whether it is there, and nobody else could have put anything into it."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    others = os.name == "posix" and (status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
    return stat.S_ISDIR(status.st_mode) and not others


def _refusal(folder: Path) -> str:
    """Why the folder cannot be written, as a sentence; empty when it can."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        private_folder(folder)
        probe.write_bytes(_PROBE)
    except StartFailed as error:
        return str(error)
    except OSError as error:
        return f"The folder {folder} cannot be written: {error.strerror}."
    finally:
        _remove(probe)
    return ""


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # then it was not made either
        return
