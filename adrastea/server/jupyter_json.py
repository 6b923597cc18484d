"""Kernels, sessions, kernelspecs and files as Jupyter's REST interface shows them. Values in, JSON out.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.kernels.kernel import Kernel
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.workspace.files import Entry

if TYPE_CHECKING:
    from adrastea.sessions.session import Session


def utc(at: datetime) -> str:
    """A time as Jupyter writes it: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def kernel_json(kernel: Kernel, connections: int) -> JsonObject:
    """A kernel; `connections` counts its WebSockets. A dead one has its cause as `reason`, as in Jupyter."""
    model: dict[str, JsonValue] = {
        "id": kernel.id,
        "name": kernel.spec.name,
        "last_activity": utc(kernel.last_activity),
        "execution_state": kernel.state.value,
        "connections": connections,
    }
    if kernel.cause:
        model["reason"] = kernel.cause
    return model


def session_json(session: Session, connections: int) -> JsonObject:
    """A session with its kernel; `notebook` is the form that older clients read."""
    kernel = session.kernel
    model: dict[str, JsonValue] = {
        "id": session.id,
        "path": session.path,
        "name": session.name,
        "type": session.type,
        "kernel": None if kernel is None else kernel_json(kernel, connections),
    }
    if session.type == "notebook":
        model["notebook"] = {"path": session.path, "name": session.name}
    return model


def kernelspec_json(spec: KernelSpec, resources: Mapping[str, Path], base_url: str) -> JsonObject:
    """A kernelspec; `resources` are its icons and scripts by their names in Jupyter."""
    folder = f"{base_url}kernelspecs/{quote(spec.name, safe='')}"
    return {
        "name": spec.name,
        "spec": {
            "argv": list(spec.argv),
            "env": dict(spec.env),
            "display_name": spec.display_name,
            "language": spec.language,
            "interrupt_mode": spec.interrupt_mode,
            "kernel_protocol_version": spec.protocol_version,
            "metadata": dict(spec.metadata),
        },
        "resources": {name: f"{folder}/{quote(path.name, safe='')}" for name, path in resources.items()},
    }


def entry_json(entry: Entry) -> JsonObject:
    """A file or folder without its content: the model of Jupyter's contents."""
    return {
        "name": entry.name,
        "path": entry.path,
        "last_modified": utc(entry.last_modified),
        "created": utc(entry.created),
        "content": None,
        "format": None,
        "mimetype": entry.mimetype if entry.type == "file" else None,
        "size": None if entry.type == "directory" else entry.size,
        "writable": entry.writable,
        "hash": None,
        "hash_algorithm": None,
        "type": entry.type,
    }
