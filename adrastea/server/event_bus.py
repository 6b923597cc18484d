"""`Events`: what happens in the server, told to whoever listens, in Jupyter's words. Server thread only.

An event is an object of one of three schemas of Jupyter's; one that does not fit is refused. Nothing is made where
nobody listens.

Source of truth: the schemas in jupyter_server/event_schemas, and jupyter_server/services/events/handlers.py for what a
subscriber gets: the event with its `schema_id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from adrastea.documents.notebook import EMPTY, JsonObject, JsonValue
from adrastea.errors import AppError, BadRequest
from adrastea.kernels.kernel import Kernel
from adrastea.server import fields

CONTENTS: Final = "https://events.jupyter.org/jupyter_server/contents_service/v1"
KERNELS: Final = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"
GATEWAY: Final = "https://events.jupyter.org/jupyter_server/gateway_client/v1"

Listener = Callable[[str], None]
FileAction = Literal["get", "save", "copy", "rename", "delete"]
KernelAction = Literal["start", "interrupt", "restart", "shutdown"]

_VERSION: Final = "1"
_DONE: Final[Mapping[KernelAction, str]] = MappingProxyType(
    {"start": "started", "interrupt": "interrupted", "restart": "restarted", "shutdown": "shut down"}
)


@dataclass(frozen=True, slots=True)
class _Schema:
    required: tuple[str, ...]
    texts: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


_STATUSES: Final = ("error", "success")
_SCHEMAS: Final[Mapping[str, _Schema]] = MappingProxyType(
    {
        CONTENTS: _Schema(
            ("action", "path"),
            ("path", "source_path"),
            choices={"action": ("get", "create", "save", "upload", "rename", "copy", "delete")},
        ),
        KERNELS: _Schema(
            ("action", "msg"),
            ("kernel_id", "kernel_name", "msg"),
            ("status_code",),
            {"action": tuple(_DONE), "status": _STATUSES},
        ),
        GATEWAY: _Schema(("status", "msg"), ("msg", "gateway_url"), ("status_code",), {"status": _STATUSES}),
    }
)


class Events:
    """See the module."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()

    def join(self, listener: Listener) -> None:
        """Tell this one too, from now on, in JSON. It must return at once."""
        self._listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """Tell it no more."""
        self._listeners.discard(listener)

    def file(self, action: FileAction, path: str, source_path: str | None = None) -> None:
        """This was done to a file or folder; `source_path` is what it was called, or copied from."""
        more: JsonObject = EMPTY if source_path is None else {"source_path": source_path}
        self._tell(CONTENTS, {"action": action, "path": path, **more})

    def kernel(self, action: KernelAction, kernel: Kernel, error: AppError | None = None) -> None:
        """This was done to a kernel, or could not be done."""
        said = f"Kernel {kernel.id} was {_DONE[action]}." if error is None else str(error)
        about: JsonObject = {"kernel_id": kernel.id, "kernel_name": kernel.spec.name}
        self._tell(KERNELS, {**about, "action": action, "status": _STATUSES[error is None], "msg": said})

    def take(self, event: JsonObject) -> None:
        """Tell an event of a client: `schema_id`, `version`, `data`, and maybe `timestamp`.

        Raises:
            BadRequest: there is no such schema, or the event does not fit it.
        """
        schema_id, data = fields.text(event, "schema_id"), fields.optional_object(event, "data")
        if event.get("version") is None:
            raise BadRequest("The field 'version' is missing.")
        if data is None:
            raise BadRequest("The field 'data' is missing.")
        schema = _SCHEMAS.get(schema_id)
        if schema is None:
            raise BadRequest(f"There is no event {schema_id[:200]!r} here. There are: {', '.join(_SCHEMAS)}.")
        if str(event["version"])[:9] != _VERSION:
            raise BadRequest(f"The version of {schema_id} is {_VERSION}.")
        _check_timestamp(fields.optional_text(event, "timestamp"))
        _check(schema, data)
        if schema_id == KERNELS and "kernel_id" not in data and _needs_id(data):
            raise BadRequest("The field 'kernel_id' is missing in the event.")
        self._tell(schema_id, data)

    def _tell(self, schema_id: str, data: JsonObject) -> None:
        if not self._listeners:
            return
        text = fields.json_bytes({**data, "schema_id": schema_id}).decode()
        for listener in tuple(self._listeners):
            listener(text)


def _check(schema: _Schema, data: JsonObject) -> None:
    for name in schema.required:
        if name not in data:
            raise BadRequest(f"The field {name!r} is missing in the event.")
    for name, value in data.items():
        if not _fits(schema, name, value):
            raise BadRequest(f"The field {name!r} in the event is not what it may be.")


def _fits(schema: _Schema, name: str, value: JsonValue) -> bool:
    if name in schema.choices:
        return value in schema.choices[name]
    if name in schema.texts:
        return isinstance(value, str)
    return name not in schema.numbers or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _needs_id(data: JsonObject) -> bool:
    """A kernel that could not be started has none; all else is said of one."""
    return not (data.get("action") == "start" and data.get("status", "error") == "error")


def _check_timestamp(text: str | None) -> None:
    try:
        if text is None or (text.endswith("Z") and datetime.fromisoformat(text[:-1]).tzinfo is not None):
            return
    except ValueError:
        pass
    raise BadRequest("The field 'timestamp' is no time like 2022-05-26T13:50:00+05:00Z.")
