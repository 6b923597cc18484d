"""One run of a kernel: its process, connection file, key, channels and log file, from launch to end.

Guarantees: a message gets in only with the signature of this run's key (K2); what was meant for this run never reaches
the next, which has other sockets, other ports and another key (K5); when it has ended, what it said last is delivered,
then nothing is left: no process of its group, no file, no socket. Server thread only.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from adrastea.errors import ProtocolError, Unavailable
from adrastea.kernels.channels import Transport
from adrastea.kernels.exit import Exit
from adrastea.kernels.kernelspec import KernelSpec, environment
from adrastea.kernels.starting import Started, Starter
from adrastea.protocol import wire
from adrastea.protocol.wire import Channel, Frames, Signer

log = logging.getLogger(__name__)

_ASKED_SECONDS: Final = 1.0
_TERMINATED_SECONDS: Final = 0.5
_KILLED_SECONDS: Final = 0.75  # together under 2.5 s
_KERNEL_INFO: Final = b'"kernel_info_request"'
_TAIL_BYTES: Final = 8192
_TAIL_LINES: Final = 20
_NOISE: Final = "Kernel is running over TCP without encryption"
"""ipykernel warns so at every start; on the loopback address, with signed messages, it is as it should be."""


class Owner(Protocol):
    """Whom an instance tells, on the server loop. May not raise."""

    def on_frames(self, channel: Channel, frames: Frames) -> None:
        """A message with a valid signature."""
        ...

    def on_end(self, end: Exit) -> None:
        """The process has ended, all that it said is told, its log's tail is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Launcher:
    """What every launch needs, whatever the kernel."""

    starter: Starter
    transport: Transport
    environ: Mapping[str, str]

    def start(self, spec: KernelSpec, cwd: Path, env: Mapping[str, str]) -> Started:
        """Start a process of this kernel in the folder `cwd`, with `env` added to our environment.

        Raises:
            KernelFailed: it cannot be executed, or the system has no port, no file or no process for it.
        """
        return self.starter.start(spec, cwd, environment(spec, {**self.environ, **env}))


class Instance:
    """See the module."""

    def __init__(self, transport: Transport, started: Started, owner: Owner) -> None:
        """A run that has begun: connect to it."""
        info = started.place.info
        self.process: Final = started.process
        self.rejected = 0
        """Messages that were dropped: wrong signature, or none of Jupyter's."""
        self._place = started.place
        self._signer = Signer(info.key, info.signature_scheme)
        self._owner = owner
        self._tail: str | None = None
        self._may_ask = False
        self._ended = asyncio.get_running_loop().create_future()
        with ExitStack() as undo:
            undo.callback(started.discard)
            self._channels = transport.open(info, self._deliver)
            undo.pop_all()
        self.process.on_exit(self._on_exit)

    def send(self, channel: Channel, frames: Frames) -> None:
        """Sign and send.

        Raises:
            Unavailable: the kernel has stopped reading, or has ended.
        """
        if channel == "shell" and not self._may_ask and _KERNEL_INFO not in frames.header:
            self._may_ask = True
            self._channels.listen("stdin")  # code may run from now on, and may ask for input
        self._channels.send(channel, wire.pack(frames, self._signer))

    def log_tail(self) -> str:
        """What it printed last, past Jupyter: at most 20 lines and 8 KB."""
        return _tail(self._place.log_file) if self._tail is None else self._tail

    def reject(self, error: ProtocolError) -> None:
        """Count a message that makes no sense; the first one is logged."""
        self.rejected += 1
        if self.rejected == 1:
            log.warning("dropped a message of the kernel with pid %s: %s", self.process.pid, error)

    def let_go(self) -> None:
        """Hear no more of it, and leave it running."""
        self._ended.cancel()
        self._channels.close()

    async def end(self, request: Frames | None) -> None:
        """End the process: by `request` (None: it cannot be asked yet), then SIGTERM, then SIGKILL. Within 2.5 s."""
        stages = [(self.process.terminate, _TERMINATED_SECONDS), (self.process.kill, _KILLED_SECONDS)]
        if request is not None:
            stages.insert(0, (partial(self._ask, request), _ASKED_SECONDS))
        for stage, seconds in stages:
            stage()
            await asyncio.wait([self._ended], timeout=seconds)
            if self._ended.done():
                return
        log.error("the kernel with pid %s cannot be ended", self.process.pid)
        self._channels.close()
        self._cleared(Exit())

    def _ask(self, request: Frames) -> None:
        with suppress(Unavailable):  # it has ended, or has stopped reading
            self.send("control", request)

    def _deliver(self, batch: Sequence[tuple[Channel, list[bytes]]]) -> None:
        for channel, parts in batch:
            try:
                _, frames = wire.unpack(parts, self._signer)
            except ProtocolError as error:
                self.reject(error)
            else:
                self._owner.on_frames(channel, frames)

    def _on_exit(self, end: Exit) -> None:
        if self._ended.cancelled():
            return
        self._channels.finish(lambda: self._cleared(end))

    def _cleared(self, end: Exit) -> None:
        if self._ended.done():
            return
        self._tail = _tail(self._place.log_file)
        self._place.clear()
        self._ended.set_result(None)
        self._owner.on_end(end)


def _tail(file: Path) -> str:
    try:
        with file.open("rb") as printed:
            start = max(0, printed.seek(0, os.SEEK_END) - _TAIL_BYTES)
            printed.seek(start)
            text = printed.read(_TAIL_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
    lines = text.splitlines()
    if start and len(lines) > 1:
        del lines[0]  # its beginning is missing
    return "\n".join([line for line in lines if _NOISE not in line][-_TAIL_LINES:])
