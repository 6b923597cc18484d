"""Jupyter's shapes, where they do not need a running server to be seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.jupyter_json import entry_json, kernelspec_json, session_json, utc
from adrastea.sessions.session import Session, SessionKey
from adrastea.workspace.files import Entry, EntryType

AT = datetime(2026, 1, 2, 3, 4, 5, 6, UTC)


def entry(kind: EntryType) -> Entry:
    return Entry("a", "d/a", kind, 7, AT, AT, "text/plain", writable=True)


def test_times_are_utc_with_microseconds() -> None:
    assert utc(AT) == "2026-01-02T03:04:05.000006Z"
    assert utc(AT.astimezone(timezone(timedelta(hours=5)))) == "2026-01-02T03:04:05.000006Z"


@pytest.mark.parametrize(
    ("kind", "size", "mimetype"),
    [("file", 7, "text/plain"), ("notebook", 7, None), ("directory", None, None)],
)
def test_only_files_have_a_mimetype_and_folders_no_size(
    kind: EntryType, size: int | None, mimetype: str | None
) -> None:
    model = entry_json(entry(kind))

    assert (model["size"], model["mimetype"], model["type"]) == (size, mimetype, kind)


def test_a_session_without_a_kernel_has_null_there() -> None:
    model = session_json(Session(SessionKey("1"), "a", "console", "A"), 0)

    assert model == {"id": "1", "path": "a", "name": "A", "type": "console", "kernel": None}


def test_the_addresses_of_icons_are_quoted() -> None:
    spec = KernelSpec("my kernel", ("x",), "X", "x", Path("/k"))

    model = kernelspec_json(spec, {"logo-a b": Path("/k/logo-a b.png")}, "/nb/")

    assert model["resources"] == {"logo-a b": "/nb/kernelspecs/my%20kernel/logo-a%20b.png"}
