"""`/api/kernels` and `/api/sessions`: Jupyter's names and shapes for what `Kernels` and `Sessions` do."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adrastea.documents.notebook import EMPTY, JsonObject
from adrastea.errors import AppError, BadRequest, Conflict
from adrastea.kernels.kernel import Kernel, KernelId
from adrastea.kernels.lifecycle import State
from adrastea.server import fields
from adrastea.server.event_bus import KernelAction
from adrastea.server.handler import Handler
from adrastea.server.jupyter_json import kernel_json, session_json
from adrastea.sessions.sessions import nearest_folder

if TYPE_CHECKING:
    from adrastea.sessions.session import Session


class KernelsHandler(Handler):
    """`/api/kernels`."""

    def get(self) -> None:
        """All running kernels."""
        self.reply([_kernel_json(self, kernel) for kernel in self.services.kernels.all()])

    async def post(self) -> None:
        """Start one: `name` of its kernelspec, `path` of the folder or file that it works for."""
        body = self.body()
        name = fields.optional_text(body, "name") or self.services.settings.default_kernel or None
        folder = self._folder(fields.optional_text(body, "path") or "")
        kernel = await self.services.kernels.start(name, folder)
        self.services.events.kernel("start", kernel)
        self.reply(_kernel_json(self, kernel), status=201, location=f"api/kernels/{kernel.id}")

    def _folder(self, path: str) -> Path:
        """The folder that `path` names, or the nearest one around it."""
        return nearest_folder(self.services.files.resolve(path))


class KernelHandler(Handler):
    """`/api/kernels/<id>`."""

    def get(self, kernel_id: str) -> None:
        """One kernel."""
        self.reply(_kernel_json(self, _kernel(self, kernel_id)))

    async def delete(self, kernel_id: str) -> None:
        """Shut it down."""
        await self.services.shut_down_kernel(kernel_id)
        self.reply_nothing()


class KernelInterruptHandler(Handler):
    """`/api/kernels/<id>/interrupt`."""

    async def post(self, kernel_id: str) -> None:
        """Interrupt what runs."""
        kernel = _kernel(self, kernel_id)
        if kernel.state not in {State.IDLE, State.BUSY}:
            raise Conflict(f"The kernel is {kernel.state.value}: there is nothing to interrupt.")
        await _told(self, "interrupt", kernel, kernel.interrupt())
        self.reply_nothing()


class KernelRestartHandler(Handler):
    """`/api/kernels/<id>/restart`."""

    async def post(self, kernel_id: str) -> None:
        """A new process in its place, under the same id."""
        kernel = _kernel(self, kernel_id)
        await _told(self, "restart", kernel, kernel.restart())
        self.reply(_kernel_json(self, kernel))


class SessionsHandler(Handler):
    """`/api/sessions`."""

    def get(self) -> None:
        """All sessions."""
        self.reply([_session_json(self, session) for session in self.services.sessions.all()])

    async def post(self) -> None:
        """The session of a path, with a kernel: the one that there is, or a new one."""
        asked = parse_session(self.body())
        if asked.path is None:
            raise BadRequest("The field 'path' is missing.")
        if asked.type is None:
            raise BadRequest("The field 'type' is missing.")
        self.services.files.resolve(asked.path)  # raises for whatever lies outside the root
        before = self.services.kernels.all()
        session = await self.services.sessions.start(
            asked.path, asked.type, asked.name or "", asked.kernel_name, asked.kernel_id
        )
        _tell_changes(self, before)
        self.reply(_session_json(self, session), status=201, location=f"api/sessions/{session.id}")


class SessionHandler(Handler):
    """`/api/sessions/<id>`."""

    def get(self, key: str) -> None:
        """One session."""
        self.reply(_session_json(self, self.services.sessions.get(key)))

    async def patch(self, key: str) -> None:
        """Another path, name, type or kernel."""
        session = self.services.sessions.get(key)
        asked = parse_session(self.body())
        if asked.path is not None:
            self._move(session, asked.path)
        if asked.kernel_id not in {None, _id(session)} or (asked.kernel_id is None and asked.kernel_name is not None):
            before = self.services.kernels.all()
            await self.services.sessions.change_kernel(session, asked.kernel_name, asked.kernel_id)
            _tell_changes(self, before)
        session.name = session.name if asked.name is None else asked.name
        session.type = session.type if asked.type is None else asked.type
        session.keep()
        self.reply(_session_json(self, session))

    async def delete(self, key: str) -> None:
        """Shut its kernel down and forget it."""
        before = self.services.kernels.all()
        await self.services.sessions.end(key)
        _tell_changes(self, before)
        self.reply_nothing()

    def _move(self, session: Session, path: str) -> None:
        """Jupyter clients say so after they have renamed the file; by then the session has moved with its document."""
        self.services.files.resolve(path)
        if path == session.path:
            return
        if session.document is not None:
            raise Conflict("The notebook of this session is open. Rename the file; its session goes with it.")
        if self.services.sessions.by_path(path) is not None:
            raise Conflict(f"There is a session for {path} already.")
        session.path = path


@dataclass(frozen=True, slots=True)
class AskedSession:
    """What the body of a request says about a session; None where it says nothing."""

    path: str | None
    name: str | None
    type: str | None
    kernel_name: str | None
    kernel_id: str | None


def parse_session(body: JsonObject) -> AskedSession:
    """The body of a request to `/api/sessions`, also in the older form with `notebook`.

    Raises:
        BadRequest: a field has the wrong type.
    """
    older = fields.optional_object(body, "notebook")
    kernel = fields.optional_object(body, "kernel") or EMPTY
    place = body if older is None else older
    path = fields.optional_text(place, "path")
    return AskedSession(
        path=None if path is None else fields.clean_path(path),
        name=fields.optional_text(place, "name"),
        type=fields.optional_text(body, "type") or (None if older is None else "notebook"),
        kernel_name=fields.optional_text(kernel, "name") or None,
        kernel_id=fields.optional_text(kernel, "id") or None,
    )


def _kernel(handler: Handler, kernel_id: str) -> Kernel:
    return handler.services.kernels.get(KernelId(kernel_id))


async def _told(handler: Handler, action: KernelAction, kernel: Kernel, doing: Awaitable[None]) -> None:
    """Wait for what is done to a kernel, and tell who listens how it went."""
    try:
        await doing
    except AppError as error:
        handler.services.events.kernel(action, kernel, error)
        raise
    handler.services.events.kernel(action, kernel)


def _tell_changes(handler: Handler, before: tuple[Kernel, ...]) -> None:
    """Tell which kernels a session has started and shut down."""
    after, events = handler.services.kernels.all(), handler.services.events
    for kernel in after:
        if kernel not in before:
            events.kernel("start", kernel)
    for kernel in before:
        if kernel not in after:
            events.kernel("shutdown", kernel)


def _kernel_json(handler: Handler, kernel: Kernel) -> JsonObject:
    return kernel_json(kernel, handler.services.connections(kernel.id))


def _session_json(handler: Handler, session: Session) -> JsonObject:
    kernel = session.kernel
    return session_json(session, 0 if kernel is None else handler.services.connections(kernel.id))


def _id(session: Session) -> str | None:
    return None if session.kernel is None else session.kernel.id
