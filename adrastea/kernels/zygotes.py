"""Kernels of Python by fork from a warm interpreter: one `Zygote` for each Python, from its first kernel on. Linux.

The first kernel waits for the imports, as it would in a process of its own; each one after it is there at once. What
stands in the way (another command than ipykernel's, an environment that an interpreter takes in only when it starts,
threads) leads to a new process, and the kernel's `note` says why. An interpreter whose packages have changed on disk
forks no more. One that nobody has used for a while, or while memory is short, is ended; if its kernels still run, it
lets go of what it has imported and stays as their parent. No clock runs while there is none. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from adrastea.errors import KernelFailed
from adrastea.kernels import process
from adrastea.kernels.kernelspec import KernelSpec, command, environment
from adrastea.kernels.process import KernelProcess
from adrastea.kernels.python_command import depends_on_the_folder, read_at_the_start, split
from adrastea.kernels.starting import NewProcess, Started, Starter
from adrastea.kernels.zygote import ForkRequest, Zygote, adopt

log = logging.getLogger(__name__)

_UNUSED_SECONDS: Final = 600.0


class Zygotes:
    """See the module."""

    def __init__(
        self,
        new_process: NewProcess,
        otherwise: Starter,
        environ: Mapping[str, str],
        unused_seconds: float = _UNUSED_SECONDS,
    ) -> None:
        """What cannot be forked is started by `otherwise`; `environ` is what every kernel has before its own."""
        self._new_process = new_process
        self._otherwise = otherwise
        self._environ = environ
        self._unused_seconds = unused_seconds
        self._loop = asyncio.get_running_loop()
        self._current: dict[object, Zygote] = {}
        self._last_used: dict[Zygote, float] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._endings: set[asyncio.Task[None]] = set()

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        """As `Starter` has it."""
        zygote = self._obstacle(spec, cwd, environ) or self._zygote(spec)
        if isinstance(zygote, str):
            started = self._otherwise.start(spec, cwd, environ)
            started.process.note += f"; not forked: {zygote}"
            return started
        place = self._new_process.prepare_files(spec)
        try:
            os.close(process.create_log(place.log_file))
        except BaseException:
            place.clear()
            raise
        kernel = KernelProcess()
        kernel.note = f"forked from the warm interpreter {zygote.process.pid}"
        argv = command(spec, place.connection_file)
        parts = split(argv)
        request = ForkRequest(parts.arguments if parts else (), cwd, environ, place.log_file, self._new_process.parent)
        start_anew = partial(_start_anew, kernel, argv, environ, cwd, place.log_file, self._new_process.parent)
        zygote.fork(request, partial(self._answered, zygote, kernel, start_anew))
        self._use(zygote)
        return Started(place, kernel)

    def shrink(self) -> None:
        """Memory is short: let go of everything that is kept ready."""
        for zygote in tuple(self._last_used):
            if not zygote.resting:
                log.info("memory is short: the warm interpreter %s is let go", zygote.process.pid)
                self._let_go(zygote)
        self._otherwise.shrink()

    async def close(self) -> None:
        """As `Starter` has it. What was forked may end with its parent, so the kernels are ended before."""
        if self._timer is not None:
            self._timer.cancel()
        zygotes = tuple(self._last_used)
        self._current.clear()
        self._last_used.clear()
        await asyncio.gather(*(zygote.close() for zygote in zygotes), *self._endings)
        await self._otherwise.close()

    def _obstacle(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> str:
        """Why this kernel cannot be forked at all; empty: it can."""
        if split(command(spec, Path("connection_file"))) is None:
            return "its command is not plainly python -m ipykernel_launcher"
        changed = read_at_the_start(environ).items() ^ read_at_the_start(environment(spec, self._environ)).items()
        if changed:
            return f"its environment changes {min(changed)[0]}, which Python reads only when it starts"
        if depends_on_the_folder(environ):
            return "its PYTHONPATH begins in the folder in which it starts"
        return "" if cwd.is_dir() and os.access(cwd, os.X_OK) else "its folder cannot be entered"

    def _zygote(self, spec: KernelSpec) -> Zygote | str:
        """The interpreter for this kernel, started when there is none that is up to date; or why there is none."""
        parts = split(command(spec, Path("connection_file")))
        interpreter = parts.interpreter if parts else ()
        environ = environment(spec, self._environ)
        key = (interpreter, frozenset(read_at_the_start(environ).items()))
        zygote = self._current.get(key)
        if zygote is not None and zygote.is_current():
            return zygote.unfit or zygote
        if zygote is not None:
            self._let_go(zygote)
        try:
            zygote = self._current[key] = Zygote(interpreter, environ, self._new_process.folder)
        except KernelFailed as error:
            return str(error)
        log.info("process %s is a warm interpreter of %s", zygote.process.pid, zygote.program)
        return zygote

    def _answered(
        self, zygote: Zygote, kernel: KernelProcess, start_anew: Callable[[], None], answer: int | str
    ) -> None:
        if isinstance(answer, int):
            log.info("process %s is %s", answer, kernel)
            adopt(kernel, zygote, answer)
            kernel.on_exit(lambda _: self._kernel_ended(zygote))
            return
        log.info("the warm interpreter %s does not fork: %s", zygote.program, answer)
        kernel.note = f"a new process; not forked: {answer}"
        start_anew()
        if zygote.resting:
            self._let_go(zygote)

    def _kernel_ended(self, zygote: Zygote) -> None:
        if zygote.resting:
            self._let_go(zygote)
        else:
            self._use(zygote)

    def _use(self, zygote: Zygote) -> None:
        self._last_used[zygote] = self._loop.time()
        if self._timer is None:
            self._timer = self._loop.call_later(self._unused_seconds, self._tidy)

    def _tidy(self) -> None:
        """Let go of what was not used for long; look again when the next one will be due."""
        self._timer = None
        due = {zygote: used + self._unused_seconds for zygote, used in self._last_used.items() if not zygote.resting}
        now = self._loop.time()
        for zygote in [zygote for zygote, time in due.items() if time <= now]:
            del due[zygote]
            self._let_go(zygote)
        if due:
            self._timer = self._loop.call_at(min(due.values()), self._tidy)

    def _let_go(self, zygote: Zygote) -> None:
        """It forks no more, and ends as soon as it has no kernel left."""
        for key in [key for key, current in self._current.items() if current is zygote]:
            del self._current[key]
        if zygote.kernels or zygote.asked:
            zygote.rest()
            return
        self._last_used.pop(zygote, None)
        ending = self._loop.create_task(zygote.close())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)


def _start_anew(
    kernel: KernelProcess,
    argv: list[str],
    environ: Mapping[str, str],
    cwd: Path,
    log_file: Path,
    parent: int | None,
) -> None:
    """A process of its own after all, under the same number of files."""
    log_file.unlink(missing_ok=True)
    try:
        process.start_as(kernel, argv, environ, cwd, log_file, parent=parent)
    except KernelFailed as error:
        log_file.write_text(f"{error}\n", encoding="utf-8")
        kernel.never_ran()
