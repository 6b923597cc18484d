"""nbconvert, where the user has it: in the Python of `jupyter-nbconvert` on the PATH, or in one that kernels run in.

It is a program of its own, in a process group of its own, with the notebook on its stdin: nothing of it is imported
here. It is killed with all that it has started when it takes too long, when whoever asked has gone, and when the
server ends. `nbconvert_main.py` is what it runs. Server thread; a thread of the loop's pool waits for the process.

Source of truth: https://nbconvert.readthedocs.io/en/latest/nbconvert_library.html
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import pkgutil
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from adrastea import process_group
from adrastea.documents.json_values import is_object
from adrastea.documents.notebook import EMPTY, JsonObject
from adrastea.errors import ConversionFailed, NotFound
from adrastea.kernels import python_command
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server import fields
from adrastea.terminals.command import environment

log = logging.getLogger(__name__)

LIMIT_SECONDS: Final = 120.0
"""How long a conversion may take: a long one runs LaTeX several times."""
MISSING: Final = (
    "nbconvert is not installed where Jupyter's kernels are. Install it with: python3 -m pip install nbconvert"
)
_MESSAGE_CHARACTERS: Final = 500
_SHEBANG: Final = re.compile(rb"#!\s*(/[^\s]+python[^\s/]*)\s*\n")
_PATH: Final = re.compile(r"(?<![\w:/.~-])(?:[A-Za-z]:)?[/\\](?:[^\s/\\'\":,]+[/\\])+([^\s/\\'\":,]*)")


@dataclass(frozen=True, slots=True)
class Converted:
    """What an exporter has made."""

    data: bytes
    extension: str
    """With its dot, as in `.html`; `.zip` where it is more than one file."""
    mimetype: str
    """Empty where nothing is known."""


class Conversion:
    """One question to nbconvert. Server thread only, but for `_wait`."""

    def __init__(self, turns: asyncio.Semaphore, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._turns = turns
        self._limit_seconds = limit_seconds
        self._popen: subprocess.Popen[bytes] | None = None
        self._is_over = False

    async def exporters(self, pythons: Iterable[tuple[str, ...]], folder: Path) -> JsonObject:
        """The exporters by name, each with its `output_mimetype`.

        Raises:
            NotFound: there is no nbconvert. ConversionFailed: it could not say.
        """
        head, _ = await self._ask({"do": "list"}, pythons, folder)
        found = head.get("exporters")
        return found if is_object(found) else EMPTY

    async def convert(self, question: JsonObject, pythons: Iterable[tuple[str, ...]], folder: Path) -> Converted:
        """A notebook in another format.

        Raises:
            NotFound: there is no nbconvert, or no such format. ConversionFailed: it could not be done.
        """
        head, data = await self._ask({"do": "convert", **question}, pythons, folder)
        return Converted(data, str(head.get("extension", "")), str(head.get("mimetype", "")))

    def cancel(self) -> None:
        """Nobody waits any more: end it, and what it has started."""
        self._is_over = True
        if self._popen is not None and self._popen.returncode is None:
            process_group.kill(self._popen)

    async def _ask(
        self, question: JsonObject, pythons: Iterable[tuple[str, ...]], folder: Path
    ) -> tuple[JsonObject, bytes]:
        data = fields.json_bytes(question)
        async with self._turns:
            for python in pythons:
                if self._is_over:
                    break
                head, body = await self._run(python, data, folder)
                match head.get("error"):
                    case None:
                        return head, body
                    case "missing":
                        continue
                    case "format":
                        raise NotFound("nbconvert has no such format; api/nbconvert lists what there is.")
                    case _:
                        raise ConversionFailed(f"nbconvert could not do it. {readable(str(head.get('message', '')))}")
        if self._is_over:
            raise ConversionFailed("The conversion was ended.")
        raise NotFound(MISSING)

    async def _run(self, python: tuple[str, ...], data: bytes, folder: Path) -> tuple[JsonObject, bytes]:
        popen = _start(python, folder)
        if popen is None:
            return {"error": "missing"}, b""
        self._popen = popen
        try:
            return await asyncio.get_running_loop().run_in_executor(None, _wait, popen, data, self._limit_seconds)
        finally:
            self._popen = None


def pythons(specs: Iterable[KernelSpec], environ: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The Pythons in which nbconvert may be, the likeliest first. Reads the disk."""
    found: list[tuple[str, ...]] = []
    script = shutil.which("jupyter-nbconvert", path=environ.get("PATH", os.defpath))
    if script is not None:
        found += _behind(Path(script))
    for spec in specs:
        split = python_command.of(spec)
        if split is not None:
            found.append(split.interpreter)
    return list(dict.fromkeys(found))


def readable(message: str) -> str:
    """What a program said of its failure, short, without folders of this machine. Pure."""
    lines = [line.strip() for line in message.splitlines() if line.strip() and not line.startswith((" ", "\t"))]
    text = _PATH.sub(lambda found: found[1] or "a folder", " ".join(lines))
    return text if len(text) <= _MESSAGE_CHARACTERS else f"{text[:_MESSAGE_CHARACTERS]}…"


def _behind(script: Path) -> list[tuple[str, ...]]:
    """The Python of a script that pip has written."""
    with suppress(OSError):
        with script.open("rb") as file:
            shebang = _SHEBANG.match(file.read(1024))
        if shebang is not None:
            return [(os.fsdecode(shebang[1]),)]
        for name in ("python3", "python", "python.exe", "../python.exe"):
            if (beside := script.parent / name).is_file():
                return [(str(beside),)]
    return []


def _start(python: tuple[str, ...], folder: Path) -> subprocess.Popen[bytes] | None:
    program = (pkgutil.get_data("adrastea.server", "nbconvert_main.py") or b"").decode()
    try:
        return subprocess.Popen(
            [*python, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(os.environ),
            start_new_session=True,  # so that it can be ended with what it has started
        )
    except OSError as error:
        log.debug("%s cannot be executed: %s", python[0], error)
        return None


def _wait(popen: subprocess.Popen[bytes], data: bytes, limit_seconds: float) -> tuple[JsonObject, bytes]:
    try:
        answer, printed = popen.communicate(data, limit_seconds)
    except subprocess.TimeoutExpired:
        process_group.kill(popen)
        popen.communicate()
        raise ConversionFailed(f"The conversion took more than {limit_seconds:.0f} seconds and was ended.") from None
    line, _, body = answer.partition(b"\n")
    try:
        head: object = json.loads(line)
    except ValueError:
        head = None
    if not isinstance(head, dict):
        lines = printed.decode("utf-8", "replace").split("\n")
        last = next((text for text in reversed(lines) if text.strip()), "it ended without a word")
        return {"error": "failed", "message": last}, b""
    return cast("JsonObject", head), body
