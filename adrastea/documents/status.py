"""How an open notebook and its file stand to each other, and who is told: values and a protocol.

saved ── apply ──> unsaved ── a second of quiet, or save() ──> saving ──> saved (or unsaved: more has come)
                                                                  ├────> failed            tried again by itself
                                                                  └────> changed_on_disk   until the user decides
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from adrastea.documents.edits import Edit

State = Literal["saved", "unsaved", "saving", "failed", "changed_on_disk"]
Shown = Literal["restored", "saved"]


@dataclass(frozen=True, slots=True)
class Restored:
    """A crash had left more than the file held."""

    at: datetime
    """When the last of it was done; aware, UTC."""
    shown: Shown = "restored"
    """Which of the two the notebook holds: what was restored, or what had been saved."""


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
