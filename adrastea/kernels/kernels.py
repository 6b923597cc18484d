"""`Kernels`: the table of kernels that this program has, and its door to those that earlier runs have left (K3).

Server thread only.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal
from uuid import uuid4

from adrastea.errors import Conflict, KernelFailed, NotFound, Unavailable
from adrastea.kernels import orphan, process, python_command
from adrastea.kernels.adoption import Left, Records, kill_group, place_of
from adrastea.kernels.adoption_record import Record
from adrastea.kernels.channels import Transport
from adrastea.kernels.instance import Launcher
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.kernelspec import KernelSpec, KernelSpecs
from adrastea.kernels.starting import Started, Starter


class Kernels:
    """The running kernels, and those that have died and were not shut down. Server thread only."""

    def __init__(
        self,
        specs: KernelSpecs,
        starter: Starter,
        transport: Transport,
        environ: Mapping[str, str] | None = None,
        records: Records | None = None,
    ) -> None:
        """Kernels come about by `starter` and get `environ`, None: our own environment.

        They are written down in `records`; None: they are not, and end with the program.
        """
        self.specs: Final = specs
        self._starter = starter
        self._transport = transport
        process.allow_many_files()
        self._launcher = Launcher(starter, transport, os.environ if environ is None else environ)
        self._records = Records(None) if records is None else records
        self._kernels: dict[KernelId, Kernel] = {}
        self._closed = False

    async def start(
        self,
        name: str | None,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        kernel_id: KernelId | None = None,
    ) -> Kernel:
        """Start the kernel `name` (None: the default one) in the folder `cwd`, with `env` added to its environment.

        Returns as soon as the process runs; `Kernel.ready` waits until it answers.

        Raises:
            NotFound: no such kernelspec.
            KernelFailed: it cannot be executed.
            Conflict: a kernel with this id runs already.
            Unavailable: the program is ending.
        """
        if self._closed:
            raise Unavailable("The program is ending.")
        key = KernelId(str(uuid4())) if kernel_id is None else kernel_id
        if key in self._kernels:
            raise Conflict(f"There is a kernel {key} already.")
        spec = self.specs.default() if name is None else self.specs.get(name)
        kept = self._records.keep(key, spec, cwd)
        kernel = self._kernels[key] = Kernel(key, spec, cwd, env or {}, self._launcher, kept)
        return kernel

    def get(self, kernel_id: KernelId) -> Kernel:
        """The kernel with this id.

        Raises:
            NotFound: there is none.
        """
        kernel = self._kernels.get(kernel_id)
        if kernel is None:
            raise NotFound(f"There is no kernel {kernel_id}.")
        return kernel

    def all(self) -> tuple[Kernel, ...]:
        """All kernels, in the order in which they were started."""
        return tuple(self._kernels.values())

    def left(self) -> tuple[Left, ...]:
        """The kernels that other runs of the program have left, and that no program has. Reads the disk."""
        return self._records.left()

    def left_here(self) -> tuple[Left, ...]:
        """Those of them that worked for the folder that we serve, and can be taken over.

        What is left of kernels that have ended is cleared away, and what was kept ready for nobody is ended.
        """
        self._records.sweep()
        return self._records.here()

    def adopt(self, left: Left) -> Kernel:
        """Take over a kernel that was left, under the id that it had. It counts as busy until it has answered.

        Raises:
            Conflict: it cannot be taken over, or another program has been quicker.
        """
        kept = self._records.take(left) if left.reach == "reachable" else None
        if kept is None or KernelId(kept.record.id) in self._kernels:
            raise Conflict("This kernel cannot be taken over any more.")
        record = kept.record
        spec = self._spec(record)
        try:
            running = Started(place_of(record, hands_over=_is_ipykernel(spec)), orphan.adopt(*record.process))
        except KernelFailed as error:
            kept.let_go()
            raise Conflict(str(error)) from None
        key, cwd = KernelId(record.id), Path(record.cwd)
        kernel = self._kernels[key] = Kernel(key, spec, cwd, {}, self._launcher, kept, running)
        return kernel

    async def end(self, left: Left) -> None:
        """End a kernel that was left; of one that is not on this machine, forget it.

        Raises:
            Conflict: it is of a later version of the program, which has to end it.
        """
        if left.record is None:
            raise Conflict("This kernel was started by a newer version of Adrastea. End it there.")
        if left.reach == "reachable":
            await self.shutdown(self.adopt(left).id)
            return
        if left.reach == "unreachable":
            kill_group(left.record)
        self._records.forget(left)

    async def shutdown(self, kernel_id: KernelId) -> None:
        """Shut a kernel down and forget it.

        Raises:
            NotFound: there is none.
        """
        await self.get(kernel_id).shutdown()
        self._kernels.pop(kernel_id, None)

    async def close(self, keep: Callable[[Kernel], bool] = lambda _: False) -> None:
        """Shut all kernels down, at the same time, and close the transport; within 3 s. May be called twice.

        Those that `keep` is true of go on, where they can be found again.
        """
        self._closed = True
        for kernel in self.all():
            if kernel.kept.is_written and keep(kernel):
                kernel.let_go()
                del self._kernels[kernel.id]
        await asyncio.gather(*(kernel.shutdown() for kernel in self.all()))
        self._kernels.clear()
        await self._starter.close()
        await self._transport.close()

    def kill(self) -> None:
        """End all of them at once, without asking: nobody waits for them any more."""
        for kernel in self.all():
            kernel.kill()

    def _spec(self, record: Record) -> KernelSpec:
        """The kernelspec of a kernel that was left; where it is not installed any more, what is known of it."""
        try:
            return self.specs.get(record.kernelspec)
        except NotFound:
            mode: Literal["message", "signal"] = "message" if record.interrupt_mode == "message" else "signal"
            name, nowhere = record.kernelspec, Path(os.devnull)
            return KernelSpec(name, (name,), record.display_name, record.language, nowhere, mode)


def _is_ipykernel(spec: KernelSpec) -> bool:
    """Which has its sockets hand over (ROUTER_HANDOVER)."""
    return python_command.of(spec) is not None
