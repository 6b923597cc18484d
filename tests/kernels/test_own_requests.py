"""What we ask a kernel ourselves is told apart from what clients ask."""

import asyncio
from datetime import UTC, datetime

import pytest

from adrastea.errors import ProtocolError
from adrastea.kernels.own_requests import OwnRequests
from adrastea.protocol import messages
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.protocol.wire import Frames

LIMIT_SECONDS = 30.0


def caused_by(request: Frames) -> Frames:
    return Frames(b'{"msg_id": "r", "msg_type": "reply"}', request.header, b"{}", b"{}")


def test_what_our_requests_bring_is_recognised() -> None:
    own = OwnRequests()

    assert own.caused(caused_by(own.build(messages.kernel_info_request)))


def test_what_others_ask_is_not_ours() -> None:
    origin = Origin(SessionId("theirs"), "adrastea")
    request = messages.encode(messages.kernel_info_request(origin, MsgId("m"), datetime.now(UTC)))

    assert not OwnRequests().caused(caused_by(request))


def test_what_two_kernels_are_asked_is_told_apart() -> None:
    assert not OwnRequests().caused(caused_by(OwnRequests().build(messages.kernel_info_request)))


def test_whoever_waits_for_a_reply_goes_on_when_it_comes() -> None:
    async def scenario() -> bool:
        own = OwnRequests()
        request, reply = own.build_awaited(messages.interrupt_request)
        other, _ = own.build_awaited(messages.interrupt_request)
        own.answered(caused_by(other))
        too_early = reply.done()
        own.answered(caused_by(request))
        await asyncio.wait_for(reply, LIMIT_SECONDS)
        return too_early

    assert not asyncio.run(scenario())


def test_whoever_waits_for_a_reply_goes_on_when_none_will_come() -> None:
    async def scenario() -> None:
        own = OwnRequests()
        _, reply = own.build_awaited(messages.interrupt_request)
        own.clear()
        await asyncio.wait_for(reply, LIMIT_SECONDS)

    asyncio.run(scenario())


def test_a_reply_that_came_too_late_changes_nothing() -> None:
    async def scenario() -> None:
        own = OwnRequests()
        request, reply = own.build_awaited(messages.interrupt_request)
        reply.cancel()
        own.answered(caused_by(request))
        own.answered(caused_by(request))
        own.clear()

    asyncio.run(scenario())


def test_a_reply_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ProtocolError):
        OwnRequests().answered(Frames(b"{}", b"[", b"{}", b"{}"))
