"""Folders and files of this user alone: what lies there is believed, so nobody else may have put it there."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from adrastea.errors import StartFailed

ELSEWHERE: Final = "On Linux, XDG_RUNTIME_DIR and XDG_STATE_HOME can name folders of yours."


def private_folder(path: Path) -> Path:
    """Make `path` and see to it that only this user can look into it (mode 0700).

    Raises:
        StartFailed: it cannot be made, belongs to somebody else, or others could have put something into it.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            _refuse_what_others_reach(path)
            path.chmod(0o700)
    except OSError as error:
        raise StartFailed(f"The folder {path} cannot be used: {error.strerror}. {ELSEWHERE}") from None
    return path


def private_file(path: str, flags: int) -> int:
    """For `opener` of `open`: a file that is made is for this user alone (mode 0600). Raises OSError."""
    return os.open(path, flags, 0o600)


def _refuse_what_others_reach(path: Path) -> None:
    """A folder that is somebody else's, leads elsewhere, or was open to all may hold what is not ours."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise StartFailed(f"{path} is a link to another place. Put a folder there. {ELSEWHERE}")
    if status.st_uid != os.getuid():
        raise StartFailed(f"The folder {path} belongs to another user. {ELSEWHERE}")
    if path.parent.stat().st_uid not in {os.getuid(), 0}:  # a root who has kept the user's environment
        raise StartFailed(f"The folder {path.parent} belongs to another user. {ELSEWHERE}")
    if status.st_mode & 0o022:
        raise StartFailed(f"Others can write into the folder {path}. Remove it: it is made anew. {ELSEWHERE}")
