"""What is in the one file: it unpacks itself into the user's caches at its first start, so it is started once.

Linux only: there the folder of caches can be chosen (`XDG_CACHE_HOME`).
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from build.archives import File
from build.console import SetupFailed

_LIMIT_SECONDS = 60


def contents(program: Path) -> tuple[File, ...]:
    """Its files, by their paths in the folder that it makes, in order of these; none where it unpacks nothing.

    Raises:
        SetupFailed: it does not start.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "HOME": folder}
        try:
            words = [str(program), "--version"]
            subprocess.run(words, env=environment, check=True, capture_output=True, timeout=_LIMIT_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            message = f"{program} does not start ({error})."
            raise SetupFailed(message) from None
        root = Path(folder)
        files = sorted(path for path in root.rglob("*") if path.is_file())
        return tuple(File(_inner(path.relative_to(root)), path.read_bytes()) for path in files)


def _inner(path: Path) -> str:
    """Without `adrastea/` and the folder of this build, whose name changes with each."""
    return "/".join(path.parts[2:] if len(path.parts) > 2 else path.parts)  # noqa: PLR2004 -- two folders


def is_elf(file: File) -> bool:
    """Whether it is a program or a library of Linux."""
    return file.data.startswith(b"\x7fELF")
