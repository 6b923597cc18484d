"""What is written down of a running kernel, so that a later run of the program finds it again. Pure; any thread.

One JSON object for each kernel. `docs/formats.md` has the form and its version. What is read may be torn, older, newer
or anybody's: it is believed only as far as it makes sense.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

from adrastea.stored_fields import number, text

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Run:
    """The cell that a session runs."""

    msg_id: str
    cell: str
    started: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A session of the kernel."""

    id: str
    path: str
    """Relative to the record's `root`."""
    type: str
    name: str
    origin: str
    """The session id in the headers of what it asks the kernel."""
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """See the module."""

    id: str
    """The kernel's, in Jupyter's REST interface; empty for a process that was kept ready and that nobody has used."""
    kernelspec: str
    display_name: str
    language: str
    interrupt_mode: str
    root: str
    """The folder that the program serves."""
    cwd: str
    started: datetime
    """When the process did; aware, UTC."""
    machine: str
    host: str
    server: tuple[int, str]
    """The program: the number of its process, and when that began (`process_identity.py`)."""
    process: tuple[int, str]
    """The kernel's process, likewise; 0 while it is on its way."""
    connection_file: str
    log_file: str
    sessions: tuple[Joined, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """A record of a later version than this program knows."""

    version: int


def encode(record: Record) -> bytes:
    """The file's content."""
    fields = {
        "kernel": VERSION,
        "id": record.id,
        "kernelspec": record.kernelspec,
        "display_name": record.display_name,
        "language": record.language,
        "interrupt_mode": record.interrupt_mode,
        "root": record.root,
        "cwd": record.cwd,
        "started": record.started.isoformat(),
        "machine": record.machine,
        "host": record.host,
        "server": record.server,
        "process": record.process,
        "connection_file": record.connection_file,
        "log_file": record.log_file,
        "sessions": [_session_fields(joined) for joined in record.sessions],
    }
    return json.dumps(fields).encode("ascii")


def decode(data: bytes) -> Record | Later | None:
    """The record; None for what is none."""
    try:
        fields = _object(json.loads(data))
        version = number(fields["kernel"])
        return Later(version) if version > VERSION else _record(fields)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _session_fields(joined: Joined) -> dict[str, object]:
    run = joined.run
    fields: dict[str, object] = {
        "id": joined.id,
        "path": joined.path,
        "type": joined.type,
        "name": joined.name,
        "origin": joined.origin,
    }
    if run is not None:
        fields["run"] = {"msg_id": run.msg_id, "cell": run.cell, "started": run.started.isoformat()}
    return fields


def _record(fields: Mapping[str, object]) -> Record:
    sessions = fields["sessions"]
    if not isinstance(sessions, list):
        raise TypeError(sessions)
    return Record(
        id=text(fields["id"]),
        kernelspec=text(fields["kernelspec"]),
        display_name=text(fields["display_name"]),
        language=text(fields["language"]),
        interrupt_mode=text(fields["interrupt_mode"]),
        root=text(fields["root"]),
        cwd=text(fields["cwd"]),
        started=_time(fields["started"]),
        machine=text(fields["machine"]),
        host=text(fields["host"]),
        server=_process(fields["server"]),
        process=_process(fields["process"]),
        connection_file=text(fields["connection_file"]),
        log_file=text(fields["log_file"]),
        sessions=tuple(_session(_object(one)) for one in cast("list[object]", sessions)),
    )


def _session(fields: Mapping[str, object]) -> Joined:
    run = fields.get("run")
    return Joined(
        id=text(fields["id"]),
        path=text(fields["path"]),
        type=text(fields["type"]),
        name=text(fields["name"]),
        origin=text(fields["origin"]),
        run=None if run is None else _run(_object(run)),
    )


def _run(fields: Mapping[str, object]) -> Run:
    return Run(text(fields["msg_id"]), text(fields["cell"]), _time(fields["started"]))


def _process(value: object) -> tuple[int, str]:
    match value:
        case [int(pid), str(begun)] if pid >= 0 and not isinstance(pid, bool):
            return pid, begun
        case _:
            raise TypeError(value)


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return cast("dict[str, object]", value)


def _time(value: object) -> datetime:
    return datetime.fromisoformat(text(value)).astimezone(UTC)
