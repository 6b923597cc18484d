"""The table of sessions: one per path, made when a view opens a notebook or a client asks for a kernel for it.

Server thread only. A document is open while a view is, or while something runs; a session stays in the table while it
has a document or a kernel. A kernel is started once, also when two ask at the same time (K3).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from adrastea.documents.documents import Documents
from adrastea.errors import AppError, KernelFailed, NotFound
from adrastea.kernels.adoption import Left
from adrastea.kernels.adoption_record import Joined, Record
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.lifecycle import State
from adrastea.sessions import kernel_note

if TYPE_CHECKING:
    from adrastea.documents.document import Document
    from adrastea.documents.run_record import Ran
    from adrastea.sessions.session import Session, SessionKey

log = logging.getLogger(__name__)


class Sessions:
    """See the module. `root` is the workspace's folder, `default_kernel` the name for notebooks that name none."""

    def __init__(self, documents: Documents, kernels: Kernels, root: Path, default_kernel: str = "") -> None:
        self._documents = documents
        self._kernels = kernels
        self._root = root
        self._default_kernel = default_kernel
        self._by_id: dict[SessionKey, Session] = {}
        self._starts: dict[SessionKey, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_ran: Callable[[str, Ran], None] | None = None

    # Looking

    def all(self) -> tuple[Session, ...]:
        """The sessions that have a kernel: what Jupyter calls sessions."""
        return tuple(session for session in self._by_id.values() if session.kernel is not None)

    def get(self, key: str) -> Session:
        """The session with this id.

        Raises:
            NotFound: there is none, or it has no kernel.
        """
        session = self._by_id.get(cast("SessionKey", key))
        if session is None or session.kernel is None:
            raise NotFound(f"There is no session {key}.")
        return session

    def by_path(self, path: str) -> Session | None:
        """The session of a path, with or without a kernel."""
        return next((session for session in self._by_id.values() if session.path == path), None)

    def running(self) -> tuple[str, ...]:
        """The paths of the notebooks whose kernels work: what would be lost if the program ended now (K3)."""
        return tuple(session.path for session in self.all() if session.works)

    def works(self, kernel: Kernel) -> bool:
        """Whether a kernel works, for one of its sessions or for another client."""
        busy = any(session.busy for session in self._by_id.values() if session.kernel is kernel)
        return busy or kernel.state is State.BUSY

    def when_ran(self, callback: Callable[[str, Ran], None]) -> None:
        """Call `callback` with the path of a notebook and what there is to keep of a run of a cell. Before any run."""
        self._on_ran = callback

    # Views

    async def open(self, path: str) -> Session:
        """The session of a notebook that a view opens; its document is open from now on.

        Raises:
            NotFound: no such file.
            InvalidNotebook: it is not a notebook.
        """
        document = await self._documents.open(path)
        path = document.path  # it may have been spelt in another way, or renamed meanwhile
        session = self.by_path(path) or self._make(path, "notebook", Path(path).name)
        session.take_document(document)
        return session

    def release(self, session: Session) -> None:
        """A view has gone, or the last cell has ended: close what nobody needs any more."""
        if session.watched or session.busy:
            return
        document = session.drop_document()
        if document is not None:
            self._spawn(self._documents.close(document))
        self._forget_unused(session)

    # Kernels

    async def start(
        self,
        path: str,
        kind: str = "notebook",
        name: str = "",
        kernel_name: str | None = None,
        kernel_id: str | None = None,
    ) -> Session:
        """The session of `path` with a running kernel: the one that it has, or a new one.

        Raises:
            NotFound: no such kernelspec or kernel.
            KernelFailed: its program cannot be started.
        """
        session = self.by_path(path) or self._make(path, kind, name)
        if session.kernel is None:
            start = self._starts.get(session.id)
            if start is None:
                start = self._starts[session.id] = self._spawn(self._start(session, kernel_name, kernel_id))
                start.add_done_callback(lambda done: self._started(session, done))
            await asyncio.shield(start)
        return session

    async def change_kernel(self, session: Session, kernel_name: str | None, kernel_id: str | None = None) -> None:
        """Another kernel for the session; the one that it had is shut down.

        Raises:
            NotFound: no such kernelspec or kernel; the session keeps the one that it has.
            KernelFailed: the new one cannot be started; likewise.
        """
        spec = self._spec(session, kernel_name) if kernel_id is None else None
        if spec is None:
            kernel = self._kernels.get(KernelId(str(kernel_id)))
        else:
            kernel = await self._kernels.start(spec.name, self._folder(session.path))
        before = session.drop_kernel()
        session.take_kernel(kernel)
        session.note_kernel()
        if before is not None and before is not kernel and not self._in_use(before):
            await self._kernels.shutdown(before.id)

    async def end(self, key: str) -> None:
        """Shut the session's kernel down. Its views stay, without a kernel.

        Raises:
            NotFound: no such session.
        """
        kernel = self.get(key).kernel
        if kernel is not None:
            await self.shut_down(kernel.id)

    async def shut_down(self, kernel_id: str) -> None:
        """Shut a kernel down on request. No session has it any more, from now on.

        Raises:
            NotFound: no such kernel.
        """
        kernel = self._kernels.get(KernelId(kernel_id))
        for session in tuple(self._by_id.values()):
            if session.kernel is kernel:
                session.drop_kernel()
                self._forget_unused(session)
        await self._kernels.shutdown(kernel.id)

    def renamed(self, old: str, new: str) -> None:
        """A file or folder has another path."""
        for session in self._by_id.values():
            if session.path == old or session.path.startswith(old + "/"):
                session.path = new + session.path[len(old) :]
                session.name = Path(session.path).name if session.type == "notebook" else session.name
                session.keep()

    async def close(self) -> None:
        """Wait for what is under way. Kernels and documents are closed by their owners."""
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)

    # After an outage

    async def adopt(self) -> None:
        """Take over the kernels that an earlier run of the program has left, with their sessions. Before any start."""
        for left in self._kernels.left_here():
            try:
                await self.take_over(left)
            except AppError as error:
                log.warning("a kernel was left, and is not taken over: %s", error)

    async def take_over(self, left: Left) -> Kernel:
        """Take over one kernel that was left, with those of its sessions that are below our root and have no other.

        Raises:
            Conflict: it cannot be taken over.
        """
        record = left.record
        found = [] if record is None else [(one, self._path_here(record, one)) for one in record.sessions]
        ours = [(one, path) for one, path in found if path is not None and not self._is_taken(path)]
        documents = {one.id: await self._opened(path) for one, path in ours if one.run is not None}
        kernel = self._kernels.adopt(left)
        for one, path in ours:
            session = self.by_path(path) or self._make(path, one.type, one.name, one.id)
            document = documents.get(one.id)
            if document is not None:
                session.take_document(document)
            session.rejoin(kernel, one)
        return kernel

    def _is_taken(self, path: str) -> bool:
        session = self.by_path(path)
        return session is not None and (session.kernel is not None or session.id in self._starts)

    def _path_here(self, record: Record, joined: Joined) -> str | None:
        """The session's path from our root; None where that is elsewhere."""
        place = Path(record.root) / joined.path
        return place.relative_to(self._root).as_posix() if place.is_relative_to(self._root) else None

    async def _opened(self, path: str) -> Document | None:
        """The notebook of a cell that may still run, so that it hears what that prints."""
        try:
            return await self._documents.open(path)
        except AppError as error:
            log.warning("the notebook of a kernel that was left cannot be opened: %s", error)
            return None

    # Inside

    def _make(self, path: str, kind: str, name: str, key: str | None = None) -> Session:
        from adrastea.sessions.session import Session, SessionKey  # with the first one

        session = Session(SessionKey(str(uuid4()) if key is None else key), path, kind, name)
        session.when_quiet(self.release)
        session.when_ran(self._on_ran)
        self._by_id[session.id] = session
        return session

    def _forget_unused(self, session: Session) -> None:
        if session.kernel is None and session.document is None and session.id not in self._starts:
            self._by_id.pop(session.id, None)

    def _started(self, session: Session, start: asyncio.Task[None]) -> None:
        del self._starts[session.id]
        if not start.cancelled():
            start.exception()  # views are told in the kernel's status, also when whoever asked has gone
        self._forget_unused(session)

    async def _start(self, session: Session, kernel_name: str | None, kernel_id: str | None) -> None:
        from adrastea.sessions.session import KernelStatus, failure

        name = kernel_name
        try:
            if kernel_id is not None:
                session.take_kernel(self._kernels.get(KernelId(kernel_id)))
                return
            spec = self._spec(session, kernel_name)
            name = spec.name
            session.without_kernel(
                KernelStatus(session.id, "starting", None, spec.name, spec.display_name, spec.language)
            )
            session.take_kernel(await self._kernels.start(spec.name, self._folder(session.path)))
        except AppError as error:
            session.without_kernel(failure(session, name, error, error.log if isinstance(error, KernelFailed) else ""))
            raise

    def _spec(self, session: Session, name: str | None) -> KernelSpec:
        wanted = name
        if wanted is None and session.document is not None:
            wanted = kernel_note.kernel_name(session.document.notebook.metadata)
        if wanted is None:
            wanted = self._default_kernel or None
        return self._kernels.specs.default() if wanted is None else self._kernels.specs.get(wanted)

    def _folder(self, path: str) -> Path:
        """Where the kernel works: the notebook's folder, or the nearest one above it that exists."""
        return nearest_folder((self._root / path).parent)

    def _in_use(self, kernel: Kernel) -> bool:
        return any(session.kernel is kernel for session in self._by_id.values())

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def nearest_folder(place: Path) -> Path:
    """The place, if it is a folder, or the nearest folder around it."""
    while not _is_folder(place) and place != place.parent:
        place = place.parent
    return place


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:  # a name that is too long
        return False
