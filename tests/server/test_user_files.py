"""`/files`: the bytes as they are, in an origin of their own, whole or in ranges."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.server.user_files import Span, content_type, parse_range
from tests.server.running import Running


def test_a_file_comes_as_it_is(served: Running) -> None:
    (served.root / "sub").mkdir()
    (served.root / "sub" / "é ü.bin").write_bytes(b"\0\1\xff" * 200_000)

    reply = served.api("GET", "files/sub/%C3%A9%20%C3%BC.bin")

    assert (reply.status, reply.body) == (200, b"\0\1\xff" * 200_000)


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "a.txt", "a.pdf", "a"])
def test_whatever_it_is_it_stays_in_an_origin_of_its_own(served: Running, name: str) -> None:
    (served.root / name).write_bytes(b"<script>1</script>")

    reply = served.api("GET", f"files/{name}")

    assert str(reply.headers["Content-Security-Policy"]).startswith("sandbox")
    assert "allow-same-origin" not in str(reply.headers["Content-Security-Policy"])
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_no_other_page_may_read_it(served: Running) -> None:
    (served.root / "data.js").write_text("secret()")
    cookie = {"Cookie": served.log_in()}

    foreign = served.ask("GET", "files/data.js", headers=cookie | {"Sec-Fetch-Site": "same-site"})
    ours = served.ask("GET", "files/data.js", headers=cookie | {"Sec-Fetch-Site": "same-origin"})

    assert (foreign.status, ours.status) == (403, 200)


def test_a_download_has_the_name_of_the_file(served: Running) -> None:
    (served.root / 'é;".txt').write_bytes(b"x")

    reply = served.api("GET", "files/%C3%A9;%22.txt?download=1")

    assert reply.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%3B%22.txt"


def test_a_file_that_the_browser_has_is_not_sent_again(served: Running) -> None:
    (served.root / "a.txt").write_bytes(b"one")
    etag = str(served.api("GET", "files/a.txt").headers["ETag"])

    again = served.api("GET", "files/a.txt", headers={"If-None-Match": etag})
    (served.root / "a.txt").write_bytes(b"other")
    changed = served.api("GET", "files/a.txt", headers={"If-None-Match": etag})

    assert (again.status, again.body) == (304, b"")
    assert (changed.status, changed.body) == (200, b"other")


def test_a_change_that_keeps_the_length_is_seen(served: Running) -> None:
    (served.root / "a.txt").write_bytes(b"one")
    etag = str(served.api("GET", "files/a.txt").headers["ETag"])
    (served.root / "a.txt").write_bytes(b"two")
    later = datetime.now(UTC).timestamp() + 5
    os.utime(served.root / "a.txt", (later, later))

    assert served.api("GET", "files/a.txt", headers={"If-None-Match": etag}).body == b"two"


def test_the_headers_can_be_asked_for(served: Running) -> None:
    (served.root / "a.txt").write_bytes(b"0123456789")

    reply = served.api("HEAD", "files/a.txt")

    assert (reply.status, reply.headers["Content-Length"], reply.body) == (200, "10", b"")


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-0", 206, b"0", "bytes 0-0/10"),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_a_range_can_be_asked_for(served: Running, asked: str, status: int, body: bytes, said: str | None) -> None:
    (served.root / "a.txt").write_bytes(b"0123456789")

    reply = served.api("GET", "files/a.txt", headers={"Range": asked})

    assert (reply.status, reply.body, reply.headers["Content-Range"]) == (status, body, said)


def test_a_range_of_an_older_file_brings_the_new_one_whole(served: Running) -> None:
    (served.root / "a.txt").write_bytes(b"0123456789")

    reply = served.api("GET", "files/a.txt", headers={"Range": "bytes=5-", "If-Range": '"old"'})

    assert (reply.status, reply.body) == (200, b"0123456789")


@pytest.mark.parametrize(
    "path",
    [
        "files/missing.txt",
        "files/",
        "files/sub",
        "files/sub/",
        "files/..%2fsecret",
        "files/%2e%2e/secret",
        "files/sub/../../secret",
        "files/..%5csecret",
        "files//etc/passwd",
        "files/%2fetc%2fpasswd",
        "files/a%00.txt",
        "files/.hidden",
        "files/outside",
        "files/pipe",
        "files/a.txt/b",
        "files/" + "x" * 5000,
    ],
)
def test_only_files_of_the_workspace_are_served(served: Running, path: str) -> None:
    (served.root / "sub").mkdir()
    (served.root / "a.txt").write_text("a")
    (served.root / ".hidden").write_text("hidden")
    (served.root.parent / "secret").write_text("secret")
    (served.root / "outside").symlink_to(served.root.parent / "secret")
    os.mkfifo(served.root / "pipe")

    reply = served.api("GET", path)

    assert 400 <= reply.status < 500
    assert str(served.root) not in reply.body.decode()


def test_a_flag_that_is_none_is_a_bad_request(served: Running) -> None:
    assert served.api("GET", "files/a.txt?download=perhaps").status == 400


@given(st.text(max_size=20), st.integers(0, 1000))
def test_a_range_never_leaves_the_file(header: str, size: int) -> None:
    span = parse_range(f"bytes={header}", size)

    assert span is None or span.start >= span.end or 0 <= span.start < span.end <= size


def test_a_range_may_begin_at_any_byte() -> None:
    assert parse_range("bytes=3-5", 10) == Span(3, 6)
    assert parse_range("", 10) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text/plain; charset=UTF-8"),
        ("a.html", "text/html; charset=UTF-8"),
        ("a.png", "image/png"),
        ("a.ipynb", "application/x-ipynb+json"),
        ("a.csv.gz", "application/octet-stream"),
        ("a.nobody-knows", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_the_type_comes_from_the_name(name: str, kind: str) -> None:
    assert content_type(name) == kind
