"""`adrastea password`: asks for a new password twice, without showing it, and keeps a hash of it. Main thread.

Where no terminal is there, one line of stdin is the password, for programs that set a machine up.
"""

from __future__ import annotations

import sys
from pathlib import Path

from adrastea.errors import StartFailed
from adrastea.password import LONGEST, SHORTEST, PasswordFile


def ask(config_dir: Path, *, remove: bool) -> int:
    """Choose a password, or have none any more. Returns the exit code.

    Raises:
        StartFailed: it is too short, the two differ, or the file cannot be written.
    """
    file = PasswordFile(config_dir)
    if remove:
        sys.stdout.write("There is no password any more.\n" if file.remove() else "There was no password.\n")
        return 0
    file.write(_checked(_typed_twice() if sys.stdin.isatty() else sys.stdin.readline(LONGEST + 2).rstrip("\r\n")))
    sys.stdout.write("The password is set. Whoever was logged in by the old one has to log in again.\n")
    return 0


def _typed_twice() -> str:
    from getpass import getpass  # noqa: PLC0415 -- for this command alone

    first = _checked(getpass("New password: "))
    if getpass("Once more: ") != first:
        raise StartFailed("The two are not the same. Nothing was changed.")
    return first


def _checked(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise StartFailed(f"A password has {SHORTEST} to {LONGEST} characters. Nothing was changed.")
    return password
