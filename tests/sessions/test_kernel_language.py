"""What a kernel says about its language."""

from __future__ import annotations

from datetime import UTC, datetime

from adrastea.documents.notebook import JsonObject
from adrastea.errors import Unavailable
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.messages import Header, Message, MsgId, Origin, SessionId
from adrastea.protocol.wire import Frames
from adrastea.sessions.kernel_language import KernelLanguage


def answer(request: Message, content: JsonObject) -> Frames:
    header = Header(MsgId("k"), SessionId("kernel"), "k", "", "kernel_info_reply")
    return messages.encode(Message(header, request.header, {}, content))


def refuse(request: Message) -> None:
    raise Unavailable("The kernel has stopped reading.")


def test_an_open_kernel_is_asked_once() -> None:
    language, sent = KernelLanguage(), list[Message]()

    for state in (State.STARTING, State.IDLE, State.BUSY, State.IDLE):
        language.ask(state, sent.append)

    assert [request.header.msg_type for request in sent] == ["kernel_info_request"]


def test_the_answer_is_remembered_and_nothing_else_is_taken_for_it() -> None:
    language, sent = KernelLanguage(), list[Message]()
    language.ask(State.IDLE, sent.append)
    other = messages.kernel_info_request(Origin(SessionId("s"), "u"), MsgId("other"), datetime.now(UTC))

    assert not language.is_answer(answer(other, {"language_info": {"name": "r"}}))
    assert not language.is_answer(Frames(b"{", b"{", b"{}", b"{}"))
    assert language.info is None
    assert language.is_answer(answer(sent[0], {"language_info": {"name": "python"}}))
    assert language.info == {"name": "python"}


def test_an_answer_without_a_language_leaves_it_unknown() -> None:
    language, sent = KernelLanguage(), list[Message]()
    language.ask(State.IDLE, sent.append)

    assert language.is_answer(answer(sent[0], {"language_info": "python"}))
    assert language.info is None


def test_a_kernel_that_took_nothing_is_asked_again() -> None:
    language, sent = KernelLanguage(), list[Message]()
    language.ask(State.IDLE, refuse)

    language.ask(State.BUSY, sent.append)

    assert len(sent) == 1


def test_after_a_restart_the_question_is_asked_again_unless_it_was_answered() -> None:
    language, sent = KernelLanguage(), list[Message]()
    language.ask(State.IDLE, sent.append)
    language.restarted()
    language.ask(State.IDLE, sent.append)
    assert len(sent) == 2

    language.is_answer(answer(sent[1], {"language_info": {"name": "python"}}))
    language.restarted()
    language.ask(State.IDLE, sent.append)

    assert len(sent) == 2
