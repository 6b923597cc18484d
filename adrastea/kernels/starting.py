"""The seam between a kernel and how its process comes about: what every way of starting one does, and the plainest way.

Guarantees: a start that fails leaves nothing, no process and no file. Server thread only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from adrastea.kernels import connection, process
from adrastea.kernels.connection import ConnectionInfo, Ports
from adrastea.kernels.kernelspec import KernelSpec, command
from adrastea.kernels.process import KernelProcess


@dataclass(frozen=True, slots=True)
class Place:
    """Where one run of a kernel is reached, and the files that it has while it runs."""

    info: ConnectionInfo
    connection_file: Path
    log_file: Path

    def clear(self) -> None:
        """Remove the files."""
        self.connection_file.unlink(missing_ok=True)
        self.log_file.unlink(missing_ok=True)
        self.info.unlink_sockets()


@dataclass(frozen=True, slots=True)
class Started:
    """One run of a kernel, begun."""

    place: Place
    process: KernelProcess

    def discard(self) -> None:
        """Nobody wants it: end it, and leave nothing."""
        self.process.kill()
        self.process.on_exit(lambda _: self.place.clear())


class Starter(Protocol):
    """A way in which kernels come about."""

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        """Begin a run of this kernel in the folder `cwd`, with exactly this environment. Returns at once.

        Raises:
            KernelFailed: it cannot be executed, or the system has no port, no file or no process for it.
        """
        ...

    def shrink(self) -> None:
        """Memory is short: let go of what is kept ready."""
        ...

    async def close(self) -> None:
        """End what is kept ready; kernels that were handed out go on. May be called twice."""
        ...


@dataclass(frozen=True, slots=True)
class NewProcess:
    """Each run is a new process of the kernelspec's command. Connection files and logs lie in `folder`."""

    folder: Path
    ports: Ports = field(default_factory=Ports)
    parent: int | None = None
    """The process whose end a kernel is to notice, None: this one; 1: none, so that it can be found again."""

    def prepare(self, spec: KernelSpec) -> Place:
        """A place for a run: ports.

        Raises:
            KernelFailed: no port is free, or the connection file cannot be written.
        """
        return self._place(connection.new_connection(spec.name, self.ports))

    def prepare_files(self, spec: KernelSpec) -> Place:
        """A place for a run of a kernel that takes socket files and never drops an output; ports where there are none.

        The system keeps far less for a reader of a socket file than for one of a port, and a kernel as it starts by
        itself drops what is more than that and its own thousand messages.

        Raises:
            KernelFailed: as for `prepare`.
        """
        files = connection.new_socket_files(spec.name, self.folder)
        return self.prepare(spec) if files is None else self._place(files)

    def start(self, spec: KernelSpec, cwd: Path, environ: Mapping[str, str]) -> Started:
        """As `Starter` has it."""
        place = self.prepare(spec)
        try:
            argv = command(spec, place.connection_file)
            return Started(place, process.start(argv, environ, cwd, place.log_file, parent=self.parent))
        except BaseException:
            place.clear()
            raise

    def shrink(self) -> None:
        """Nothing is kept ready."""

    async def close(self) -> None:
        """Nothing is kept ready."""

    def _place(self, info: ConnectionInfo) -> Place:
        connection_file = connection.write(info, self.folder)
        return Place(info, connection_file, connection_file.with_suffix(".log"))
