"""What a cell has printed comes whole or in ranges, as text that can do nothing, to those who may."""

from __future__ import annotations

import pytest

from adrastea.documents.spool import new_id
from tests.server.running import Running


def kept(served: Running, text: str) -> str:
    """A stream in the spool."""
    name = new_id()
    served.thread.call(lambda server: server.services.documents.spool.begin(name, (text,), ()))
    return name


def test_it_comes_whole(served: Running) -> None:
    name = kept(served, "é\n" * 300_000)

    reply = served.api("GET", f"api/adrastea/spool/{name}")

    assert (reply.status, reply.body) == (200, "é\n".encode() * 300_000)
    assert reply.headers["Content-Type"] == "text/plain; charset=UTF-8"


def test_it_comes_in_ranges(served: Running) -> None:
    name = kept(served, "0123456789")

    reply = served.api("GET", f"api/adrastea/spool/{name}", headers={"Range": "bytes=2-4"})

    assert (reply.status, reply.body, reply.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")


def test_it_can_be_saved_as_a_file(served: Running) -> None:
    name = kept(served, "x")

    reply = served.api("GET", f"api/adrastea/spool/{name}?download=1")

    assert reply.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}.txt"


def test_it_stays_in_an_origin_of_its_own(served: Running) -> None:
    reply = served.api("GET", f"api/adrastea/spool/{kept(served, '<script>1</script>')}")

    assert str(reply.headers["Content-Security-Policy"]).startswith("sandbox")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_has_it_without_credentials(served: Running) -> None:
    name = kept(served, "x")

    assert served.ask("GET", f"api/adrastea/spool/{name}").status in {401, 403}


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fjournals", "0123456789abcdef%2ftxt"])
def test_no_other_file_is_reached(served: Running, name: str) -> None:
    assert served.api("GET", f"api/adrastea/spool/{name}").status == 404


def test_of_one_that_was_removed_is_said_why(served: Running) -> None:
    reply = served.api("GET", f"api/adrastea/spool/{new_id()}")

    assert reply.status == 404
    assert "spool_megabytes" in str(reply.body)
