"""The question before a window closes: what would be lost, and whether the user wants that. The same on every system.

    asked to close ──► the page is asked ──► nothing lost ─────────────────────► it closes
                            │  └─ it hangs ────────────────────────────────────► it closes
                            └─ something would be lost ──► the user is asked ──► it closes, or stays

Kernels that work can be kept running, where the next start would find them: then the program closes without them.

What asks the page, waits, asks the user and closes is the system's. Main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Literal, Protocol, TypeAlias

from adrastea.desktop.frame import Frame, Owner
from adrastea.desktop.words import Words

ASK_UNSAVED: Final = "Boolean(window.adrastea && window.adrastea.hasUnsaved())"
"""What the page is asked, as JavaScript: whether something would be lost."""
ANSWER_SECONDS: Final = 2.0
"""A page that hangs may not keep its window open."""
_SHOWN_NAMES: Final = 5

Answer: TypeAlias = Literal["cancel", "close", "keep"]


@dataclass(frozen=True, slots=True)
class Work:
    """What kernels do, for whoever closes the program. Main thread; both may raise AppError."""

    running: Callable[[], Sequence[str]]
    """The notebooks whose kernels work."""
    keep: Callable[[], None] | None = None
    """Have them go on when the program ends; None: they cannot."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the user is asked, with the three answers as they are shown."""

    asked: str
    lost: str
    """A line for each kind of loss; empty: there is none, and nothing to ask."""
    cancel: str
    close: str
    keep: str
    """Empty: there is none."""


class Asking(Protocol):
    """What a system does for the question."""

    def ask_page(self, heard: Callable[[bool], None]) -> None:
        """Run `ASK_UNSAVED` in the page and, some time, tell whether its value was true."""
        ...

    def wait(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call after some time; gives back what calls it off."""
        ...

    def wants_to_close(self, question: Question) -> Answer:
        """Ask the user."""
        ...

    def really_close(self) -> None:
        """Close the window now, or as soon as the toolkit can; it may ask again whether it may, and will hear yes."""
        ...


class Closing:
    """The question of one window."""

    def __init__(self, frame: Frame, owner: Owner, asking: Asking) -> None:
        self._frame = frame
        self._owner = owner
        self._asking = asking
        self._agreed = False
        self._call_off: Callable[[], None] | None = None

    def may_close(self) -> bool:
        """What the toolkit asks when the user closes the window. On a no the question begins."""
        if not self._agreed and self._call_off is None:
            self._call_off = self._asking.wait(ANSWER_SECONDS, self.at_once)
            self._asking.ask_page(self._heard)
        return self._agreed

    def at_once(self) -> None:
        """Close without a question."""
        if not self._agreed:
            self._agreed = True
            self._asking.really_close()

    def _heard(self, unsaved: bool) -> None:  # noqa: FBT001 -- the page's answer
        if self._agreed or self._call_off is None:
            return
        self._call_off()
        running = self._owner.running(self._frame)
        is_last, can_keep = self._owner.is_last(self._frame), self._owner.can_keep
        asked = question(self._frame.words, running, unsaved=unsaved, is_last=is_last, can_keep=can_keep)
        answer = self._asking.wants_to_close(asked) if asked.lost else "close"
        if answer == "keep":
            self._owner.keep_running()
        if answer == "cancel":
            self._owner.stays(self._frame)
        else:
            self.at_once()
        self._call_off = None


def question(words: Words, running: Sequence[str], *, unsaved: bool, is_last: bool, can_keep: bool) -> Question:
    """What is asked where there are `unsaved` files, or `running` notebooks, by their paths (K3).

    The last window takes the program along.
    """
    names = [PurePosixPath(path).name for path in running]
    shown = ", ".join(names[:_SHOWN_NAMES]) + (" …" if len(names) > _SHOWN_NAMES else "")
    keeps = bool(names) and can_keep
    still_running = (words.running_kept if keeps else words.running).format(names=shown)
    return Question(
        asked=words.close_program if is_last else words.close_window,
        lost="\n".join([*([words.unsaved] if unsaved else ()), *([still_running] if names else ())]),
        cancel=words.cancel,
        close=words.stop if keeps else words.close,
        keep=words.keep if keeps else "",
    )
