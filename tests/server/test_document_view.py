"""One view: what it says when, and what a page that is slow to read costs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tornado.websocket import WebSocketClosedError

from adrastea.documents.document import Document
from adrastea.documents.documents import Documents
from adrastea.documents.edits import AppendOutput, Edit, SetSource
from adrastea.documents.journal import Journals
from adrastea.documents.notebook import CellId, JsonObject, JsonValue, Stream
from adrastea.documents.spool import Spool
from adrastea.errors import BadRequest, Conflict
from adrastea.protocol import messages
from adrastea.protocol.comms import CommId
from adrastea.protocol.messages import Header, Message, MsgId, SessionId
from adrastea.server import view_queue
from adrastea.server.document_view import DocumentView
from adrastea.server.widget_requests import WidgetMessage, WidgetUpdate
from adrastea.sessions.run_queue import Finished, InputRequest, RunStatus
from adrastea.sessions.session import KernelStatus, Session, SessionKey

A = CellId("a")
LIMIT_SECONDS = 30.0
NOTEBOOK = """{"cells": [{"id": "a", "cell_type": "code", "source": "1", "metadata": {}, "outputs": [],
"execution_count": null}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}"""


class Screen:
    """The page's end of the network: it takes what is written while it reads."""

    def __init__(self) -> None:
        self.messages: list[JsonObject] = []
        self.gave_up = 0
        self.gone = False
        self.reads = asyncio.Event()
        self.reads.set()
        self.under_way = 0
        self.most_under_way = 0
        self._told = asyncio.Event()

    async def write(self, message: Sequence[bytes]) -> None:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await self.reads.wait()
        self.under_way -= 1
        if self.gone:
            raise WebSocketClosedError
        self.messages.append(json.loads(b"".join(message)))
        self._told.set()

    def give_up(self) -> None:
        self.gave_up += 1

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIMIT_SECONDS):
            while not condition():
                self._told.clear()
                await self._told.wait()

    async def until_said(self, count: int) -> None:
        await self.until(lambda: len(self.messages) >= count)

    def types(self) -> list[JsonValue]:
        return [message["type"] for message in self.messages]


class Stage:
    """A document, a session, a view of both, and the screen that shows it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.session = Session(SessionKey("s"), "n.ipynb", "notebook", "n")
        self.session.take_document(document)
        self.screen = Screen()
        self.view = DocumentView(document, self.session, self.screen.write, self.screen.give_up)

    def apply(self, *edits: Edit, origin: object | None = None) -> None:
        self.document.apply(edits, origin=origin)


@asynccontextmanager
async def stage(folder: Path) -> AsyncGenerator[Stage]:
    (folder / "n.ipynb").write_text(NOTEBOOK, encoding="utf-8")
    documents = Documents(folder, Journals([folder / "journals"]), Spool(folder / "spool", 10**9), 60.0)
    made = Stage(await documents.open("n.ipynb"))
    made.apply(SetSource(A, "begun"))  # from here on it is unsaved: no test meets that state at its first edit
    try:
        yield made
    finally:
        made.screen.reads.set()
        made.view.close()
        await documents.close_all()


def printed(text: str) -> Edit:
    return AppendOutput(A, Stream("stdout", text))


def test_a_view_begins_with_a_snapshot_that_holds_everything(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            scene.apply(SetSource(A, "2"))
            await scene.screen.until_said(1)

            snapshot = scene.screen.messages[0]
            assert snapshot["type"] == "snapshot"
            assert snapshot["acked"] == 0
            assert snapshot["path"] == "n.ipynb"
            assert '"source": "2"' in json.dumps(snapshot["notebook"])
            assert {"document", "kernel", "run", "input"} <= snapshot.keys()

    asyncio.run(scenario())


def test_edits_within_one_frame_go_out_as_one_message(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)

            for number in range(100):
                scene.apply(printed(f"{number} "))
            await scene.screen.until_said(2)

            items = scene.screen.messages[1]["items"]
            assert isinstance(items, list)
            assert len(items) == 1

    asyncio.run(scenario())


def test_what_the_page_did_itself_is_acknowledged_and_not_repeated(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)

            scene.apply(SetSource(A, "mine"), origin=scene.view)
            scene.view.acknowledge(7)
            scene.apply(printed("x"))
            await scene.screen.until_said(2)

            items = scene.screen.messages[1]["items"]
            assert isinstance(items, list)
            assert items[0] == {"ack": 7}
            assert len(items) == 2

    asyncio.run(scenario())


def test_what_a_page_is_shown_is_in_the_journal(tmp_path: Path) -> None:
    def journals() -> bytes:
        return b"".join(path.read_bytes() for path in (tmp_path / "journals").rglob("*.journal"))

    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            known: list[bool] = []
            show = scene.screen.write

            async def write(message: Sequence[bytes]) -> None:
                known.append(all(text in journals() for text in (b"once", b"again") if text in b"".join(message)))
                await show(message)

            scene.view.close()
            scene.view = DocumentView(scene.document, scene.session, write, scene.screen.give_up)
            scene.apply(printed("once"))
            await scene.screen.until_said(1)
            scene.apply(printed("again"))
            await scene.screen.until(lambda: "again" in str(scene.screen.messages))

            assert all(known)

    asyncio.run(scenario())


def test_everything_that_happens_to_the_session_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)

            scene.view.on_kernel(KernelStatus(SessionKey("s"), "busy"))
            scene.view.on_run(RunStatus(A))
            scene.view.on_input(InputRequest(A, "?", password=False))
            scene.view.on_finished(Finished(A, "ok", 1.0))
            scene.document.move("m.ipynb", tmp_path / "m.ipynb")
            await scene.screen.until_said(6)

            assert scene.screen.types()[1:] == ["kernel", "run", "input_request", "finished", "document"]
            assert scene.screen.messages[-1]["path"] == "m.ipynb"

    asyncio.run(scenario())


def test_a_page_that_does_not_read_is_sent_one_message_and_then_a_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view_queue, "MAX_TEXT", 1000)

    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)
            scene.screen.reads.clear()
            scene.apply(printed("first\n"))
            async with asyncio.timeout(LIMIT_SECONDS):
                while not scene.screen.under_way:  # noqa: ASYNC110 -- the view tells nobody
                    await asyncio.sleep(0.001)

            for number in range(1000):
                scene.apply(printed(f"{number}\n"))
            scene.view.on_finished(Finished(A, "ok", 1.0))
            scene.view.acknowledge(3)
            scene.screen.reads.set()
            await scene.screen.until_said(4)

            assert scene.screen.types() == ["snapshot", "edits", "snapshot", "finished"]
            assert scene.screen.messages[2]["acked"] == 3
            assert "999" in json.dumps(scene.screen.messages[2]["notebook"])
            assert scene.screen.most_under_way == 1

    asyncio.run(scenario())


def test_after_a_snapshot_the_edits_go_on_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_TEXT", 1000)

    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)
            scene.apply(printed("x" * 2000))
            await scene.screen.until_said(2)
            scene.apply(printed("y"))
            await scene.screen.until_said(3)

            assert scene.screen.types() == ["snapshot", "snapshot", "edits"]
            assert "x" not in json.dumps(scene.screen.messages[2]["items"]).replace("text", "")

    asyncio.run(scenario())


def test_a_view_whose_answers_nobody_reads_gives_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_queue, "MAX_ITEMS", 100)

    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            scene.screen.reads.clear()
            for seq in range(1000):
                scene.view.say({"type": "error", "seq": seq})

            assert scene.screen.gave_up == 1
            scene.apply(printed("nobody hears this"))
            assert scene.screen.messages == []

    asyncio.run(scenario())


def test_a_view_whose_socket_has_gone_hears_no_more(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)
            scene.screen.gone = True
            scene.apply(printed("x"))
            async with asyncio.timeout(LIMIT_SECONDS):
                while scene.session.watched:  # noqa: ASYNC110 -- nobody is told
                    await asyncio.sleep(0.001)

            scene.screen.gone = False
            scene.apply(printed("y"))
            scene.view.say({"type": "saved"})

            assert scene.screen.types() == ["snapshot"]

    asyncio.run(scenario())


def test_nothing_is_said_after_the_close(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            scene.view.close()
            scene.apply(printed("x"))
            scene.view.acknowledge(1)
            other = Screen()
            view = DocumentView(scene.document, scene.session, other.write, other.give_up)
            await other.until_said(1)
            view.close()

            assert scene.screen.messages == []

    asyncio.run(scenario())


def test_widgets_are_said_to_a_page_that_asks_and_before_the_outputs_that_show_them(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            await scene.screen.until_said(1)
            header = Header(MsgId("k"), SessionId("k"), "k", "", "comm_open")
            content: JsonObject = {"comm_id": "m", "target_name": "jupyter.widget", "data": {"state": {"value": 1}}}

            scene.view.watch_widgets()
            await scene.screen.until_said(2)
            scene.apply(printed("1"))
            scene.session.on_message("iopub", messages.encode(Message(header, None, {}, content)))
            await scene.screen.until_said(4)

            assert scene.screen.types() == ["snapshot", "widgets", "widgets", "edits"]

    asyncio.run(scenario())


def test_a_page_that_has_not_asked_for_widgets_changes_none(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with stage(tmp_path) as scene:
            update = WidgetUpdate(1, CommId("m"), {}, {}, None)

            with pytest.raises(BadRequest, match="Ask for the widgets"):
                scene.view.use_widget(update)
            scene.view.watch_widgets()
            scene.view.watch_widgets()
            with pytest.raises(Conflict):
                scene.view.use_widget(update)
            with pytest.raises(Conflict):
                scene.view.use_widget(WidgetMessage(CommId("m"), None, (), None))

    asyncio.run(scenario())
