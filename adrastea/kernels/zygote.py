"""A warm interpreter of a kernelspec's own Python, which forks kernels: its process, and the talk with it.

Guarantees: every fork that is asked for is answered within 20 s, with a number or with a reason; no kernel's number is
free before we have noticed its end; the interpreter ends when we do, however that is, for it reads from us; it leaves
no file. `zygote_main.py` is the other end, and says what is spoken. Server thread only.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from adrastea.errors import KernelFailed, StartFailed
from adrastea.kernels import process, process_identity
from adrastea.kernels.exit import Exit
from adrastea.kernels.process import Group, KernelProcess
from adrastea.private_folder import private_folder

log = logging.getLogger(__name__)

_ANSWER_SECONDS: Final = 20.0  # a cold disk and a large environment: the imports take that long
_TERMINATED_SECONDS: Final = 0.5
_CHUNK_BYTES: Final = 65536
_TAIL_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class ForkRequest:
    """What a kernel is to be."""

    arguments: tuple[str, ...]
    """Of `ipykernel_launcher`."""
    cwd: Path
    environ: Mapping[str, str]
    log: Path
    """A file that exists; what the kernel prints past Jupyter is added to it."""
    parent: int | None = None
    """The process whose end the kernel is to notice, None: the interpreter; 1: none, once it is kept."""


class Zygote:
    """See the module."""

    def __init__(
        self,
        interpreter: Sequence[str],
        environ: Mapping[str, str],
        folder: Path,
        answer_seconds: float = _ANSWER_SECONDS,
    ) -> None:
        """Start the interpreter with this program and these flags. Its files lie in `folder` while it lives.

        Raises:
            KernelFailed: it cannot be executed, or the system has no file or no process for it.
        """
        self.program: Final = interpreter[0]
        self.unfit = ""
        """Why it forks nothing any more; empty while it does."""
        self.resting = False
        self.kernels: set[int] = set()
        """Those of its kernels whose end has not been noticed."""
        self._ready = False
        self._answer_seconds = answer_seconds
        self._loop = asyncio.get_running_loop()
        self._watched: dict[str, int] = {}
        self._forks: dict[int, tuple[Callable[[int | str], None], asyncio.TimerHandle]] = {}
        self._waits: dict[int, Callable[[Exit], None]] = {}
        self._count = 0
        self._incoming = b""
        self._outgoing = b""
        self._text = _written(folder)
        self._log = self._text.with_suffix(".log")
        self._gone = self._loop.create_future()
        self._link, theirs = socket.socketpair()
        try:
            self.process: Final = process.start(
                [*interpreter, str(self._text)], environ, Path("/"), self._log, stdin=theirs.fileno()
            )
        except BaseException:
            self._link.close()
            self._clear()
            raise
        finally:
            theirs.close()
        self._link.settimeout(0)
        self._loop.add_reader(self._link, self._readable)
        self.process.on_exit(self._on_exit)

    def fork(self, request: ForkRequest, answered: Callable[[int | str], None]) -> None:
        """Ask for a kernel; `answered` gets its number, or why there is none."""
        if self.unfit:
            self._loop.call_soon(answered, self.unfit)
            return
        self._count += 1
        limit = self._loop.call_later(self._answer_seconds, self._give_up, "It does not answer.")
        self._forks[self._count] = (answered, limit)
        self._say(
            {
                "fork": self._count,
                "argv": request.arguments,
                "cwd": str(request.cwd),
                "env": dict(request.environ),
                "log": str(request.log),
                "parent": request.parent or 0,
            }
        )

    def keep(self, pid: int) -> None:
        """One of its kernels is written down, and need not end with us any more."""
        if not self._gone.done():
            self._say({"keep": pid})

    def wait(self, pid: int, told: Callable[[Exit], None]) -> None:
        """One of its kernels has ended: learn how, and let go of its number."""
        self.kernels.discard(pid)
        if self._gone.done():
            self._loop.call_soon(told, Exit())
        else:
            self._waits[pid] = told
            self._say({"wait": pid})

    @property
    def asked(self) -> bool:
        """Whether it has not answered yet."""
        return bool(self._forks)

    def is_current(self) -> bool:
        """Whether what it has imported is still what is installed: a dozen times of change, no file is read."""
        if self._ready and self._gone.done():  # once it was fit, and another would be
            return False
        return all(_changed(path) == then for path, then in self._watched.items())

    def rest(self) -> None:
        """Let go of all that is imported: from now on it is nothing but the parent of its kernels."""
        if not self.resting:
            self.resting = True
            self.unfit = self.unfit or "It is at rest."
            self._say({"rest": True})

    async def close(self) -> None:
        """End it; kernels that have it as their parent end with it. Within 1 s. May be called twice."""
        self.unfit = self.unfit or "It has been ended."
        if not self._gone.done():
            self._loop.remove_reader(self._link)
            self._loop.remove_writer(self._link)
            self._link.close()  # it reads that nobody is there, and ends
            await asyncio.wait([self._gone], timeout=_TERMINATED_SECONDS)
        if not self._gone.done():
            self.process.kill()
            await asyncio.wait([self._gone], timeout=_TERMINATED_SECONDS)

    def _readable(self) -> None:
        try:
            chunk = self._link.recv(_CHUNK_BYTES)
        except OSError:
            return
        if not chunk:  # it has ended, or is about to: `_on_exit` will say so
            self._loop.remove_reader(self._link)
            return
        *lines, self._incoming = (self._incoming + chunk).split(b"\n")
        for line in lines:
            self._heard(cast("dict[str, object]", json.loads(line)))

    def _heard(self, word: Mapping[str, object]) -> None:
        match word:
            case {"watch": stamps}:
                self._watched = cast("dict[str, int]", stamps)
            case {"ready": stamps}:
                self._ready = True
                self._watched |= cast("dict[str, int]", stamps)
            case {"unfit": str(why)}:
                self._give_up(why)
            case {"forked": int(asked), "pid": int(pid)}:
                self.kernels.add(pid)
                self._forked(asked, pid)
            case {"refused": int(asked), "why": str(why)}:
                self._forked(asked, why)
            case {"ended": int(pid), "code": int(code)}:
                self._waits.pop(pid)(Exit(signal=-code) if code < 0 else Exit(code))
            case _:
                log.warning("the warm interpreter %s said something unknown", self.process.pid)

    def _forked(self, asked: int, answer: int | str) -> None:
        answered, limit = self._forks.pop(asked, (None, None))
        if limit is not None:
            limit.cancel()
        if answered is not None:
            answered(answer)
        elif isinstance(answer, int):  # nobody waits for it any more
            Group(answer).kill()
            self.wait(answer, lambda _: None)

    def _give_up(self, why: str) -> None:
        self.unfit = self.unfit or why
        for asked in tuple(self._forks):
            self._forked(asked, why)

    def _say(self, word: Mapping[str, object]) -> None:
        self._outgoing += json.dumps(word).encode("ascii") + b"\n"
        self._writable()

    def _writable(self) -> None:
        try:
            sent = self._link.send(self._outgoing)
        except BlockingIOError:
            sent = 0
        except OSError:  # it has ended: `_on_exit` will say so
            sent = len(self._outgoing)
        self._outgoing = self._outgoing[sent:]
        if self._outgoing:
            self._loop.add_writer(self._link, self._writable)
        elif self._link.fileno() >= 0:
            self._loop.remove_writer(self._link)

    def _on_exit(self, end: Exit) -> None:
        if self._link.fileno() >= 0:
            self._readable()  # what it said last
        if self._link.fileno() >= 0:
            self._loop.remove_reader(self._link)
            self._loop.remove_writer(self._link)
            self._link.close()
        tail = self._tail()
        self._clear()
        self._gone.set_result(None)
        self._give_up(f"It has ended{f': {tail}' if tail else ''}.")
        waits, self._waits = self._waits, {}
        for told in waits.values():
            told(Exit())

    def _tail(self) -> str:
        try:
            text = self._log.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""
        return text.splitlines()[-1][:_TAIL_CHARACTERS] if text else ""

    def _clear(self) -> None:
        self._text.unlink(missing_ok=True)
        self._log.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class ChildOf:
    """The `Parent` of a forked kernel."""

    zygote: Zygote
    pid: int

    def has_ended(self) -> bool:
        """As `Parent` has it; a process that is there but has ended is in state Z."""
        return not process_identity.begun(self.pid)

    def wait(self, told: Callable[[Exit], None]) -> None:
        """As `Parent` has it."""
        self.zygote.wait(self.pid, told)


def adopt(kernel: KernelProcess, zygote: Zygote, pid: int) -> None:
    """The fork is there: `kernel` is it, and is written down by whoever has waited for that."""
    kernel.runs(pid, Group(pid, process_identity.begun(pid)), ChildOf(zygote, pid))
    zygote.keep(pid)


def _changed(path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0


def _written(folder: Path) -> Path:
    """The other end's program, as a file that another interpreter can run: in the frozen binary it is none."""
    import pkgutil

    try:
        text = pkgutil.get_data("adrastea.kernels", "zygote_main.py") or b""
        path = private_folder(folder).resolve() / f"zygote-{secrets.token_hex(8)}.py"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text)
    except (OSError, StartFailed) as error:
        raise KernelFailed(f"The program of the warm interpreter cannot be read or written: {error}.") from None
    return path
