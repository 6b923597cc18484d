"""How an open notebook and its file stand to each other, and who is told: values and a protocol.

saved ── apply ──> unsaved ── a second of quiet, or save() ──> saving ──> saved (or unsaved: more has come)
                                                                  ├────> failed            tried again by itself
                                                                  └────> changed_on_disk   until the user decides

A file that somebody else changed is read again where nothing is unsaved, else merged with what is (`merge.py`). It is
`changed_on_disk` only where neither can be done: it is no notebook now, or nobody knows what both sides began with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol, TypeAlias, get_args

from adrastea.documents.edits import Edit
from adrastea.documents.notebook import CellId

State = Literal["saved", "unsaved", "saving", "failed", "changed_on_disk"]
AfterCrash = Literal["restored", "saved"]
AfterMerge = Literal["merged", "mine", "disk"]
Shown: TypeAlias = AfterCrash | AfterMerge
"""A version of the notebook that the user may choose."""
Why = Literal["changed", "deleted"]

SHOWN: tuple[Shown, ...] = (*get_args(AfterCrash), *get_args(AfterMerge))


@dataclass(frozen=True, slots=True)
class Restored:
    """A crash had left more than the file held."""

    at: datetime
    """When the last of it was done; aware, UTC."""
    shown: AfterCrash = "restored"
    """Which of the two the notebook holds: what was restored, or what had been saved."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A cell that the user has to look at after a merge."""

    cell: CellId
    why: Why
    """`changed`: this is what the file held, and the user has something else. `deleted`: the file has it no more."""


@dataclass(frozen=True, slots=True)
class Combined:
    """Somebody else changed the file while there were unsaved edits; both were put together."""

    at: datetime
    """When; aware, UTC."""
    taken: int
    """How many cells are new, other or gone because the file had them so."""
    undecided: tuple[Undecided, ...] = ()
    shown: AfterMerge = "merged"
    """Which version the notebook holds: both in one, what the user had before, or what the file held."""


@dataclass(frozen=True, slots=True)
class Status:
    """How the notebook and its file stand to each other."""

    state: State = "saved"
    message: str = ""
    """A sentence for `failed`, else empty."""
    at: datetime | None = None
    """When it was last saved, UTC; None if it was not since it was opened."""
    writable: bool = True
    restored: Restored | None = None
    """Until the user has seen it."""
    combined: Combined | None = None
    """Until the user has seen it. Never together with `restored`."""
    untrusted: tuple[CellId, ...] = ()
    """The cells whose outputs may hold scripts that may not run."""

    @property
    def shown(self) -> Shown | None:
        """Which version the notebook holds, where there is a choice."""
        if self.combined is not None:
            return self.combined.shown
        return None if self.restored is None else self.restored.shown

    def showing(self, version: Shown) -> Status:
        """The same with another version, of those that there are."""
        match version:
            case "merged" | "mine" | "disk":
                combined = self.combined and replace(self.combined, shown=version)
                return replace(self, combined=combined)
            case "restored" | "saved":  # pragma: no branch
                return replace(self, restored=self.restored and replace(self.restored, shown=version))


class DocumentListener(Protocol):
    """A view of the document. Called on the server thread; may not raise."""

    def on_edits(self, edits: Sequence[Edit], origin: object | None) -> None:
        """These edits were applied, in this order; `origin` is whoever asked for them."""
        ...

    def on_status(self, status: Status) -> None:
        """The document is saved, or is not any more."""
        ...

    def on_renamed(self, path: str) -> None:
        """The file has another path."""
        ...
