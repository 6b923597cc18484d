"""The trust of one open notebook between its document, its views and Jupyter's list of signatures.

The file is looked up when it has been read, and signed a moment after it was saved, if all of it is trusted by then.
Server thread; the list is asked in a `disk` thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from adrastea.documents import store
from adrastea.documents.edits import Edit, ReplaceNotebook
from adrastea.documents.lanes import Lane
from adrastea.documents.notebook import CellId, Notebook
from adrastea.documents.signatures import Signatures
from adrastea.documents.store import Fingerprint
from adrastea.documents.trust import Trust
from adrastea.documents.turns import Turns
from adrastea.errors import AppError

_SIGN_SECONDS: Final = 2.0
"""After a save; one who types makes many, and a signature reads the whole file."""


class Trusting:
    """See the module. `tell` hears which cells are not trusted, whenever that changes."""

    def __init__(
        self,
        notebook: Notebook,
        disk: Lane,
        signatures: Signatures | None,
        tell: Callable[[tuple[CellId, ...]], None],
    ) -> None:
        self._trust = Trust(notebook)
        self._disk = disk
        self._signatures = signatures
        self._tell = tell
        self._turns = Turns()
        self._waiting: tuple[asyncio.TimerHandle, Callable[[], None]] | None = None

    @property
    def untrusted(self) -> tuple[CellId, ...]:
        """The cells whose outputs may hold scripts that may not run."""
        return self._trust.untrusted

    def follow(self, before: Notebook, after: Notebook, edits: Iterable[Edit], *, by_kernel: bool) -> None:
        """The notebook is another one."""
        told = self._trust.untrusted
        (self._trust.of_kernel if by_kernel else self._trust.of_others)(before, after, edits)
        if self._trust.untrusted != told:
            self._tell(self._trust.untrusted)

    def replaced(self, before: Notebook, after: Notebook) -> None:
        """The notebook is another one, from elsewhere."""
        self.follow(before, after, (ReplaceNotebook(after),), by_kernel=False)

    def trust_all(self, notebook: Notebook) -> None:
        """The user trusts the notebook as it is."""
        self._trust.trust(notebook, notebook)
        self._tell(self._trust.untrusted)

    def look_up(self, file: Path, fingerprint: Fingerprint, read: Notebook, now: Callable[[], Notebook]) -> None:
        """This was read from the file: whatever of it is still there later is trusted if the list has it."""
        if self._trust.untrusted and self._signatures is not None:
            self._turns.take(partial(self._look_up, self._signatures, file, fingerprint, read, now))

    def saved(self, file: Path, fingerprint: Fingerprint, notebook: Notebook) -> None:
        """The file holds this now. It is signed in a moment, unless it has been saved again by then."""
        self._drop()
        if self._signatures is not None and self._trust.is_whole(notebook):
            sign = partial(self._sign, self._signatures, file, fingerprint)
            timer = asyncio.get_running_loop().call_later(_SIGN_SECONDS, self._sign_now)
            self._waiting = (timer, sign)

    async def end(self) -> None:
        """Sign what waits for it. Returns when that is done."""
        self._sign_now()
        await self._turns.over()

    def _drop(self) -> None:
        if self._waiting is not None:
            self._waiting[0].cancel()
            self._waiting = None

    def _sign_now(self) -> None:
        if self._waiting is not None:
            _, sign = self._waiting
            self._drop()
            sign()

    def _sign(self, signatures: Signatures, file: Path, fingerprint: Fingerprint) -> None:
        self._turns.take(partial(self._in_thread, lambda: _if_same(signatures.add, file, fingerprint)))

    async def _look_up(
        self,
        signatures: Signatures,
        file: Path,
        fingerprint: Fingerprint,
        read: Notebook,
        now: Callable[[], Notebook],
    ) -> None:
        if await self._disk.run(lambda: _if_same(signatures.knows, file, fingerprint)):
            self._trust.trust(read, now())
            self._tell(self._trust.untrusted)

    async def _in_thread(self, work: Callable[[], object]) -> None:
        await self._disk.run(work)


def _if_same(ask: Callable[[bytes], bool | None], file: Path, fingerprint: Fingerprint) -> bool:
    """The answer about what the file holds, if it still holds that."""
    try:
        data, holds = store.read(file)
    except AppError:
        return False
    return holds == fingerprint and ask(data) is True
