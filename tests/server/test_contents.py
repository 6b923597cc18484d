"""`/api/contents`: Jupyter's shapes, what happens on disk, and what may not."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import stat
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.server.running import TOKEN, Json, Running

FIELDS = {
    "name",
    "path",
    "last_modified",
    "created",
    "content",
    "format",
    "mimetype",
    "size",
    "writable",
    "hash",
    "hash_algorithm",
    "type",
}
CELL: dict[str, Json] = {
    "cell_type": "code",
    "execution_count": None,
    "id": "a1",
    "metadata": {},
    "outputs": [],
    "source": "1+1",
}


TRUSTED = {**CELL, "metadata": {"trusted": True}}  # on the wire only


def nbformat(source: str = "1+1") -> dict[str, Json]:
    return {"cells": [{**CELL, "source": source}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def put_notebook(server: Running, path: str, source: str = "1+1") -> None:
    (server.root / path).write_text(json.dumps(nbformat(source), indent=1) + "\n")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Reading


def test_a_folder_lists_what_is_in_it_without_contents(served: Running) -> None:
    (served.root / "sub").mkdir()
    (served.root / "a.txt").write_text("hi")
    put_notebook(served, "b.ipynb")

    folder = served.api("GET", "api/contents").object()

    assert set(folder) == FIELDS
    assert (folder["name"], folder["path"], folder["type"], folder["format"]) == ("", "", "directory", "json")
    assert isinstance(folder["content"], list)
    listed = {str(item["name"]): item for item in folder["content"] if isinstance(item, dict)}
    assert {name: item["type"] for name, item in listed.items()} == {
        "sub": "directory",
        "a.txt": "file",
        "b.ipynb": "notebook",
    }
    assert all(set(item) == FIELDS and item["content"] is None for item in listed.values())


def test_a_text_file_has_jupyters_fields(served: Running) -> None:
    (served.root / "sub").mkdir()
    (served.root / "sub" / "a.txt").write_text("hé")

    file = served.api("GET", "api/contents/sub/a.txt").object()

    assert set(file) == FIELDS
    assert (file["name"], file["path"], file["type"]) == ("a.txt", "sub/a.txt", "file")
    assert (file["content"], file["format"], file["mimetype"]) == ("hé", "text", "text/plain")
    assert (file["size"], file["writable"], file["hash"], file["hash_algorithm"]) == (3, True, None, None)


def test_a_binary_file_comes_in_base64(served: Running) -> None:
    (served.root / "a.png").write_bytes(b"\x89PNG\xff")

    file = served.api("GET", "api/contents/a.png").object()

    assert (file["format"], file["mimetype"]) == ("base64", "image/png")
    assert base64.b64decode(str(file["content"])) == b"\x89PNG\xff"


def test_a_notebook_comes_as_json_with_whole_strings(served: Running) -> None:
    put_notebook(served, "a.ipynb", "1+1\n2")

    notebook = served.api("GET", "api/contents/a.ipynb").object()

    assert (notebook["type"], notebook["format"], notebook["mimetype"]) == ("notebook", "json", None)
    assert notebook["content"] == {**nbformat("1+1\n2"), "cells": [TRUSTED | {"source": "1+1\n2"}]}


def test_a_notebook_can_be_read_as_text(served: Running) -> None:
    (served.root / "bad.ipynb").write_text("{bad")

    file = served.api("GET", "api/contents/bad.ipynb?type=file&format=text").object()

    assert (file["type"], file["content"], file["format"]) == ("file", "{bad", "text")


def test_a_broken_notebook_is_refused_with_the_line(served: Running) -> None:
    (served.root / "bad.ipynb").write_text('{\n"cells": [,\n')

    reply = served.api("GET", "api/contents/bad.ipynb")

    assert reply.status == 400
    assert (reply.object()["kind"], reply.object()["line"]) == ("InvalidNotebook", 2)


def test_the_content_can_be_left_out_and_the_hash_asked_for(served: Running) -> None:
    (served.root / "a.txt").write_text("hi")

    file = served.api("GET", "api/contents/a.txt?content=0&hash=1").object()

    assert (file["content"], file["format"]) == (None, None)
    assert file["hash"] == hashlib.sha256(b"hi").hexdigest()
    assert file["hash_algorithm"] == "sha256"


@pytest.mark.parametrize(
    "path",
    [
        "a.txt?type=directory",
        "sub?type=file",
        "sub?type=notebook",
        "a.txt?type=notebook",
        "a.txt?type=zebra",
        "a.txt?format=zebra",
        "a.txt?content=yes",
        "a.txt?hash=2",
        "blob.bin?format=text",
        "a.txt?type=%ff",
    ],
)
def test_what_cannot_be_had_in_that_form_is_a_bad_request(served: Running, path: str) -> None:
    (served.root / "sub").mkdir()
    (served.root / "a.txt").write_text("hi")
    (served.root / "blob.bin").write_bytes(b"\xff")

    reply = served.api("GET", f"api/contents/{path}")

    assert reply.status == 400
    assert str(served.root) not in reply.message()


def test_numbers_that_json_does_not_have_do_not_break_the_answer(served: Running) -> None:
    notebook = nbformat()
    notebook["metadata"] = {"x": float("nan")}
    (served.root / "a.ipynb").write_text(json.dumps(notebook))

    content = served.api("GET", "api/contents/a.ipynb").object()["content"]

    assert isinstance(content, dict)
    assert content["metadata"] == {"x": None}


# Paths

OUTSIDE = [
    "..",
    "../secret",
    "%2e%2e",
    "%2e%2e/secret",
    "..%2fsecret",
    "%2e%2e%2fsecret",
    "sub/../../secret",
    "sub%2f..%2f..%2fsecret",
    "..%5csecret",
    "%2fetc%2fpasswd",
    "../root-sibling/secret",
    "outside/secret",
    "a%00.txt",
    ".hidden",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_leaves_the_workspace(served: Running, path: str) -> None:
    sibling = served.root.parent / "root-sibling"
    sibling.mkdir()
    for place in (sibling / "secret", served.root.parent / "secret", served.root / ".hidden"):
        place.write_text("secret")
    (served.root / "sub").mkdir()
    (served.root / "outside").symlink_to(served.root.parent)
    before = sorted(served.root.parent.rglob("*"))
    text: Json = {"type": "file", "format": "text", "content": "mine"}
    (served.root / "a.txt").write_text("a")

    replies = [
        served.api("GET", f"api/contents/{path}"),
        served.api("PUT", f"api/contents/{path}", text),
        served.api("POST", f"api/contents/{path}", {"type": "file"}),
        served.api("PATCH", f"api/contents/{path}", {"path": "stolen"}),
        served.api("DELETE", f"api/contents/{path}"),
    ]

    assert all(400 <= reply.status < 500 for reply in replies), [reply.status for reply in replies]
    assert all(b"secret" not in reply.body or b"/secret" in reply.body for reply in replies)
    assert sorted(served.root.parent.rglob("*")) == sorted([*before, served.root / "a.txt"])
    assert (served.root.parent / "secret").read_text() == "secret"


@pytest.mark.parametrize(
    "target", ["../stolen", "/etc/stolen", "..", "sub/../../stolen", "..\\stolen", ".hidden", "a\0"]
)
def test_nothing_is_moved_or_copied_out_of_the_workspace(served: Running, target: str) -> None:
    (served.root / "a.txt").write_text("a")

    moved = served.api("PATCH", "api/contents/a.txt", {"path": target})
    copied = served.api("POST", "api/contents", {"copy_from": target})

    assert 400 <= moved.status < 500
    assert 400 <= copied.status < 500
    assert (served.root / "a.txt").read_text() == "a"


@pytest.mark.parametrize("path", ["", "/", "%2e", ".", "a/..", "a%2f..", "%2f", "%2e%2f", "./", "//"])
def test_the_root_itself_cannot_be_deleted_or_moved(served: Running, path: str) -> None:
    (served.root / "a").mkdir()
    (served.root / "a" / "b.txt").write_text("b")

    deleted = served.api("DELETE", f"api/contents/{path}")
    moved = served.api("PATCH", f"api/contents/{path}", {"path": "elsewhere"})

    assert 400 <= deleted.status < 500
    assert 400 <= moved.status < 500
    assert (served.root / "a" / "b.txt").read_text() == "b"


@pytest.mark.parametrize(
    "name", ["é ü.txt", "100%.txt", "a+b.txt", "?.txt", "#.txt", "a&b=c.txt", "%2e.txt", "checkpoints"]
)
def test_a_name_may_hold_any_character(served: Running, name: str) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in name.encode())

    saved = served.api("PUT", f"api/contents/{quoted}", {"type": "file", "format": "text", "content": "x"})
    again = served.api("GET", str(saved.headers["Location"]).removeprefix("/"))

    assert saved.status == 201
    assert (again.object()["name"], again.object()["content"]) == (name, "x")
    assert (served.root / name).read_text() == "x"


# Writing


def test_a_new_file_is_created_and_an_old_one_replaced(served: Running) -> None:
    first = served.api("PUT", "api/contents/a.txt", {"type": "file", "format": "text", "content": "one"})
    second = served.api("PUT", "api/contents/a.txt", {"type": "file", "format": "text", "content": "two"})

    assert (first.status, second.status) == (201, 200)
    assert first.headers["Location"] == "/api/contents/a.txt"
    assert (served.root / "a.txt").read_text() == "two"
    assert set(second.object()) == FIELDS
    assert second.object()["content"] is None


def test_the_answer_to_a_save_agrees_with_the_next_read(served: Running) -> None:
    saved = served.api("PUT", "api/contents/a.txt", {"type": "file", "format": "text", "content": "one"}).object()
    read = served.api("GET", "api/contents/a.txt?hash=1").object()

    assert {name: saved[name] for name in ("last_modified", "hash", "size", "created")} == {
        name: read[name] for name in ("last_modified", "hash", "size", "created")
    }


def test_bytes_can_be_written_in_base64(served: Running) -> None:
    reply = served.api("PUT", "api/contents/a.bin", {"type": "file", "format": "base64", "content": "AAH/"})

    assert reply.status == 201
    assert (served.root / "a.bin").read_bytes() == b"\x00\x01\xff"


def test_a_save_keeps_mode_bits_and_symbolic_links(served: Running) -> None:
    (served.root / "real.txt").write_text("old")
    (served.root / "real.txt").chmod(0o640)
    (served.root / "link.txt").symlink_to("real.txt")

    served.api("PUT", "api/contents/link.txt", {"type": "file", "format": "text", "content": "new"})

    assert (served.root / "link.txt").is_symlink()
    assert (served.root / "real.txt").read_text() == "new"
    assert stat.S_IMODE((served.root / "real.txt").stat().st_mode) == 0o640


def test_a_folder_can_be_made_twice(served: Running) -> None:
    statuses = [served.api("PUT", "api/contents/d", {"type": "directory"}).status for _ in range(2)]

    assert statuses == [201, 200]
    assert (served.root / "d").is_dir()


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("no/such/a.txt", {"type": "file", "format": "text", "content": "x"}, 404),
        ("d", {"type": "file", "format": "text", "content": "x"}, 400),
        ("a.txt", {"type": "directory"}, 400),
        ("a.txt", {"content": "x"}, 400),
        ("a.txt", {"type": "notebook", "content": {"cells": 1}}, 400),
        ("a.txt/b.txt", {"type": "file", "format": "text", "content": "x"}, 404),
        ("", {"type": "file", "format": "text", "content": "x"}, 403),
        ("x" * 300, {"type": "file", "format": "text", "content": "x"}, 400),
        ("x" * 300, {"type": "directory"}, 400),
    ],
)
def test_a_write_that_makes_no_sense_changes_nothing(served: Running, path: str, body: Json, status: int) -> None:
    (served.root / "d").mkdir()
    (served.root / "a.txt").write_text("old")

    reply = served.api("PUT", f"api/contents/{path}", body)

    assert reply.status == status
    assert (served.root / "a.txt").read_text() == "old"
    assert names_in(served.root) == ["a.txt", "d"]


def test_a_notebook_is_written_as_jupyter_writes_it(served: Running) -> None:
    reply = served.api("PUT", "api/contents/a.ipynb", {"type": "notebook", "content": nbformat("1\n2")})

    text = (served.root / "a.ipynb").read_text()
    assert reply.status == 201
    assert text.startswith('{\n "cells": [\n  {\n   "cell_type": "code",')
    assert text.endswith("}\n")
    assert json.loads(text)["cells"][0]["source"] == ["1\n", "2"]


def test_a_notebook_that_says_what_the_file_says_leaves_its_bytes(served: Running) -> None:
    before = json.dumps(nbformat("1\n2"), indent=4) + "\n"
    (served.root / "a.ipynb").write_text(before)

    served.api("PUT", "api/contents/a.ipynb", {"type": "notebook", "content": nbformat("1\n2")})

    assert (served.root / "a.ipynb").read_text() == before


# Open notebooks


async def view(server: Running, path: str) -> WebSocketClientConnection:
    url = f"ws://127.0.0.1:{server.port}/api/documents/socket?path={path}"
    return await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))


async def leave(client: WebSocketClientConnection) -> None:
    client.close()
    async with asyncio.timeout(20):
        while await client.read_message() is not None:
            pass


async def heard(client: WebSocketClientConnection, word: str) -> str:
    async with asyncio.timeout(20):
        while True:
            message = await client.read_message()
            assert message is not None
            if word in str(message):
                return str(message)


def test_what_a_client_saves_into_an_open_notebook_is_seen_by_its_views(served: Running) -> None:
    put_notebook(served, "a.ipynb", "before")

    async def run() -> int:
        client = await view(served, "a.ipynb")
        await heard(client, "snapshot")
        body: Json = {"type": "notebook", "content": nbformat("after")}
        reply = await asyncio.get_running_loop().run_in_executor(None, served.api, "PUT", "api/contents/a.ipynb", body)
        await heard(client, "after")
        await leave(client)
        return reply.status

    assert asyncio.run(run()) == 200
    assert "after" in (served.root / "a.ipynb").read_text()


def test_an_open_notebook_is_read_as_it_is_now(served: Running) -> None:
    put_notebook(served, "a.ipynb", "before")
    edit = {"op": "set_source", "cell": "a1", "source": "typed just now"}

    async def run() -> str:
        client = await view(served, "a.ipynb")
        await heard(client, "snapshot")
        await client.write_message(json.dumps({"type": "edit", "seq": 1, "edits": [edit]}))
        await heard(client, '"ack":1')
        reply = await asyncio.get_running_loop().run_in_executor(None, served.api, "GET", "api/contents/a.ipynb")
        await leave(client)
        return reply.body.decode()

    assert "typed just now" in asyncio.run(run())


def test_an_open_notebook_that_is_renamed_goes_on_under_its_new_name(served: Running) -> None:
    put_notebook(served, "a.ipynb", "before")
    edit = {"op": "set_source", "cell": "a1", "source": "typed after"}

    async def run() -> None:
        loop = asyncio.get_running_loop()
        client = await view(served, "a.ipynb")
        await heard(client, "snapshot")
        new: Json = {"path": "b.ipynb"}
        await loop.run_in_executor(None, served.api, "PATCH", "api/contents/a.ipynb", new)
        await heard(client, '"b.ipynb"')
        await client.write_message(json.dumps({"type": "edit", "seq": 1, "edits": [edit]}))
        await client.write_message(json.dumps({"type": "save", "seq": 2}))
        await heard(client, '"saved"')
        await leave(client)

    asyncio.run(run())
    assert "typed after" in (served.root / "b.ipynb").read_text()
    assert not (served.root / "a.ipynb").exists()


# New names, moves, the trash


def test_new_things_get_names_that_are_free(served: Running) -> None:
    def made(body: Json) -> Json:
        return served.api("POST", "api/contents", body).object()["name"]

    assert [made({"type": "notebook"}) for _ in range(2)] == ["Untitled.ipynb", "Untitled1.ipynb"]
    assert [made({"type": "directory"}) for _ in range(2)] == ["Untitled Folder", "Untitled Folder 1"]
    assert [made({"type": "file", "ext": ".py"}) for _ in range(2)] == ["untitled.py", "untitled1.py"]
    assert made(None) == "untitled"


def test_a_new_notebook_can_be_opened(served: Running) -> None:
    reply = served.api("POST", "api/contents", {"type": "notebook"})
    content = served.api("GET", "api/contents/Untitled.ipynb").object()["content"]

    assert (reply.status, reply.headers["Location"]) == (201, "/api/contents/Untitled.ipynb")
    assert isinstance(content, dict)
    assert content["nbformat"] == 4


def test_a_copy_gets_a_name_that_is_free(served: Running) -> None:
    (served.root / "d").mkdir()
    (served.root / "a.txt").write_text("a")

    here = served.api("POST", "api/contents", {"copy_from": "a.txt"})
    there = served.api("POST", "api/contents/d", {"copy_from": "/a.txt"})

    assert (here.object()["path"], there.object()["path"]) == ("a-Copy1.txt", "d/a.txt")
    assert (served.root / "d" / "a.txt").read_text() == "a"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("a.txt", {"type": "file"}, 400),
        ("missing", {"type": "file"}, 404),
        ("", {"type": "zebra"}, 400),
        ("", {"type": "file", "ext": "/../x"}, 400),
        ("", {"type": "file", "ext": "\\x"}, 400),
        ("", {"type": "file", "ext": 1}, 400),
        ("", {"copy_from": "missing.txt"}, 404),
        ("", {"copy_from": 1}, 400),
    ],
)
def test_a_post_that_makes_no_sense_makes_nothing(served: Running, path: str, body: Json, status: int) -> None:
    (served.root / "a.txt").write_text("a")

    assert served.api("POST", f"api/contents/{path}", body).status == status
    assert names_in(served.root) == ["a.txt"]


def test_a_file_is_moved(served: Running) -> None:
    (served.root / "d").mkdir()
    (served.root / "a.txt").write_text("a")

    reply = served.api("PATCH", "api/contents/a.txt", {"path": "/d/b.txt"})

    assert (reply.status, reply.headers["Location"]) == (200, "/api/contents/d/b.txt")
    assert reply.object()["path"] == "d/b.txt"
    assert (served.root / "d" / "b.txt").read_text() == "a"


@pytest.mark.parametrize(
    ("old", "body", "status"),
    [
        ("a.txt", {"path": "b.txt"}, 409),
        ("missing.txt", {"path": "c.txt"}, 404),
        ("a.txt", {"path": 1}, 400),
        ("a.txt", {"path": "no/such/c.txt"}, 404),
    ],
)
def test_a_move_that_cannot_be_leaves_everything(served: Running, old: str, body: Json, status: int) -> None:
    (served.root / "a.txt").write_text("a")
    (served.root / "b.txt").write_text("b")

    assert served.api("PATCH", f"api/contents/{old}", body).status == status
    assert (served.root / "a.txt").read_text() == "a"
    assert (served.root / "b.txt").read_text() == "b"


def test_deleting_moves_to_the_trash(served: Running) -> None:
    (served.root / "gone.txt").write_text("still somewhere")

    reply = served.api("DELETE", "api/contents/gone.txt")

    assert (reply.status, reply.body) == (204, b"")
    assert not (served.root / "gone.txt").exists()
    assert served.api("DELETE", "api/contents/gone.txt").status == 404
