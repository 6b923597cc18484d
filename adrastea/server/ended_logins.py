"""Logins that have ended before their time: their cookies let nobody in, also after a restart of the server.

With a password, or a token that the user keeps, cookies outlive a run. So the digests of those that were logged out are
kept in a file of the state folder, mode 0600: the last `LIMIT`, which is more logouts than a user makes in 30 days.
"""

from __future__ import annotations

import logging
import os
import re
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from typing import Final

from adrastea.documents import store
from adrastea.errors import AppError

log = logging.getLogger(__name__)

LIMIT: Final = 1024
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class EndedLogins:
    """The digests, the newest last. Server thread only, but for `keep`."""

    def __init__(self, file: Path | None) -> None:
        """Those that the file holds; None keeps them in memory alone."""
        self._file = file
        self._digests = OrderedDict[str, None]()
        for digest in _read(file):
            self.add(digest)

    def __contains__(self, digest: str) -> bool:
        return digest in self._digests

    def add(self, digest: str) -> None:
        """This one, too; the oldest goes where there are too many."""
        self._digests[digest] = None
        while len(self._digests) > LIMIT:
            self._digests.popitem(last=False)

    def all(self) -> tuple[str, ...]:
        """The digests, for `keep`."""
        return tuple(self._digests)

    def keep(self, digests: tuple[str, ...]) -> None:
        """Write them into the file, with what other servers of this user have written meanwhile. Blocks; any thread."""
        if self._file is None:
            return
        known = dict.fromkeys([*(digest for digest in _read(self._file) if digest not in digests), *digests])
        try:
            os.close(os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600))  # `store` keeps the mode of what is there
            store.replace(self._file, "".join(f"{digest}\n" for digest in list(known)[-LIMIT:]).encode(), None)
        except (AppError, OSError) as error:
            log.warning("A logout cannot be kept for the next start: %s", error)


def _read(file: Path | None) -> list[str]:
    text = ""
    with suppress(OSError, ValueError):
        text = "" if file is None else file.read_text(encoding="ascii")
    return [line for line in text.splitlines() if _DIGEST.fullmatch(line)]
