"""Uploads in pieces: the file is the old one or the whole new one, and pieces are neither lost nor mixed up."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from adrastea.errors import BadRequest, Conflict, StorageFailed
from adrastea.server import uploads
from adrastea.server.uploads import LAST, Uploads
from tests.documents.bad_disks import full_disk
from tests.server.running import Json, Reply, Running


def piece(chunk: Json, data: bytes) -> Json:
    content = base64.b64encode(data).decode()
    return {"type": "file", "format": "base64", "chunk": chunk, "content": content}


def send(server: Running, path: str, *pieces: tuple[int, bytes]) -> list[Reply]:
    return [server.api("PUT", f"api/contents/{path}", piece(chunk, data)) for chunk, data in pieces]


def test_a_file_comes_in_pieces_and_is_there_with_the_last(served: Running) -> None:
    pieces = [b"\x00one", b"two", b"\xff"]
    first, second = send(served, "a.bin", (1, pieces[0]), (2, pieces[1]))
    assert not (served.root / "a.bin").exists()
    (last,) = send(served, "a.bin", (LAST, pieces[2]))

    assert (served.root / "a.bin").read_bytes() == b"".join(pieces)
    assert [reply.status for reply in (first, second, last)] == [201, 201, 201]
    assert [reply.object()["size"] for reply in (first, second, last)] == [4, 7, 8]
    assert set(first.object()) == set(last.object())
    assert [path.name for path in served.root.iterdir()] == ["a.bin"]


def test_one_piece_may_be_all_there_is(served: Running) -> None:
    assert send(served, "a.bin", (1, b"x"), (LAST, b""))[-1].status == 201

    assert (served.root / "a.bin").read_bytes() == b"x"


def test_text_comes_in_pieces_too(served: Running) -> None:
    for chunk, text in ((1, "é"), (LAST, "ü")):
        body: Json = {"type": "file", "format": "text", "chunk": chunk, "content": text}
        served.api("PUT", "api/contents/a.txt", body)

    assert (served.root / "a.txt").read_text("utf-8") == "éü"


def test_a_file_stays_what_it_is_until_the_last_piece_has_come(served: Running) -> None:
    file = served.root / "a.bin"
    file.write_bytes(b"old")
    file.chmod(0o640)
    send(served, "a.bin", (1, b"new, "), (2, b"and long"))
    assert file.read_bytes() == b"old"

    assert send(served, "a.bin", (LAST, b""))[0].status == 200
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new, and long", 0o640)


def test_a_link_leads_where_it_led(served: Running) -> None:
    (served.root / "real.bin").write_bytes(b"old")
    (served.root / "link.bin").symlink_to("real.bin")
    send(served, "link.bin", (1, b"new"), (LAST, b""))

    assert (served.root / "link.bin").is_symlink()
    assert (served.root / "real.bin").read_bytes() == b"new"


@pytest.mark.parametrize("chunk", [3, LAST - 1, 0])
def test_a_piece_that_is_not_due_ends_the_upload_and_changes_nothing(served: Running, chunk: int) -> None:
    (served.root / "a.bin").write_bytes(b"old")
    first, wrong, late = send(served, "a.bin", (1, b"a"), (chunk, b"c"), (LAST, b"d"))

    assert (first.status, wrong.status in {400, 409}) == (200, True)
    assert late.status == (200 if wrong.status == 400 else 409)
    if late.status == 409:
        assert (served.root / "a.bin").read_bytes() == b"old"


def test_a_new_first_piece_begins_again(served: Running) -> None:
    send(served, "a.bin", (1, b"given up, and longer"), (1, b"x"), (LAST, b"y"))

    assert (served.root / "a.bin").read_bytes() == b"xy"


def test_two_files_are_not_mixed_up(served: Running) -> None:
    send(served, "a.bin", (1, b"a"))
    send(served, "b.bin", (1, b"b"), (LAST, b"b"))
    send(served, "a.bin", (LAST, b"a"))

    assert [(served.root / name).read_bytes() for name in ("a.bin", "b.bin")] == [b"aa", b"bb"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "notebook", "format": "json", "chunk": 1, "content": {}},
        {"type": "file", "format": "base64", "chunk": "1", "content": ""},
        {"type": "file", "format": "base64", "chunk": 1.5, "content": ""},
        {"type": "file", "format": "base64", "chunk": True, "content": ""},
        {"type": "file", "format": "base64", "chunk": 1, "content": "no base64!"},
        {"type": "file", "format": "base64", "chunk": 1},
        {"type": "file", "chunk": 1, "content": ""},
    ],
)
def test_a_piece_that_makes_no_sense_is_refused(served: Running, body: Json) -> None:
    assert served.api("PUT", "api/contents/a.bin", body).status == 400
    assert list(served.root.iterdir()) == []


def test_pieces_go_nowhere_else(served: Running) -> None:
    (served.root / "sub").mkdir()

    assert [send(served, path, (1, b"x"))[0].status for path in ("sub", "no/a", "..%2Fa", ".a")] == [400, 404, 403, 403]


def test_on_a_full_disk_the_old_file_stays_and_the_pieces_go() -> None:
    with full_disk() as disk:
        place = disk / "a.bin"
        place.write_bytes(b"old")
        under_way = Uploads().take(place, 1)
        with pytest.raises(StorageFailed, match="refused by the disk"):
            uploads.add(under_way, b"x" * 200_000)

        assert [path.name for path in disk.iterdir()] == ["a.bin"]


def test_pieces_are_counted() -> None:
    table, place = Uploads(), Path("/nowhere/a.bin")
    with pytest.raises(BadRequest):
        table.take(place, 0)
    with pytest.raises(Conflict):
        table.take(place, 2)
    begun = table.put_back(place, table.take(place, 1), 3)
    assert (begun.received, begun.next_chunk) == (3, 2)
    assert table.take(place, 2) == begun
    with pytest.raises(Conflict):
        table.take(place, 2)


def test_of_very_many_uploads_the_oldest_is_forgotten() -> None:
    table = Uploads()
    for number in range(1001):
        place = Path(f"/nowhere/{number}")
        table.put_back(place, table.take(place, 1), 1)

    with pytest.raises(Conflict):
        table.take(Path("/nowhere/0"), 2)
    assert table.take(Path("/nowhere/1"), 2).received == 1
