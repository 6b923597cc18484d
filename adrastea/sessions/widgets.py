"""The widgets of a session: what its kernel says of them is kept here, so that every view, also a late one, has them.

    kernel  comm_open, comm_msg, comm_close  →  state of models, told to the views
    views   updates, custom messages         →  state of models, the kernel, the other views

The session hears the kernel before any view does and also while there is none. Outputs that an Output widget captures,
and those that the code behind a widget prints, are taken here too: the first go to the widget, the others to the cell
in which the widget stands that was used. Server thread only.

Source of truth: https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, Protocol, assert_never
from uuid import uuid4

from adrastea.documents.edits import Edit
from adrastea.documents.notebook import CellId, JsonObject, Notebook
from adrastea.documents.outputs import RunState, reduce
from adrastea.errors import AppError, Conflict, ProtocolError
from adrastea.protocol import comms, messages
from adrastea.protocol.comms import CommClose, CommId, CommOpen, CommSaid
from adrastea.protocol.json_part import EMPTY, JsonValue
from adrastea.protocol.messages import Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Channel, Frames
from adrastea.sessions.widget_models import Buffers, WidgetModel, WidgetModels, buffers_of, parts_of
from adrastea.sessions.widget_outputs import WidgetOutputs
from adrastea.sessions.widget_sending import WidgetSending

log = logging.getLogger(__name__)

_TARGET: Final = "jupyter.widget"
_CONTROL: Final = "jupyter.widget.control"
_CONTROL_VERSION: Final = "1.0.0"
_UPDATE: Final = b"update_display_data"
_ENDED: Final = "This widget's kernel has ended. Run the cell again."


class WidgetHost(Protocol):
    """What the session does for its widgets."""

    def notebook(self) -> Notebook | None:
        """The document's notebook as it is now; None while the document is closed."""
        ...

    def apply(self, edits: Iterable[Edit]) -> None:
        """Put outputs into the document."""
        ...

    def send(self, channel: Channel, message: Message) -> None:
        """Send to the kernel. Raises AppError where there is none that could take it."""
        ...


class WidgetListener(Protocol):
    """A view of the widgets. Called on the server thread; may not raise."""

    def on_model(self, model: CommId, parts: Iterable[str] | None) -> None:
        """These parts of a model are different, or whether it is alive; None: all of it is new."""
        ...

    def on_custom(self, model: CommId, content: JsonValue, buffers: tuple[bytes, ...]) -> None:
        """The kernel says something to the views of a model."""
        ...

    def on_closed(self, model: CommId) -> None:
        """A model has gone."""
        ...


class Widgets:
    """See the module."""

    def __init__(self, host: WidgetHost) -> None:
        self._host = host
        self._origin = Origin(SessionId(uuid4().hex), "adrastea")
        self._models = WidgetModels()
        self._outputs = WidgetOutputs()
        self._sending = WidgetSending(self._say)
        self._reductions: dict[CellId, RunState] = {}
        self._listeners: list[WidgetListener] = []
        self._missed = False
        self._control: CommId | None = None

    # What a view does

    def subscribe(self, listener: WidgetListener) -> Callable[[], None]:
        """Tell `listener` from now on. Returns the function that ends it."""
        self._listeners.append(listener)
        if self._missed:
            self._ask_for_all()

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    @property
    def models(self) -> Iterable[CommId]:
        """The models that there are, the oldest first."""
        return iter(self._models)

    @property
    def closed(self) -> Iterable[CommId]:
        """Those that there were."""
        return self._models.closed

    def model(self, comm: CommId) -> WidgetModel | None:
        """A model as it is now."""
        model, outputs = self._models.get(comm), self._outputs.outputs(comm)
        return model if model is None or outputs is None else model.updated({"outputs": outputs}, {})

    def update(
        self, comm: CommId, state: JsonObject, buffers: Buffers, cell: CellId | None, by: WidgetListener | None = None
    ) -> None:
        """The user has changed parts of a widget that stands in `cell`, in the view `by`.

        Raises:
            Conflict: its kernel has ended.
            Unavailable: the kernel takes nothing.
        """
        self._alive(comm)
        self._change(comm, state, buffers, but=by)
        self._sending.update(comm, state, buffers, cell)

    def custom(self, comm: CommId, content: JsonValue, buffers: tuple[bytes, ...], cell: CellId | None) -> None:
        """A view of a widget that stands in `cell` says something to the kernel.

        Raises:
            Conflict: its kernel has ended.
            Unavailable: the kernel takes nothing.
        """
        self._alive(comm)
        self._sending.custom(comm, content, buffers, cell)

    # What the session does

    def missed(self) -> None:
        """The kernel has run without us: what it has is asked for when a view wants it."""
        self._missed = True

    def end(self) -> None:
        """The kernel has gone. What the widgets showed last stays."""
        self._missed, self._control = False, None
        self._sending.end()
        self._outputs.end()
        self._reductions.clear()
        for comm in self._models.end():
            self._tell_model(comm, ())

    def takes(self, channel: Channel, frames: Frames) -> bool:
        """Look at one message of the kernel; whether it was for widgets, and so for nobody else."""
        is_comm = comms.may_be_comm(frames.header)
        if channel != "iopub" or not (is_comm or self._outputs or self._sending.has_sent):
            return False
        try:
            parent = messages.parent_id_of(frames)
            if is_comm and (said := comms.comm_of(messages.decode(frames))) is not None:
                self._on_comm(said, parent)
                return True
            return parent is not None and self._takes_output(parent, frames)
        except ProtocolError as error:
            log.warning("a message of the kernel about a widget was dropped: %s", error)
        except AppError as error:
            log.info("a widget's update did not reach the kernel: %s", error)
        return is_comm

    def _on_comm(self, said: comms.Comm, parent: MsgId | None) -> None:
        match said:
            case CommOpen(comm, target, data, buffers):
                if target == _TARGET:
                    self._open(comm, _object(data.get("state")), buffers_of(data.get("buffer_paths"), buffers))
            case CommSaid(comm, data, buffers) if comm == self._control:
                self._on_states(data, buffers)
            case CommSaid(comm, data, buffers):
                self._on_said(comm, data, buffers, is_echo=parent is not None and self._sending.is_ours(parent))
            case CommClose(comm):
                self._close(comm)
            case _:
                assert_never(said)

    def _open(self, comm: CommId, state: JsonObject, buffers: Buffers) -> None:
        self._forget(self._models.open(comm, state, buffers))
        self._follow_output(comm, state)
        self._tell_model(comm, None)

    def _on_said(self, comm: CommId, data: JsonObject, buffers: tuple[bytes, ...], *, is_echo: bool) -> None:
        if comm not in self._models:
            return
        match data.get("method"):
            case "update":
                state, parts = _object(data.get("state")), buffers_of(data.get("buffer_paths"), buffers)
                self._sending.overruled(comm, parts_of(state, parts))
                self._change(comm, state, parts)
            case "echo_update" if not is_echo:  # another client of the kernel has changed it
                self._change(comm, _object(data.get("state")), buffers_of(data.get("buffer_paths"), buffers))
            case "custom":
                for listener in tuple(self._listeners):
                    listener.on_custom(comm, data.get("content"), buffers)
            case _:
                pass

    def _change(self, comm: CommId, state: JsonObject, buffers: Buffers, but: WidgetListener | None = None) -> None:
        self._forget(self._models.update(comm, state, buffers))
        self._follow_output(comm, state)
        self._tell_model(comm, parts_of(state, buffers), but)

    def _follow_output(self, comm: CommId, state: JsonObject) -> None:
        model = self._models.get(comm)
        if model is None or model.state.get("_model_module") != "@jupyter-widgets/output":
            return
        if "outputs" in state:
            self._outputs.set_outputs(comm, state["outputs"])
        msg_id = state.get("msg_id")
        if isinstance(msg_id, str):
            self._outputs.set_msg_id(comm, msg_id)

    def _close(self, comm: CommId) -> None:
        if self._models.close(comm):
            self._forget((comm,))

    def _forget(self, gone: Iterable[CommId]) -> None:
        for comm in gone:
            self._outputs.forget(comm)
            self._sending.forget(comm)
            for listener in tuple(self._listeners):
                listener.on_closed(comm)

    # Outputs

    def _takes_output(self, parent: MsgId, frames: Frames) -> bool:
        state = messages.state_of(frames)
        if state == "idle":
            self._sending.done(parent)
        if state is not None:
            return False
        if _UPDATE in frames.header and messages.header_of(frames).msg_type == "update_display_data":
            self._update_display(messages.decode(frames).content)
            return False  # it may stand in cells as well
        if not (self._outputs.wants(parent) or self._sending.is_ours(parent)):
            return False
        return self._took(parent, messages.decode(frames))

    def _took(self, parent: MsgId, message: Message) -> bool:
        kind, content = message.header.msg_type, message.content
        taker = self._outputs.take(parent, kind, content)
        if taker is not None:
            self._captured(taker)
            return True
        cell = self._sending.cell_of(parent)
        if cell is not None:
            self._print(cell, kind, content)
        return self._sending.is_ours(parent)

    def _update_display(self, content: JsonObject) -> None:
        for comm in self._outputs.update_display(content):
            self._captured(comm)

    def _captured(self, comm: CommId) -> None:
        self._tell_model(comm, ("outputs",))
        try:
            self._sending.update(comm, {"outputs": self._outputs.outputs_for_kernel(comm)}, {}, None)
        except AppError as error:
            log.info("the kernel was not told what a widget has captured: %s", error)

    def _print(self, cell: CellId, kind: str, content: JsonObject) -> None:
        """The code behind a widget shows something."""
        notebook = self._host.notebook()
        if notebook is None or kind == "execute_input":
            return
        state, edits = reduce(self._reductions.get(cell, RunState()), cell, kind, content, notebook)
        self._reductions[cell] = state
        self._host.apply(edits)

    # To the kernel

    def _ask_for_all(self) -> None:
        self._missed, self._control = False, CommId(uuid4().hex)
        try:
            metadata: JsonObject = {"version": _CONTROL_VERSION}
            self._host.send(
                "shell", comms.comm_open(self._control, _CONTROL, metadata, self._origin, _new_id(), _now())
            )
            self._say(self._control, {"method": "request_states"}, ())
        except AppError as error:
            log.info("the widgets of a kernel could not be asked for: %s", error)

    def _on_states(self, data: JsonObject, buffers: tuple[bytes, ...]) -> None:
        found = buffers_of(data.get("buffer_paths"), buffers)
        for comm, description in _object(data.get("states")).items():
            own = {path[2:]: part for path, part in found.items() if path[:2] == (comm, "state") and len(path) > 2}  # noqa: PLR2004 -- model, "state", its part
            self._open(CommId(comm), _object(_object(description).get("state")), own)

    def _say(self, comm: CommId, data: JsonObject, buffers: tuple[bytes, ...]) -> MsgId:
        msg_id = _new_id()
        self._host.send("shell", comms.comm_msg(comm, data, buffers, self._origin, msg_id, _now()))
        return msg_id

    def _alive(self, comm: CommId) -> None:
        model = self._models.get(comm)
        if model is None or not model.alive:
            raise Conflict(_ENDED)

    def _tell_model(self, comm: CommId, parts: Iterable[str] | None, but: WidgetListener | None = None) -> None:
        for listener in tuple(self._listeners):
            if listener is not but:
                listener.on_model(comm, parts)


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, Mapping) else EMPTY


def _new_id() -> MsgId:
    return MsgId(uuid4().hex)


def _now() -> datetime:
    return datetime.now(UTC)
