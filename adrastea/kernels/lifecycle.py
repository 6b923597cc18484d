"""A kernel's life as a table: what has happened, in which state, leads to which state and to which deeds.

    starting ──opened──▶ idle ◀──▶ busy          any of them ──ended──▶ dead
        ▲                                         any, also dead ──restart──▶ restarting ──ended──▶ starting

Pure: `kernel.py` finds out what has happened and does the deeds. What the table does not hold changes nothing.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/messaging.html#kernel-status
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class State(Enum):
    """Jupyter's `execution_state`."""

    __hash__ = object.__hash__  # each is one object; an enumeration's own is a function of Python

    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    RESTARTING = "restarting"
    DEAD = "dead"


class Event(Enum):
    """What can happen to a kernel."""

    __hash__ = object.__hash__

    OPENED = "its first verified message on iopub has come"
    BUSY = "it works on some request"
    IDLE = "it works on none"
    RESTART = "somebody wants another process"
    ENDED = "its process has ended"
    PORT_TAKEN = "its process has ended because another program had one of its ports; not yet tried with others"
    FAILED = "no process could be started"
    CLOSED = "its process has ended, as somebody wanted it, for good"


class Action(Enum):
    """What `kernel.py` does, in the order of the tuple."""

    FORGET = "forget every request: those that wait to be sent and those that wait for a reply (K5)"
    TELL = "tell the clients the state"
    RELEASE = "send what was held until the kernel was open"
    LAUNCH = "start a process"


@dataclass(frozen=True, slots=True)
class Step:
    """Where the kernel is after an event, and what is to do."""

    state: State
    actions: tuple[Action, ...] = ()


_DEATH: Final = Step(State.DEAD, (Action.FORGET, Action.TELL))
_RESTART: Final = Step(State.RESTARTING, (Action.FORGET, Action.TELL))

TABLE: Final[Mapping[tuple[State, Event], Step]] = MappingProxyType(
    {
        (State.STARTING, Event.OPENED): Step(State.IDLE, (Action.RELEASE, Action.TELL)),
        (State.STARTING, Event.RESTART): _RESTART,
        (State.STARTING, Event.ENDED): _DEATH,
        (State.STARTING, Event.PORT_TAKEN): Step(State.STARTING, (Action.LAUNCH,)),
        (State.STARTING, Event.FAILED): _DEATH,
        (State.STARTING, Event.CLOSED): _DEATH,
        (State.IDLE, Event.BUSY): Step(State.BUSY, (Action.TELL,)),
        (State.IDLE, Event.RESTART): _RESTART,
        (State.IDLE, Event.ENDED): _DEATH,
        (State.IDLE, Event.CLOSED): _DEATH,
        (State.BUSY, Event.IDLE): Step(State.IDLE, (Action.TELL,)),
        (State.BUSY, Event.RESTART): _RESTART,
        (State.BUSY, Event.ENDED): _DEATH,
        (State.BUSY, Event.CLOSED): _DEATH,
        (State.RESTARTING, Event.ENDED): Step(State.STARTING, (Action.TELL, Action.LAUNCH)),
        (State.RESTARTING, Event.CLOSED): _DEATH,
        (State.DEAD, Event.RESTART): _RESTART,
    }
)


def step(state: State, event: Event) -> Step:
    """What `event` leads to. Total: an event that means nothing in this state leaves it as it is."""
    found = TABLE.get((state, event))
    return Step(state) if found is None else found
