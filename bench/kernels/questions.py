"""The same questions to every kernel: what a client does with one, from `execute_request` to the end of its process.

Each is a function that returns, or raises `Wrong` with what the kernel or its server did instead. They are asked in the
order of `QUESTIONS`, of one kernel; the last one ends it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from adrastea.protocol.messages import MsgId
from bench.kernels.table import BEGUN, DIGITS, NAME, Cannot, Language
from bench.kernels.talk import Talk, Wrong

Question: TypeAlias = Callable[[Talk, Language], Awaitable[None]]

_AT_ONCE: Final = 10
_TRIES: Final = 3
_INTERRUPT_SECONDS: Final = 10.0
_FLOOD_SECONDS: Final = 30.0


async def execute(talk: Talk, language: Language) -> None:
    """Code runs: busy, execute_input, what it prints, a reply that counts, idle; and the kernel says what it is."""
    info = await talk.info()
    _expect("language_info" in info.content, "its kernel_info_reply has no language_info")
    since = len(talk.heard)
    msg_id, reply = await talk.ran(language.says)
    await talk.until("hello", lambda: talk.text(since, "stdout").split() == ["hello"])
    _expect(reply.content["status"] == "ok", f"the reply is {reply.content['status']}")
    _expect(isinstance(reply.content["execution_count"], int), "the reply does not count")
    _expect(talk.states(msg_id) == ["busy", "idle"], f"the states were {talk.states(msg_id)}")
    _expect(talk.told("execute_input", msg_id) != [], "there was no execute_input")


async def many_requests(talk: Talk, language: Language) -> None:
    """Ten requests at once are all answered; what one prints may come after its idle, and for the next."""
    since = len(talk.heard)
    ids = [await talk.run(language.says) for _ in range(_AT_ONCE)]
    for msg_id in ids:
        await talk.done(msg_id)
    await talk.until("ten times hello", lambda: talk.text(since, "stdout").split() == _AT_ONCE * ["hello"])


async def control(talk: Talk, language: Language) -> None:
    """A question on the control channel is answered there."""
    if isinstance(language.control, Cannot):
        msg_id = await talk.ask_info("control")
        await _says_hello(talk, language)
        _expect(not talk.replied(msg_id), "it can answer there now: change the table")
        return
    reply = await talk.info("control")
    _expect(reply.header.msg_type == "kernel_info_reply", f"{language.title} replies {reply.header.msg_type}")


async def streams(talk: Talk, language: Language) -> None:
    """What goes to stderr comes as stderr."""
    since, warns = len(talk.heard), language.warns
    await talk.ran(warns.code if isinstance(warns, Cannot) else warns)
    name = "stdout" if isinstance(warns, Cannot) else "stderr"
    await talk.until(f"oops on {name}", lambda: talk.text(since, name).split() == ["oops"])


async def error(talk: Talk, language: Language) -> None:
    """A failure is told, and the kernel goes on."""
    since, fails = len(talk.heard), language.fails
    if isinstance(fails, Cannot):
        _, reply = await talk.ran(fails.code)
        await talk.until("its message", lambda: talk.text(since) != "")
        _expect(reply.content["status"] == "ok", "it can tell of an error now: change the table")
    else:
        _, reply = await talk.ran(fails)
        _expect(reply.content["status"] == "error", f"the reply is {reply.content['status']}")
    since = len(talk.heard)
    await talk.ran(language.says)
    await talk.until("hello after it", lambda: talk.text(since, "stdout").split() == ["hello"])


async def rich_output(talk: Talk, language: Language) -> None:
    """Something is shown as HTML."""
    since, shows = len(talk.heard), language.shows
    if isinstance(shows, Cannot):
        await talk.ran(shows.code)
        await talk.until("its text", lambda: talk.text(since) != "")
        _expect("text/html" not in talk.shown(since), "it can show HTML now: change the table")
    else:
        await talk.ran(shows)
        await talk.until("text/html", lambda: "shown" in str(talk.shown(since).get("text/html")))


async def stdin(talk: Talk, language: Language) -> None:
    """The kernel asks, what is typed reaches the code."""
    since, asks = len(talk.heard), language.asks
    if isinstance(asks, Cannot):
        msg_id, _ = await talk.ran(asks.code)
        _expect(talk.told("input_request", msg_id) == [], "it can ask now: change the table")
        await talk.until("the end of the code", lambda: "hello" in talk.text(since))
    else:
        msg_id = await talk.run(asks)
        await talk.until("an input_request", lambda: talk.told("input_request", msg_id) != [])
        await talk.answer(talk.told("input_request", msg_id)[0], NAME)
        await talk.done(msg_id)
        await talk.until("what was typed", lambda: talk.text(since).split()[-2:] == ["hello", NAME])


async def completion(talk: Talk, language: Language) -> None:
    """The beginning of a name is completed."""
    completes = language.completes
    beginning, name = (completes.code, "") if isinstance(completes, Cannot) else completes
    reply = await talk.complete(beginning)
    matches = reply.content.get("matches")
    for _ in range(_TRIES if name else 0):  # jedi gives up early while it reads its libraries for the first time
        if not matches:
            reply = await talk.complete(beginning)
            matches = reply.content.get("matches")
    _expect(reply.header.msg_type == "complete_reply", f"the reply is a {reply.header.msg_type}")
    if isinstance(completes, Cannot):
        _expect(matches == [], "it can complete now: change the table")
    else:
        _expect(isinstance(matches, list) and name in matches, f"{name} is not among {str(matches)[:80]}")


async def inspection(talk: Talk, language: Language) -> None:
    """A name has its documentation."""
    inspects = language.inspects
    name, word = (inspects.code, "") if isinstance(inspects, Cannot) else inspects
    reply = await talk.inspect(name)
    _expect(reply.header.msg_type == "inspect_reply", f"the reply is a {reply.header.msg_type}")
    if isinstance(inspects, Cannot):
        _expect(reply.content.get("found") is not True, "it can inspect now: change the table")
    else:
        _expect(word in str(reply.content.get("data")).lower(), f"{word} is not in what is told of {name}")


async def megabyte(talk: Talk, language: Language) -> None:
    """A million characters of output come, whole and in order."""
    since, printed = len(talk.heard), talk.printed
    msg_id = await talk.run(language.floods)
    await talk.until("1 MB", lambda: talk.printed - printed >= len(DIGITS), _FLOOD_SECONDS)
    await talk.done(msg_id)
    _expect("".join(talk.text(since).split()) == DIGITS, "1 MB has come, but not whole and in order")


async def interrupt(talk: Talk, language: Language) -> None:
    """Code that takes long is stopped, and the kernel goes on."""
    msg_id = await _begun(talk, language)
    await talk.ask("POST", "/interrupt")
    if isinstance(language.interrupt, Cannot):
        await talk.ask("POST", "/restart")
    else:
        await talk.until("its end", lambda: "idle" in talk.states(msg_id), _INTERRUPT_SECONDS)
        await talk.done(msg_id)
    await _says_hello(talk, language)


async def restart(talk: Talk, language: Language) -> None:
    """A restart gives a kernel on the same socket that runs code and remembers nothing."""
    remembers = language.remembers
    keep, tell, kept = (remembers.code, "", "") if isinstance(remembers, Cannot) else remembers
    await talk.ran(keep)
    if tell:
        since = len(talk.heard)
        await talk.ran(tell)
        await talk.until("what is remembered", lambda: kept in talk.text(since))
    await talk.ask("POST", "/restart")
    await _says_hello(talk, language)
    if tell:
        since = len(talk.heard)
        await talk.ran(tell)
        await _says_hello(talk, language)
        _expect(kept not in talk.text(since).split(), "it remembers what was before the restart")


async def shutdown(talk: Talk, language: Language) -> None:
    """DELETE ends the kernel: the server knows it no more."""
    await talk.ask("DELETE")
    known = await talk.ask_all()
    _expect(talk.kernel_id not in known, f"{language.title} is still in the list")


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "execute": execute,
        "many requests": many_requests,
        "control channel": control,
        "streams": streams,
        "error": error,
        "rich output": rich_output,
        "stdin": stdin,
        "completion": completion,
        "inspection": inspection,
        "1 MB of output": megabyte,
        "interrupt": interrupt,
        "restart": restart,
        "shutdown": shutdown,
    }
)
"""In the order in which they are asked."""


def limits(language: Language) -> Mapping[str, Cannot]:
    """What the kernel cannot do, by the name of the question."""
    answers: Mapping[str, object] = {
        "control channel": language.control,
        "streams": language.warns,
        "error": language.fails,
        "rich output": language.shows,
        "stdin": language.asks,
        "completion": language.completes,
        "inspection": language.inspects,
        "interrupt": language.interrupt,
        "restart": language.remembers,
    }
    return {name: answer for name, answer in answers.items() if isinstance(answer, Cannot)}


async def _begun(talk: Talk, language: Language) -> MsgId:
    since = len(talk.heard)
    msg_id = await talk.run(language.lasts)
    await talk.until(BEGUN, lambda: BEGUN in talk.text(since))
    return msg_id


async def _says_hello(talk: Talk, language: Language) -> None:
    since = len(talk.heard)
    await talk.ran(language.says)
    await talk.until("hello", lambda: "hello" in talk.text(since, "stdout").split())


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001 -- like assert, which -O takes away
    if not condition:
        raise Wrong(otherwise)
