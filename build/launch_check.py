"""Whether a program that was just made or installed runs: `python3 -m build.launch_check PROGRAM`.

It must say its version, serve a folder, answer with its token and refuse without, and end when it is told to. Standard
library only, on every system: the release is not published before this has passed for each file of it.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from build.console import SetupFailed, say
from build.product import version

_LIMIT_SECONDS = 60
_URL = re.compile(r"http://\S+")
_OK, _FORBIDDEN = 200, 403


def main(words: Sequence[str]) -> int:
    """Check each program. Returns the exit code."""
    if not words:
        say("usage: python3 -m build.launch_check PROGRAM …")
        return 2
    try:
        for word in words:
            check([word])
            say(f"{word} says its version, serves, and ends.")
    except SetupFailed as error:
        say(str(error))
        return 1
    return 0


def check(command: Sequence[str]) -> None:
    """Launch it.

    Raises:
        SetupFailed: it does not do what it must.
    """
    said = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=_LIMIT_SECONDS, check=False)
    if said.returncode != 0 or not said.stdout.startswith(f"Adrastea {version()} "):
        message = f"{command[0]} --version said {said.stdout!r} {said.stderr!r}, and ended with {said.returncode}."
        raise SetupFailed(message)
    # Windows may still hold a file for a moment after the program has ended.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _serve(command, folder)


def _serve(command: Sequence[str], folder: str) -> None:
    words = [*command, "serve", "--port", "0", folder]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=_environment(folder)) as process:
        timer = threading.Timer(_LIMIT_SECONDS, process.kill)  # a program that says nothing ends the wait for its line
        timer.start()
        try:
            line = "" if process.stdout is None else process.stdout.readline()
            _ask(command[0], line)
        finally:
            timer.cancel()
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LIMIT_SECONDS)
            process.kill()


def _environment(folder: str) -> Mapping[str, str]:
    """A home of its own."""
    names = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "APPDATA", "LOCALAPPDATA")
    homes = {name: str(Path(folder) / "home" / name) for name in names}
    return {**os.environ, **homes}


def _ask(program: str, line: str) -> None:
    found = _URL.search(line)
    if found is None:
        message = f"{program} serve printed no address: {line!r}."
        raise SetupFailed(message)
    parts = urlsplit(found.group())
    allowed = _status(parts.port, f"/api/status?{parts.query}")
    refused = _status(parts.port, "/api/status")
    if (allowed, refused) != (_OK, _FORBIDDEN):
        message = f"{program} serve answered {allowed} with its token and {refused} without."
        raise SetupFailed(message)


def _status(port: int | None, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LIMIT_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
