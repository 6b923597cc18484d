"""`/api`, `/api/status`, `/api/me`."""

from __future__ import annotations

from datetime import datetime

from adrastea import __version__
from tests.server.running import Running


def test_the_version_is_ours(standing: Running) -> None:
    assert standing.api("GET", "api").object() == {"version": __version__}


def test_the_status_has_jupyters_fields(standing: Running) -> None:
    status = standing.api("GET", "api/status").object()

    assert set(status) == {"connections", "kernels", "last_activity", "started"}
    assert (status["connections"], status["kernels"]) == (0, 0)
    assert datetime.fromisoformat(str(status["started"])) <= datetime.fromisoformat(str(status["last_activity"]))


def test_there_is_one_user(standing: Running) -> None:
    me = standing.api("GET", "api/me").object()

    assert set(me) == {"identity", "permissions"}
    assert isinstance(me["identity"], dict)
    assert set(me["identity"]) == {"username", "name", "display_name", "initials", "avatar_url", "color"}
