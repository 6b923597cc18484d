"""`Kernel`: one kernel as the rest of the program sees it, through restarts to its death.

`Kernels` (`kernels.py`) is the table of them. A kernel keeps its id, its folder and its clients when it restarts; each
run has a process, ports and a key of its own (`instance.py`). `lifecycle.py` decides, this file finds out what has
happened and acts. Requests are held until the kernel is open (`opening.py`). A death is noticed at once and never
undone by itself. What must be known to find it again is in its record (`adoption.py`). Server thread only.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, NewType

from adrastea.errors import KernelFailed, ProtocolError, Unavailable
from adrastea.kernels import process_identity
from adrastea.kernels.adoption import Kept
from adrastea.kernels.clients import Clients, KernelClient
from adrastea.kernels.exit import Exit
from adrastea.kernels.failure import port_taken, why_not_started
from adrastea.kernels.held import Held
from adrastea.kernels.instance import Instance, Launcher
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.lifecycle import Action, Event, State, step
from adrastea.kernels.opening import Opening, Rejoining, what_it_is
from adrastea.kernels.own_requests import OwnRequests
from adrastea.kernels.starting import Started
from adrastea.protocol import messages
from adrastea.protocol.json_part import EMPTY, JsonObject
from adrastea.protocol.messages import MsgId, SessionId
from adrastea.protocol.wire import Channel, Frames

log = logging.getLogger(__name__)

KernelId = NewType("KernelId", str)
"""The id of a kernel in Jupyter's REST interface; stays through restarts."""

_INTERRUPT_SECONDS: Final = 5.0


class Kernel:
    """See the module. `Kernels` makes it."""

    def __init__(
        self,
        kernel_id: KernelId,
        spec: KernelSpec,
        cwd: Path,
        env: Mapping[str, str],
        launcher: Launcher,
        kept: Kept,
        running: Started | None = None,
    ) -> None:
        """Start the first process, or take over the one that is `running`.

        Raises:
            KernelFailed: it cannot be executed.
        """
        self.id: Final = kernel_id
        self.spec: Final = spec
        self.cwd: Final = cwd
        self.kept: Final = kept
        """What the disk knows of it."""
        self.cause = ""
        """Why it is dead, a sentence; empty while it lives."""
        self.info: JsonObject | None = None
        """What it says about itself: the content of the `kernel_info_reply` with which it opened; None until then."""
        self.session = SessionId("")
        """What the present run calls itself in the headers of its messages; empty until it is open."""
        self.last_activity = datetime.now(UTC)
        self._env = env
        self._launcher = launcher
        self._loop = asyncio.get_running_loop()
        self._state = State.STARTING if running is None else State.BUSY
        self._own = OwnRequests()
        self._clients = Clients()
        self._held = Held()
        self._changes: set[asyncio.Future[None]] = set()
        self._log_tail = ""
        self._other_ports_tried = False
        self.closing = False
        """Whether it is being shut down for good, or has been."""
        self._restart_task: asyncio.Task[None] | None = None
        self._shutdown_task: asyncio.Task[None] | None = None
        self._instance: Instance | None = None
        self._on_free: list[Callable[[], None]] = []
        if running is None:
            self._run()
        else:
            self._rejoin(running)

    @property
    def state(self) -> State:
        """Jupyter's `execution_state`."""
        return self._state

    @property
    def language_info(self) -> JsonObject | None:
        """What it says about its language: version, file extension, how to colour it; None while that is not known."""
        language = EMPTY if self.info is None else self.info.get("language_info")
        return language if isinstance(language, Mapping) and language else None

    @property
    def connections(self) -> int:
        """How many clients are attached."""
        return len(self._clients)

    @property
    def rejected(self) -> int:
        """How many messages of the present run were dropped: wrong signature, or none of Jupyter's."""
        return 0 if self._instance is None else self._instance.rejected

    @property
    def note(self) -> str:
        """How the process of the present run came about, and why in no quicker way; empty: there is none."""
        return "" if self._instance is None else self._instance.process.note

    def resident_bytes(self) -> int:
        """How much memory its process holds; 0 where that is not known."""
        return 0 if self._instance is None else process_identity.resident_bytes(self._instance.process.pid)

    def log_tail(self) -> str:
        """What the kernel printed last, past Jupyter: at most 20 lines and 8 KB. After its death, what it left."""
        return self._log_tail if self._instance is None else self._instance.log_tail()

    def expect(self, client: KernelClient, msg_id: MsgId | None, free: Callable[[], None]) -> None:
        """In an earlier run of the program `client` has asked this (None: nothing), which may not be answered yet.

        `free` is called when the kernel has done with all that it was asked then, also where no reply has come.
        """
        if msg_id is not None:
            self._clients.expect(client, msg_id)
        self._on_free.append(free)

    def attach(self, client: KernelClient) -> None:
        """Tell `client` from now on."""
        self._clients.attach(client)

    def detach(self, client: KernelClient) -> None:
        """Tell it no more. What it asked is done; replies to it are dropped."""
        self._clients.detach(client)

    def send(self, client: KernelClient, channel: Channel, frames: Frames) -> None:
        """Send a request or an `input_reply`; what it answers goes to `client`. Held until the kernel is open.

        An `input_reply` of a client that the kernel has not asked is dropped: another's question is not for it.

        Raises:
            Unavailable: the kernel is dead, is being shut down, or has stopped reading.
            ProtocolError: the message has no proper header, or goes to iopub.
        """
        if channel == "iopub":
            raise ProtocolError("Nothing can be sent on iopub.")
        if self._state is State.DEAD:
            raise Unavailable(f"The kernel is dead: {self.cause} Restart it, then try again.")
        if self.closing:
            raise Unavailable("The kernel is being shut down.")
        if channel == "stdin":
            if self._clients.may_answer(client):
                self._send_or_hold(channel, frames)
        else:
            self._clients.ask(client, channel, frames, partial(self._send_or_hold, channel, frames))
        self.last_activity = self.last_activity if messages.is_look(frames.header) else datetime.now(UTC)

    async def ready(self, timeout_seconds: float = 60.0) -> None:
        """Wait until the kernel is open.

        Raises:
            KernelFailed: it has died, or has not answered in time.
        """
        try:
            async with asyncio.timeout(timeout_seconds):
                while self._state in {State.STARTING, State.RESTARTING}:
                    await self._change()
        except TimeoutError:
            sentence = f"The kernel did not answer within {timeout_seconds:g} seconds."
            raise KernelFailed(sentence, self.log_tail()) from None
        if self._state is State.DEAD:
            raise KernelFailed(self.cause, self.log_tail())

    async def interrupt(self) -> None:
        """Stop what the kernel is doing, as its kernelspec says: by a signal or by a message.

        Raises:
            Unavailable: it is dead, or not open yet, or does not answer.
        """
        instance = self._instance
        if self._state not in {State.IDLE, State.BUSY} or instance is None:
            raise Unavailable(f"The kernel is {self._state.value}: there is nothing to interrupt.")
        if self.spec.interrupt_mode == "signal":
            instance.process.interrupt()
            return
        request, reply = self._own.build_awaited(messages.interrupt_request)
        instance.send("control", request)
        try:
            async with asyncio.timeout(_INTERRUPT_SECONDS):
                await reply
        except TimeoutError:
            raise Unavailable("The kernel does not answer. Restart it.") from None

    async def restart(self) -> None:
        """End the process and start another. Returns when that runs; `ready` waits until it is open.

        Two who ask at the same time get one restart. A dead kernel can be restarted.

        Raises:
            KernelFailed: no process could be started; the kernel is dead.
            Unavailable: it is being shut down.
        """
        if self.closing:
            raise Unavailable("The kernel is being shut down.")
        if self._restart_task is None or self._restart_task.done():
            self._restart_task = self._loop.create_task(self._restart())
        await asyncio.shield(self._restart_task)
        if self.closing:
            raise Unavailable("The kernel has been shut down.")
        if self._state is State.DEAD:
            raise KernelFailed(self.cause, self.log_tail())

    async def shutdown(self) -> None:
        """End the process for good: ask it, then SIGTERM, then SIGKILL; within 2.5 s. May be called twice."""
        self.closing = True
        if self._shutdown_task is None:
            self._shutdown_task = self._loop.create_task(self._shut_down())
        await asyncio.shield(self._shutdown_task)

    # What `Instance` tells

    def on_frames(self, channel: Channel, frames: Frames) -> None:
        """A message with a valid signature."""
        try:
            if channel == "iopub":
                self._on_iopub(frames)
            elif self._own.caused(frames):
                self._own.answered(frames)
                if channel == "shell":
                    self.info, self.session = what_it_is(frames.content), messages.header_of(frames).session
                    self._opening.answered()
            else:
                self._clients.on_reply(channel, frames)
        except ProtocolError as error:
            if self._instance is not None:
                self._instance.reject(error)

    def on_end(self, end: Exit) -> None:
        """The process has ended, all that it said is told."""
        log.info("kernel %s has ended: %s", self.id, end)
        self._log_tail = self.log_tail()
        self._instance = None
        self._opening.stop()
        self.kept.ended()
        if self.closing:
            self.cause = "It was shut down."
            self._happened(Event.CLOSED)
        elif self._state is State.STARTING and port_taken(self._log_tail) and not self._other_ports_tried:
            self._other_ports_tried = True
            self._happened(Event.PORT_TAKEN)
        else:
            starting = self._state is State.STARTING
            self.cause = (
                why_not_started(end, self._log_tail, self.spec.program or self.spec.argv[0])
                if starting
                else end.cause()
            )
            self._happened(Event.ENDED)

    def kill(self) -> None:
        """End the process at once, without asking."""
        if self._instance is not None:
            self._instance.process.kill()

    def let_go(self) -> None:
        """Have nothing to do with the process any more, which goes on: a later run of the program finds it."""
        self.closing = True
        self._opening.stop()
        if self._instance is not None:
            self._instance.let_go()
        self.kept.let_go()

    # What has happened

    def _on_iopub(self, frames: Frames) -> None:
        ours = self._own.caused(frames)
        self._opening.heard(ours=ours)
        if ours:
            return
        self.last_activity = self.last_activity if messages.is_look(frames.parent_header) else datetime.now(UTC)
        if self._clients.on_iopub(frames):
            works = self._clients.keep_busy or self._on_free  # of an earlier run's we know only when all of it is over
            self._happened(Event.BUSY if works else Event.IDLE)

    def _happened(self, event: Event) -> None:
        after = step(self._state, event)
        changed, self._state = after.state is not self._state, after.state
        for action in after.actions:
            self._do(action)
        if changed:
            changes, self._changes = self._changes, set()
            for change in changes:
                if not change.done():
                    change.set_result(None)

    # What is to be done

    def _do(self, action: Action) -> None:
        match action:
            case Action.FORGET:
                self._clients.forget_requests()
                self._own.clear()
                self._held.take()
            case Action.TELL:
                self._clients.tell_state(self._state)
            case Action.RELEASE:
                for channel, frames in self._held.take():
                    self._send_or_hold(channel, frames)
            case Action.LAUNCH:
                try:
                    self._run()
                except KernelFailed as error:
                    self.cause, self._log_tail = str(error), error.log
                    self._happened(Event.FAILED)

    def _run(self) -> None:
        started = self._launcher.start(self.spec, self.cwd, self._env)
        instance = self._instance = Instance(self._launcher.transport, started, self)
        log.info("kernel %s (%s) has been started: %s", self.id, self.spec.name, instance.process)
        self.cause = self._log_tail = ""
        self._clients.forget_work()
        self._opening: Opening | Rejoining = Opening(
            partial(self._ask, instance), partial(self._happened, Event.OPENED)
        )
        instance.process.on_run(partial(self.kept.runs, started.place))

    def _rejoin(self, running: Started) -> None:
        instance = self._instance = Instance(self._launcher.transport, running, self)
        log.info("kernel %s (%s) has been found again: %s", self.id, self.spec.name, instance.process)
        self._opening = Rejoining(partial(self._ask, instance), self._rejoined)

    def _rejoined(self) -> None:
        self._clients.forget_work()
        told, self._on_free = self._on_free, []
        for free in told:
            free()
        self._happened(Event.IDLE)

    def _ask(self, instance: Instance) -> None:
        instance.send("shell", self._own.build(messages.kernel_info_request))

    def _send_or_hold(self, channel: Channel, frames: Frames) -> None:
        if self._instance is not None and self._state in {State.IDLE, State.BUSY}:
            self._instance.send(channel, frames)
        else:
            self._held.put(channel, frames)

    async def _change(self) -> None:
        change: asyncio.Future[None] = self._loop.create_future()
        self._changes.add(change)
        try:
            await change
        finally:
            self._changes.discard(change)

    async def _restart(self) -> None:
        self._other_ports_tried = False
        self._happened(Event.RESTART)
        if self._instance is None:
            self._happened(Event.ENDED)
        else:
            await self._end(self._instance, restart=True)

    async def _shut_down(self) -> None:
        if self._instance is not None:
            await self._end(self._instance, restart=False)

    async def _end(self, instance: Instance, *, restart: bool) -> None:
        request = self._own.build(partial(messages.shutdown_request, restart=restart))
        await instance.end(request if self._opening.done else None)
