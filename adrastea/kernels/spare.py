"""One kernel kept ready: a process that was started before anybody asked for it. For every language and every system.

After a kernel has been started, another of the same kernelspec, folder and environment is started in a quiet moment,
one at most in the program. It is handed out once, to the next who wants exactly that; a restart does. It is thrown
away when another kernel is wanted, when its program, its packages or its `kernel.json` have changed, when it ends by
itself, when memory is short, and when nobody has wanted it for a while. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from adrastea.errors import KernelFailed
from adrastea.kernels.adoption import Kept, Records
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import Started, Starter

log = logging.getLogger(__name__)

_QUIET_SECONDS: Final = 3.0  # after a start: the kernel itself, and the page, come first
_UNUSED_SECONDS: Final = 300.0
_ENDED_SECONDS: Final = 1.0
_PACKAGES: Final = ("lib/python3*/site-packages", "Lib/site-packages", "lib/R/library")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that a kernel depends on: who wants the same may have the one that is ready."""

    spec: KernelSpec
    cwd: Path
    environ: tuple[tuple[str, str], ...]
    changed: tuple[int, ...]
    """When its program, its `kernel.json` and its folder's packages were last changed."""


class Spare:
    """See the module."""

    def __init__(
        self,
        new_process: Starter,
        quiet_seconds: float = _QUIET_SECONDS,
        unused_seconds: float = _UNUSED_SECONDS,
        records: Records | None = None,
    ) -> None:
        """Kernels are made by `new_process`, now or beforehand; what we leave, the next start finds in `records`."""
        self._new_process = new_process
        self._quiet_seconds = quiet_seconds
        self._unused_seconds = unused_seconds
        self._loop = asyncio.get_running_loop()
        self._ready: tuple[Wanted, Started] | None = None
        self._records = Records(None) if records is None else records
        self._kept: Kept | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._endings: set[asyncio.Future[None]] = set()

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        """As `Starter` has it."""
        wanted = Wanted(spec, cwd, tuple(sorted(environ.items())), _changed(spec))
        started = self._taken(wanted) or self._new_process.start(spec, cwd, environ)
        self._after(self._quiet_seconds, lambda: self._prepare(wanted))
        return started

    def shrink(self) -> None:
        """Memory is short: nothing is kept ready until the next kernel is started."""
        self._stop()
        self._throw_away()

    async def close(self) -> None:
        """As `Starter` has it; within 1 s."""
        self.shrink()
        if self._endings:
            await asyncio.wait(self._endings, timeout=_ENDED_SECONDS)

    def _taken(self, wanted: Wanted) -> Started | None:
        """The one that is ready, if it is what is wanted; any other is thrown away."""
        if self._ready is None or self._ready[0] != wanted or self._ready[1].process.exit is not None:
            self._throw_away()
            return None
        (_, started), self._ready = self._ready, None
        self._forget()
        return started

    def _prepare(self, wanted: Wanted) -> None:
        try:
            started = self._new_process.start(wanted.spec, wanted.cwd, dict(wanted.environ))
        except KernelFailed as error:
            log.info("no kernel can be kept ready: %s", error)
            return
        started.process.note = "a process that was kept ready"
        self._ready = (wanted, started)
        self._kept = self._records.keep("", wanted.spec, wanted.cwd)
        started.process.on_run(partial(self._kept.runs, started.place))
        started.process.on_exit(lambda _: self._ended(started))
        self._after(self._unused_seconds, self._throw_away)

    def _ended(self, started: Started) -> None:
        """If nobody has it yet, its files are ours to remove."""
        if self._ready is not None and self._ready[1] is started:
            self._ready = None
            self._forget()
            started.place.clear()

    def _throw_away(self) -> None:
        if self._ready is None:
            return
        (_, started), self._ready = self._ready, None
        self._forget()
        ended = self._loop.create_future()
        self._endings.add(ended)
        ended.add_done_callback(self._endings.discard)
        started.discard()
        started.process.on_exit(lambda _: ended.set_result(None))

    def _forget(self) -> None:
        if self._kept is not None:
            self._kept.ended()
            self._kept = None

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        """One clock: what was to happen before does not."""
        self._stop()
        self._timer = self._loop.call_later(seconds, act)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _changed(spec: KernelSpec) -> tuple[int, ...]:
    program = shutil.which(spec.program or spec.argv[0])
    paths = [spec.resource_dir / "kernel.json", *(() if program is None else (Path(program),))]
    if spec.prefix:
        paths += [path for form in _PACKAGES for path in sorted(Path(spec.prefix).glob(form))]
    return tuple(_time_of(path) for path in paths)


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
