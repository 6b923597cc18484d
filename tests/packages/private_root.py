"""A copy of this machine to install into: its root with a layer above it that takes every change, and is gone after.

A mount namespace with an overlay in memory; processes, network, `/tmp` and the screens are those of the machine. Works
for root, and for everybody where users may have namespaces.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SETUP = """
set -e
mount -t tmpfs private "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay private -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" "$1/root"
for folder in proc sys dev tmp; do mount --rbind "/$folder" "$1/root/$folder"; done
echo ready
read -r end
"""
_NEVER_ROOT = os.geteuid() != 0


@dataclass(frozen=True, slots=True)
class PrivateRoot:
    """The copy. `keeper` is the process that holds it."""

    keeper: int
    folder: Path

    def command(self, *arguments: str) -> list[str]:
        """How to run something in it, from outside."""
        return [*self._enter(), "chroot", str(self.folder / "root"), *arguments]

    def run(self, *arguments: str) -> str:
        """Run something in it to its end; what it printed."""
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{shlex.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def changes(self) -> set[str]:
        """The files that are not as they are on the machine: new, changed, or taken away."""
        listing = subprocess.check_output(
            [*self._enter(), "find", self.folder / "changes", "-not", "-type", "d", "-printf", "/%P\\n"], text=True
        )
        return set(listing.splitlines())

    def _enter(self) -> list[str]:
        user = ["--user", "--preserve-credentials"] if _NEVER_ROOT else []
        return ["nsenter", f"--target={self.keeper}", "--mount", *user]


@contextmanager
def private_root(folder: Path) -> Generator[PrivateRoot]:
    """Make the copy; `folder` is where it is mounted, and stays empty for everybody else."""
    user = ["--user", "--map-root-user"] if _NEVER_ROOT else []
    command = ["unshare", "--mount", *user, "sh", "-c", _SETUP, "sh", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "ready\n", "an overlay cannot be mounted here"
        try:
            yield PrivateRoot(keeper.pid, folder)
        finally:
            keeper.stdin.close()
