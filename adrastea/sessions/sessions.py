"""The table of sessions: one per path, made when a view opens a notebook or a client asks for a kernel for it.

Server thread only. A document is open while a view is, or while something runs; a session stays in the table while it
has a document or a kernel. A kernel is started once, also when two ask at the same time (K3).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from pathlib import Path
from uuid import uuid4

from adrastea.documents.document import Documents
from adrastea.documents.edits import SetNotebookMetadata
from adrastea.documents.notebook import Notebook
from adrastea.errors import AppError, KernelFailed, NotFound
from adrastea.kernels.kernel import KernelId, Kernels
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.sessions.session import KernelStatus, Session, SessionKey, failure

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

    # Looking

    def all(self) -> tuple[Session, ...]:
        """The sessions that have a kernel: what Jupyter calls sessions."""
        return tuple(session for session in self._by_id.values() if session.kernel is not None)

    def get(self, key: str) -> Session:
        """The session with this id.

        Raises:
            NotFound: there is none, or it has no kernel.
        """
        session = self._by_id.get(SessionKey(key))
        if session is None or session.kernel is None:
            raise NotFound(f"There is no session {key}.")
        return session

    def by_path(self, path: str) -> Session | None:
        """The session of a path, with or without a kernel."""
        return next((session for session in self._by_id.values() if session.path == path), None)

    # Views

    async def open(self, path: str) -> Session:
        """The session of a notebook that a view opens; its document is open from now on.

        Raises:
            NotFound: no such file.
            InvalidNotebook: it is not a notebook.
        """
        document = await self._documents.open(path)
        session = self.by_path(path) or self._make(path, "notebook", Path(path).name)
        session.document = document
        return session

    def release(self, session: Session) -> None:
        """A view has gone, or the last cell has ended: close what nobody needs any more."""
        if session.watched or session.busy:
            return
        if session.document is not None:
            document, session.document = session.document, None
            self._spawn(self._documents.close(document))
        if session.kernel is None and session.id not in self._starts:
            self._by_id.pop(session.id, None)

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
                start = self._spawn(self._start(session, kernel_name, kernel_id))
                self._starts[session.id] = start
                start.add_done_callback(lambda _: self._starts.pop(session.id, None))
            try:
                await asyncio.shield(start)
            finally:
                self.release_unused(session)
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
        if spec is not None:
            self._note_kernel(session, spec)
        if before is not None and before is not kernel and not self._in_use(before.id):
            await self._kernels.shutdown(before.id)

    async def end(self, key: str) -> None:
        """Shut the session's kernel down. Its views stay, without a kernel.

        Raises:
            NotFound: no such session.
        """
        session = self.get(key)
        kernel = session.drop_kernel()
        if kernel is not None:
            await self._kernels.shutdown(kernel.id)
        self.release_unused(session)

    def kernel_ended(self, kernel_id: str) -> None:
        """A kernel was shut down on request: no session has it any more."""
        for session in tuple(self._by_id.values()):
            if session.kernel is not None and session.kernel.id == kernel_id:
                session.drop_kernel()
                self.release_unused(session)

    def renamed(self, old: str, new: str) -> None:
        """A file or folder has another path."""
        for session in self._by_id.values():
            if session.path == old or session.path.startswith(old + "/"):
                session.path = new + session.path[len(old) :]
                session.name = Path(session.path).name if session.type == "notebook" else session.name

    def note_kernel(self, session: Session) -> None:
        """Write the kernel's name into a notebook that names none, so that the next start takes the same."""
        document, kernel = session.document, session.kernel
        if document is not None and kernel is not None and _kernel_name(document.notebook) is None:
            self._note_kernel(session, kernel.spec)

    async def close(self) -> None:
        """Wait for what is under way. Kernels and documents are closed by their owners."""
        tasks = tuple(self._tasks)
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)

    def release_unused(self, session: Session) -> None:
        """Like `release`, but only for a session that has neither kernel nor document."""
        if session.kernel is None and session.document is None and session.id not in self._starts:
            self._by_id.pop(session.id, None)

    # Inside

    def _make(self, path: str, kind: str, name: str) -> Session:
        session = Session(SessionKey(str(uuid4())), path, kind, name)
        session.when_quiet(self.release)
        self._by_id[session.id] = session
        return session

    async def _start(self, session: Session, kernel_name: str | None, kernel_id: str | None) -> None:
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
            wanted = _kernel_name(session.document.notebook)
        if wanted is None:
            wanted = self._default_kernel or None
        return self._kernels.specs.default() if wanted is None else self._kernels.specs.get(wanted)

    def _folder(self, path: str) -> Path:
        """Where the kernel works: the notebook's folder, or the nearest one above it that exists."""
        folder = (self._root / path).parent
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        return folder

    def _in_use(self, kernel_id: str) -> bool:
        return any(other.kernel is not None and other.kernel.id == kernel_id for other in self._by_id.values())

    def _note_kernel(self, session: Session, spec: KernelSpec) -> None:
        if session.document is None:
            return
        named = {"name": spec.name, "display_name": spec.display_name, "language": spec.language}
        metadata = {key: value for key, value in session.document.notebook.metadata.items() if key != "language_info"}
        session.document.apply((SetNotebookMetadata({**metadata, "kernelspec": named}),), origin=session)

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _kernel_name(notebook: Notebook) -> str | None:
    kernelspec = notebook.metadata.get("kernelspec")
    name = kernelspec.get("name") if isinstance(kernelspec, Mapping) else None
    return name if isinstance(name, str) and name else None
