"""What is said on the document socket: requests of the page parsed into values, our answers as JSON objects.

Pure. Source of truth: docs/document-socket.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from adrastea.documents.edit_wire_form import edit_from_wire, edit_to_wire
from adrastea.documents.edits import Edit
from adrastea.documents.notebook import CellId, JsonObject, JsonValue
from adrastea.documents.status import SHOWN, Shown
from adrastea.errors import AppError, BadRequest, InvalidNotebook
from adrastea.server import widget_requests
from adrastea.server.widget_requests import WidgetRequest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from adrastea.documents.status import Combined, Restored, Status
    from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus
    from adrastea.sessions.session import KernelStatus

_SHOWN: Final = 40  # characters of what makes no sense, in the sentence about it


@dataclass(frozen=True, slots=True)
class EditRequest:
    """Apply these edits in this order; they are acknowledged under `seq`."""

    seq: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Run these cells in this order."""

    cells: tuple[CellId, ...]


@dataclass(frozen=True, slots=True)
class SaveRequest:
    """Save now; answered under `seq`."""

    seq: int


@dataclass(frozen=True, slots=True)
class OverwriteRequest:
    """Save although the file changed on disk."""


@dataclass(frozen=True, slots=True)
class ReloadRequest:
    """Take the version on disk; unsaved edits are gone."""


@dataclass(frozen=True, slots=True)
class ShowRequest:
    """Of the versions that there are after a crash or a merge, show this."""

    version: Shown


@dataclass(frozen=True, slots=True)
class SettleRequest:
    """The user has chosen between them."""


@dataclass(frozen=True, slots=True)
class TrustRequest:
    """The user trusts the outputs that there are, with the scripts in them."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Look whether the file has changed: the user has come back to the window."""


@dataclass(frozen=True, slots=True)
class InputAnswer:
    """The line that the kernel waits for."""

    value: str


@dataclass(frozen=True, slots=True)
class ClearQueueRequest:
    """Forget the queued cells; the running one goes on."""


Request: TypeAlias = (
    EditRequest
    | RunRequest
    | SaveRequest
    | OverwriteRequest
    | ReloadRequest
    | CheckRequest
    | TrustRequest
    | ShowRequest
    | SettleRequest
    | InputAnswer
    | ClearQueueRequest
    | WidgetRequest
)


@dataclass(frozen=True, slots=True)
class Ack:
    """The place in the stream of edits where the view's own message `seq` was applied."""

    seq: int


def parse_request(raw: str | bytes) -> Request:
    """One message of the page.

    Raises:
        BadRequest: it is not JSON, or not a request that we know; the sentence names what is wrong.
    """
    try:
        message: object = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadRequest("The message is not JSON.") from None
    if not isinstance(message, dict):
        raise BadRequest("The message is not a JSON object.")
    return _request(cast("dict[str, JsonValue]", message))


def _request(message: dict[str, JsonValue]) -> Request:
    match message.get("type"):
        case "edit":
            edits = _list(message, "edits")
            return EditRequest(_number(message, "seq"), tuple(edit_from_wire(edit) for edit in edits))
        case "run":
            return RunRequest(tuple(CellId(_text(cell, "cells")) for cell in _list(message, "cells")))
        case "save":
            return SaveRequest(_number(message, "seq"))
        case "overwrite":
            return OverwriteRequest()
        case "reload":
            return ReloadRequest()
        case "check":
            return CheckRequest()
        case "trust":
            return TrustRequest()
        case "show":
            return ShowRequest(_shown(message.get("version")))
        case "settle":
            return SettleRequest()
        case "input":
            return InputAnswer(_text(message.get("value"), "value"))
        case "clear_queue":
            return ClearQueueRequest()
        case kind if kind in widget_requests.TYPES:
            return widget_requests.parse(message)
        case unknown:
            raise BadRequest(f"There is no request of type {str(unknown)[:_SHOWN]!r}.")


def _list(message: dict[str, JsonValue], name: str) -> list[JsonValue]:
    value = message.get(name)
    if isinstance(value, list):
        return value
    raise BadRequest(f"{name!r} is not a list.")


def _number(message: dict[str, JsonValue], name: str) -> int:
    value = message.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise BadRequest(f"{name!r} is not a whole number.")


def _shown(value: JsonValue) -> Shown:
    for version in SHOWN:
        if value == version:
            return version
    raise BadRequest(f"'version' is one of {', '.join(SHOWN)}.")


def _text(value: JsonValue, name: str) -> str:
    if isinstance(value, str):
        return value
    raise BadRequest(f"{name!r} is not text.")


def edits_message(items: Sequence[Edit | Ack]) -> JsonObject:
    """Edits from elsewhere and acknowledgements, in the order in which they were applied."""
    wire: list[JsonObject] = [
        {"ack": item.seq} if isinstance(item, Ack) else {"edit": edit_to_wire(item)} for item in items
    ]
    return {"type": "edits", "items": wire}


def snapshot_around(
    acked: int,
    path: str,
    document: Status,
    kernel: KernelStatus,
    run: RunStatus,
    waiting: InputRequest | None,
) -> JsonObject:
    """Everything that a new view must know, but for the notebook (`snapshot_text.py`)."""
    return {
        "type": "snapshot",
        "acked": acked,
        "path": path,
        "document": _without_type(document_message(path, document)),
        "kernel": _without_type(kernel_message(kernel)),
        "run": _without_type(run_message(run)),
        "input": None if waiting is None else _without_type(input_message(waiting)),
    }


def document_message(path: str, status: Status) -> JsonObject:
    """Whether the document is saved."""
    return {
        "type": "document",
        "state": status.state,
        "message": status.message,
        "at": _time(status.at),
        "path": path,
        "writable": status.writable,
        "restored": _restored(status.restored),
        "combined": _combined(status.combined),
        "untrusted": list(status.untrusted),
    }


def kernel_message(status: KernelStatus) -> JsonObject:
    """Which kernel the document has, and how it is."""
    return {
        "type": "kernel",
        "session": status.session,
        "id": status.kernel,
        "name": status.name,
        "display_name": status.display_name,
        "language": status.language,
        "state": status.state,
        "message": status.message,
        "log": status.log,
    }


def run_message(status: RunStatus) -> JsonObject:
    """What runs and what waits."""
    return {
        "type": "run",
        "running": status.running,
        "queued": list(status.queued),
        "started_at": _time(status.started_at),
    }


def finished_message(finished: Finished) -> JsonObject:
    """A cell has come to its end."""
    return {"type": "finished", "cell": finished.cell, "status": finished.status, "seconds": finished.seconds}


def input_message(waiting: InputRequest | None) -> JsonObject:
    """The kernel waits for a line, or nobody waits any more."""
    if waiting is None:
        return {"type": "input_done"}
    return {
        "type": "input_request",
        "cell": waiting.cell,
        "prompt": waiting.prompt,
        "password": waiting.password,
    }


def saved_message(seq: int, status: Status) -> JsonObject:
    """The answer to a save that was asked for."""
    return {"type": "saved", "seq": seq, "at": _time(status.at)}


def error_message(error: AppError, seq: int | None = None) -> JsonObject:
    """What was asked for failed."""
    message: dict[str, JsonValue] = {"type": "error", "seq": seq, "message": str(error), "kind": type(error).__name__}
    if isinstance(error, InvalidNotebook):
        message["line"] = error.line
    return message


def _restored(restored: Restored | None) -> JsonObject | None:
    return None if restored is None else {"at": _time(restored.at), "shown": restored.shown}


def _combined(combined: Combined | None) -> JsonObject | None:
    if combined is None:
        return None
    undecided: list[JsonValue] = [{"cell": one.cell, "why": one.why} for one in combined.undecided]
    return {"at": _time(combined.at), "taken": combined.taken, "undecided": undecided, "shown": combined.shown}


def _without_type(message: JsonObject) -> JsonObject:
    return {name: value for name, value in message.items() if name != "type"}


def _time(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
