"""The document socket, from the outside: a real server, real sockets, and the fake kernel where code runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from adrastea.documents.edits import DeleteCell, InsertCell, SetSource
from adrastea.documents.notebook import Cell, CellId, JsonObject, JsonValue
from adrastea.server import view_queue
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server.page import opened
from tests.server.running import TOKEN, Reply, Running, running

A, B = CellId("a"), CellId("b")


def write(server: Running, path: str, *sources: str) -> Path:
    """A notebook whose cells `a`, `b`, … hold these sources."""
    empty: JsonObject = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells: list[JsonValue] = [{**empty, "id": chr(97 + at), "source": source} for at, source in enumerate(sources)]
    file = server.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    notebook: JsonObject = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file


def sources(file: Path) -> list[str]:
    """What stands in the cells of a notebook's file."""
    return ["".join(cell["source"]) for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]]


@pytest.fixture
def with_kernel(tmp_path: Path) -> Iterator[Running]:
    """A server with the fake kernel."""
    kernelspecs.install(tmp_path)
    with running(tmp_path, Settings(autosave_seconds=0.01, default_kernel="fake"), tmp_path / "kernels") as server:
        yield server


async def ask(server: Running, method: str, path: str, body: JsonObject | None = None) -> Reply:
    """One REST call, as the page makes it beside its socket."""
    data = None if body is None else json.dumps(body)
    return await asyncio.get_running_loop().run_in_executor(None, lambda: server.api(method, path, data))


async def start_kernel(server: Running, path: str) -> tuple[str, str]:
    """Start the session of a path with a kernel; the ids of both."""
    reply = await ask(server, "POST", "api/sessions", {"path": path, "type": "notebook", "kernel": {"name": "fake"}})
    session = reply.object()
    kernel = session["kernel"]
    assert isinstance(kernel, dict)
    return str(session["id"]), str(kernel["id"])


def play(scenario: Coroutine[object, object, None]) -> None:
    """Run a scenario to its end."""
    asyncio.run(scenario)


def test_a_page_begins_with_the_notebook_and_all_states(served: Running) -> None:
    write(served, "folder/ä b.ipynb", "1", "2")

    async def scenario() -> None:
        async with opened(served, "folder/ä b.ipynb") as page:
            snapshot = page.said[0]

            assert [cell.source for cell in page.notebook.cells] == ["1", "2"]
            assert snapshot["path"] == "folder/ä b.ipynb"
            assert snapshot["document"] == {
                "state": "saved",
                "message": "",
                "at": None,
                "path": "folder/ä b.ipynb",
                "writable": True,
                "restored": None,
                "combined": None,
                "untrusted": [],
            }
            assert snapshot["run"] == {"running": None, "queued": [], "started_at": None}
            assert snapshot["input"] is None
            assert isinstance(snapshot["kernel"], dict)
            assert snapshot["kernel"]["state"] == "none"

    play(scenario())


def test_edits_are_acknowledged_in_order_and_saved_when_asked_for(served: Running) -> None:
    file = write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            await page.edit(SetSource(A, "2"))
            await page.edit(InsertCell(A, Cell(CellId("new"), "markdown", "# T")), SetSource(A, "3"))
            await page.send({"type": "save", "seq": 3})
            saved = await page.hear_type("saved")

            assert saved["seq"] == 3
            assert isinstance(saved["at"], str)
            assert page.pending == {}
            assert sources(file) == ["3", "# T"]
            assert [cell.source for cell in page.notebook.cells] == ["3", "# T"]
            states = [message["state"] for message in page.said if message["type"] == "document"]
            assert states[-1] == "saved"

    play(scenario())


def test_edits_are_saved_by_themselves(tmp_path: Path) -> None:
    with running(tmp_path, Settings(autosave_seconds=0.01)) as server:
        file = write(server, "n.ipynb", "1")

        async def scenario() -> None:
            async with opened(server, "n.ipynb") as page:
                await page.edit(SetSource(A, "2"))
                await page.hear(lambda message: message["type"] == "document" and message["state"] == "saved")

                assert sources(file) == ["2"]

        play(scenario())


def test_two_pages_see_each_other_s_edits(served: Running) -> None:
    write(served, "n.ipynb", "1", "2")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as one, opened(served, "n.ipynb") as two:
            await one.hear_ack(await one.edit(SetSource(A, "one"), DeleteCell(B)))
            await two.hear(lambda _: two.source("a") == "one")
            await two.hear_ack(await two.edit(SetSource(A, "two")))
            await one.hear(lambda _: one.source("a") == "two")

            assert one.notebook == two.notebook
            assert [cell.id for cell in one.notebook.cells] == ["a"]

    play(scenario())


def test_edits_of_two_pages_at_once_leave_both_with_the_same_notebook(served: Running) -> None:
    write(served, "n.ipynb", "0", "0")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as one, opened(served, "n.ipynb") as two:
            for number in range(50):
                await one.edit(SetSource(A, f"one {number}"))
                await two.edit(SetSource(A, f"two {number}"))
            await one.hear_ack(await one.edit(SetSource(B, "end of one")))
            await two.hear_ack(await two.edit(InsertCell(None, Cell(CellId("z"), "raw", "end of two"))))
            await one.hear(lambda _: one.source("z") is not None)
            if two.source("b") != "end of one":
                await two.hear(lambda _: two.source("b") == "end of one")

            assert one.notebook == two.notebook

    play(scenario())


@pytest.mark.slow
def test_a_run_shows_its_outputs_and_its_end(with_kernel: Running) -> None:
    file = write(with_kernel, "n.ipynb", "print hello", "error ValueError no", "print c")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            await start_kernel(with_kernel, "n.ipynb")
            await page.hear_kernel("idle")
            await page.run("a", "b", "c")
            finished = await page.hear_finished("b")
            await page.send({"type": "save", "seq": 1})
            await page.hear_type("saved")

            assert finished["status"] == "error"
            assert isinstance(finished["seconds"], float)
            assert (page.text("a"), page.text("b"), page.text("c")) == ("hello\n", "ValueError", "")
            ended = {m["cell"]: m["status"] for m in page.said if m["type"] == "finished"}
            assert ended == {"a": "ok", "b": "error", "c": "skipped"}
            assert "hello" in file.read_text(encoding="utf-8")

    play(scenario())


@pytest.mark.slow
def test_a_run_takes_the_source_of_the_edit_before_it(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "print old")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            await start_kernel(with_kernel, "n.ipynb")
            await page.edit(SetSource(A, "print new"))
            await page.run("a")
            await page.hear_text("a", "new\n")

    play(scenario())


@pytest.mark.slow
def test_a_page_that_is_loaded_again_while_a_cell_runs_sees_everything(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "print before\nwait", "print next")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            session, kernel_id = await start_kernel(with_kernel, "n.ipynb")
            await page.run("a", "b")
            await page.hear_text("a", "before\n")
        async with opened(with_kernel, "n.ipynb") as again:
            run, kernel = again.said[0]["run"], again.said[0]["kernel"]
            assert again.text("a") == "before\n"
            assert isinstance(run, dict)
            assert isinstance(kernel, dict)
            assert (run["running"], run["queued"]) == ("a", ["b"])
            assert (kernel["session"], kernel["state"]) == (session, "busy")

            assert (await ask(with_kernel, "POST", f"api/kernels/{kernel_id}/interrupt")).status == 204
            await again.hear_text("a", "before\nKeyboardInterrupt")

    play(scenario())


@pytest.mark.slow
def test_input_is_shown_to_every_page_also_one_that_comes_later(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "input name? ")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as one:
            await start_kernel(with_kernel, "n.ipynb")
            await one.run("a")
            asked = await one.hear_type("input_request")
            async with opened(with_kernel, "n.ipynb") as two:
                assert two.said[0]["input"] == {"cell": "a", "prompt": "name? ", "password": False}

                await two.send({"type": "input", "value": "Io"})
                await one.hear_type("input_done")
                await one.hear_text("a", "Io")
                await two.send({"type": "input", "value": "again"})
                refused = await two.hear_type("error")

            assert asked["cell"] == "a"
            assert refused["kind"] == "Conflict"

    play(scenario())


@pytest.mark.slow
def test_the_queue_can_be_cleared_while_a_cell_runs(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "print begun\nwait", "print b")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            await start_kernel(with_kernel, "n.ipynb")
            await page.run("a", "b")
            await page.hear_text("a", "begun\n")
            await page.send({"type": "clear_queue"})
            finished = await page.hear_finished("b")

            assert finished["status"] == "aborted"
            assert finished["seconds"] is None

    play(scenario())


@pytest.mark.slow
def test_a_kernel_that_is_deleted_leaves_the_page_without_one(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "print begun\nwait")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            session, kernel_id = await start_kernel(with_kernel, "n.ipynb")
            await page.run("a")
            await page.hear_text("a", "begun\n")

            assert (await ask(with_kernel, "DELETE", f"api/kernels/{kernel_id}")).status == 204
            await page.hear_kernel("none")

            ended = [message["status"] for message in page.said if message["type"] == "finished"]
            assert ended == ["aborted"]
            assert (await ask(with_kernel, "GET", f"api/sessions/{session}")).status == 404
            await page.run("a")
            assert (await page.hear_type("error"))["kind"] == "Conflict"

    play(scenario())


@pytest.mark.slow
def test_a_kernel_that_dies_is_told_with_its_cause(with_kernel: Running) -> None:
    write(with_kernel, "n.ipynb", "exit 3")

    async def scenario() -> None:
        async with opened(with_kernel, "n.ipynb") as page:
            await start_kernel(with_kernel, "n.ipynb")
            await page.run("a")
            dead = await page.hear_kernel("dead")

            assert "exit code 3" in str(dead["message"])
            assert [m["status"] for m in page.said if m["type"] == "finished"] == ["died"]

    play(scenario())


def test_a_run_without_a_kernel_is_answered_with_a_sentence(served: Running) -> None:
    write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            await page.run("a")
            error = await page.hear_type("error")

            assert (error["kind"], error["seq"]) == ("Conflict", None)
            assert "Start or choose one" in str(error["message"])

    play(scenario())


def test_a_change_from_outside_is_merged_and_the_page_may_choose(served: Running) -> None:
    """S3."""
    file = write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            await page.edit(SetSource(A, "mine"))
            write(served, "n.ipynb", "theirs")
            await page.send({"type": "save", "seq": 2})
            saved = await page.hear_type("saved")
            told = next(m["combined"] for m in page.said if m["type"] == "document" and m["combined"] is not None)
            await page.send({"type": "show", "version": "disk"})
            await page.hear(lambda _: [cell.source for cell in page.notebook.cells] == ["theirs"])
            await page.send({"type": "settle"})
            await page.hear(lambda message: message["type"] == "document" and message["combined"] is None)

            assert saved["seq"] == 2
            assert sources(file) == ["mine", "theirs"]
            assert isinstance(told, dict)
            assert (told["taken"], told["undecided"], told["shown"]) == (
                0,
                [{"cell": "a-disk1", "why": "changed"}],
                "merged",
            )

    play(scenario())


def test_a_file_that_is_no_notebook_now_is_not_replaced_until_the_user_decides(served: Running) -> None:
    """S3."""
    file = write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            await page.edit(SetSource(A, "mine"))
            put(file, "no notebook")
            await page.send({"type": "save", "seq": 2})
            error = await page.hear_type("error")
            theirs = text_of(file)
            await page.send({"type": "overwrite"})
            await page.hear(lambda message: message["type"] == "document" and message["state"] == "saved")

            assert (error["kind"], error["seq"]) == ("ChangedOnDisk", 2)
            assert "changed_on_disk" in [m["state"] for m in page.said if m["type"] == "document"]
            assert theirs == "no notebook"
            assert sources(file) == ["mine"]

    play(scenario())


def put(file: Path, text: str) -> None:
    file.write_text(text)


def text_of(file: Path) -> str:
    return file.read_text()


def test_a_notebook_without_unsaved_edits_takes_over_what_was_written_when_the_user_comes_back(served: Running) -> None:
    write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            write(served, "n.ipynb", "theirs")
            await page.send({"type": "check"})
            await page.hear(lambda _: page.source("a") == "theirs")

    play(scenario())


def test_a_reload_takes_the_version_on_disk(served: Running) -> None:
    write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            await page.hear_ack(await page.edit(SetSource(A, "mine")))
            write(served, "n.ipynb", "theirs")
            await page.send({"type": "reload"})
            await page.hear(lambda _: page.source("a") == "theirs")

    play(scenario())


def test_a_reload_of_a_file_that_is_gone_is_answered_with_a_sentence(served: Running) -> None:
    file = write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            file.unlink()
            await page.send({"type": "reload"})

            assert (await page.hear_type("error"))["kind"] == "NotFound"
            await page.hear_ack(await page.edit(SetSource(A, "still here")))

    play(scenario())


def test_a_rename_reaches_the_page(served: Running) -> None:
    write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            (served.root / "folder").mkdir()
            reply = await ask(served, "PATCH", "api/contents/n.ipynb", {"path": "folder/m.ipynb"})
            moved = await page.hear(lambda message: message["type"] == "document" and message["path"] != "n.ipynb")
            await page.edit(SetSource(A, "moved"))
            await page.send({"type": "save", "seq": 9})
            await page.hear_type("saved")

            assert reply.status == 200
            assert moved["path"] == "folder/m.ipynb"
            assert sources(served.root / "folder" / "m.ipynb") == ["moved"]

    play(scenario())


REFUSED = [
    ("missing.ipynb", 4404, "NotFound"),
    ("../outside.ipynb", 4403, "Forbidden"),
    ("/../../etc/passwd", 4403, "Forbidden"),
    ("folder", 4404, "NotFound"),
    ("", 4400, "BadRequest"),
    ("a\0b.ipynb", 4403, "Forbidden"),
    ("link/n.ipynb", 4403, "Forbidden"),
]


@pytest.mark.parametrize(("path", "code", "kind"), REFUSED)
def test_a_path_that_cannot_be_opened_is_refused_with_a_sentence(
    served: Running, tmp_path: Path, path: str, code: int, kind: str
) -> None:
    (served.root / "folder").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "n.ipynb").write_text("{}", encoding="utf-8")
    (served.root / "link").symlink_to(tmp_path / "outside")

    async def scenario() -> None:
        async with opened(served, path, snapshot=False) as page:
            end = await page.hear_the_end()

            assert page.types() == ["error"]
            assert str(page.said[0]["message"]).endswith(".")
            assert str(tmp_path) not in str(page.said[0]["message"])
            assert (end, page.said[0]["kind"]) == (code, kind)

    play(scenario())


def test_a_file_that_is_no_notebook_is_refused_with_its_line(served: Running) -> None:
    (served.root / "n.ipynb").write_text('{\n "cells": [\n  oh no\n', encoding="utf-8")

    async def scenario() -> None:
        async with opened(served, "n.ipynb", snapshot=False) as page:
            end = await page.hear_the_end()

            assert (end, page.said[0]["kind"], page.said[0]["line"]) == (4400, "InvalidNotebook", 3)

    play(scenario())


def test_without_the_token_there_is_no_socket(served: Running) -> None:
    write(served, "n.ipynb", "1")
    url = f"ws://127.0.0.1:{served.port}/api/documents/socket?path=n.ipynb"
    foreign = HTTPRequest(url, headers={"Authorization": f"token {TOKEN}", "Origin": "http://evil.example"})

    async def scenario() -> None:
        for request in (HTTPRequest(url), foreign):
            with pytest.raises(HTTPClientError, match="403"):
                await websocket_connect(request)

    play(scenario())


MALFORMED: list[str | bytes] = [
    "",
    "nonsense",
    "[]",
    "null",
    "{}",
    '{"type": "nothing"}',
    '{"type": ["edit"]}',
    '{"type": "edit"}',
    '{"type": "edit", "seq": "1", "edits": []}',
    '{"type": "edit", "seq": true, "edits": []}',
    '{"type": "edit", "seq": 1, "edits": [{"op": "explode"}]}',
    '{"type": "edit", "seq": 1, "edits": [{"op": "set_source", "cell": 3, "source": "x"}]}',
    '{"type": "edit", "seq": 1, "edits": [{"op": "insert_cell", "after": null, "cell": {"id": "!!"}}]}',
    '{"type": "edit", "seq": 1, "edits": [{"op": "replace_notebook", "notebook": []}]}',
    '{"type": "edit", "seq": 1, "edits": 3}',
    '{"type": "run", "cells": "a"}',
    '{"type": "run", "cells": [1]}',
    '{"type": "save"}',
    '{"type": "input"}',
    '{"type": "input", "value": null}',
    "[" * 100_000,
    '{"type": "edit", "seq": 1, "edits": [{"op": "set_notebook_metadata", "metadata": '
    + '{"a":' * 300
    + "1"
    + "}" * 300
    + "}]}",
    '{"type": "save", "seq": ' + "9" * 10_000 + "}",
    b"\xff\xfe",
    b"\x00" * 100,
]


@pytest.mark.slow
@pytest.mark.parametrize("message", MALFORMED, ids=range(len(MALFORMED)))
def test_a_message_that_makes_no_sense_is_answered_and_changes_nothing(served: Running, message: str | bytes) -> None:
    write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as page:
            before = page.notebook
            await page.send(message)
            error = await page.hear_type("error")
            await page.hear_ack(await page.edit(DeleteCell(CellId("none"))))

            assert error["kind"] == "BadRequest"
            assert page.notebook == before

    play(scenario())


ODD = [
    '{"op": "set_source", "cell": "a", "source": "\\ud800"}',
    '{"op": "set_notebook_metadata", "metadata": {"x": NaN, "y": 1e999, "\\udfff": 1}}',
    '{"op": "set_source", "cell": "a", "source": "\\u0000\\u2028</script>"}',
    '{"op": "set_notebook_metadata", "metadata": ' + '{"a":' * 150 + "1" + "}" * 150 + "}",
]


@pytest.mark.slow
@pytest.mark.parametrize("edit", ODD, ids=range(len(ODD)))
def test_odd_values_reach_another_page_and_the_file(served: Running, edit: str) -> None:
    file = write(served, "n.ipynb", "1")

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as one, opened(served, "n.ipynb") as two:
            await one.send(f'{{"type": "edit", "seq": 0, "edits": [{edit}]}}')
            one.pending[0] = ()
            one.pending[99] = ()
            await one.send({"type": "save", "seq": 99})
            await one.hear_type("saved")
            await two.hear_type("edits")
        async with opened(served, "n.ipynb") as three:
            assert len(three.notebook.cells) == 1
            assert json.loads(file.read_text(encoding="utf-8"))

    play(scenario())


@pytest.mark.slow
def test_a_page_that_does_not_read_gets_a_snapshot_when_it_does(
    served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_queue, "MAX_SIZE", 3_000_000)
    write(served, "n.ipynb", "1", "2")
    texts = [f"{number}" + "x" * 1_000_000 for number in range(40)]

    async def scenario() -> None:
        async with opened(served, "n.ipynb") as busy, opened(served, "n.ipynb") as slow:
            for text in texts:
                await busy.hear_ack(await busy.edit(SetSource(A, text), SetSource(B, text)))
            await slow.hear(lambda _: slow.source("a") == texts[-1])

            assert slow.notebook == busy.notebook
            assert slow.types().count("snapshot") >= 2
            assert len(slow.said) < len(texts)

    play(scenario())
