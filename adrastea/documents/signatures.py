"""Which notebooks the user has trusted: Jupyter's own list of signatures, read and written as Jupyter does.

It lies in Jupyter's data folder: `nbsignatures.db`, a table of SQLite, and `notebook_secret`, the key, which only the
user may read. So a notebook that was trusted in Jupyter is trusted here, and the other way round. Where the list cannot
be had, nothing is known to be trusted, and trust lasts as long as the notebook is open. Blocks; `disk` threads.

Source of truth: nbformat/sign.py (`SQLiteSignatureStore`).
"""

from __future__ import annotations

import base64
import logging
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from adrastea.documents.signature import ALGORITHM, signature_of

if TYPE_CHECKING:
    import sqlite3

T = TypeVar("T")
_log = logging.getLogger(__name__)

_SECRET_BYTES: Final = 1024
_MOST: Final = 65_535
"""Signatures; when there are more, the oldest quarter goes."""
_LIMIT_SECONDS: Final = 2.0  # while Jupyter writes
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS nbsignatures
(
    id integer PRIMARY KEY AUTOINCREMENT,
    algorithm text,
    signature text,
    path text,
    last_seen timestamp
)"""
_INDEX: Final = "CREATE INDEX IF NOT EXISTS algosig ON nbsignatures(algorithm, signature)"
_FIND: Final = "SELECT id FROM nbsignatures WHERE algorithm = ? AND signature = ?"
_SEEN: Final = "UPDATE nbsignatures SET last_seen = ? WHERE algorithm = ? AND signature = ?"
_ADD: Final = "INSERT INTO nbsignatures (last_seen, algorithm, signature) VALUES (?, ?, ?)"
_CULL: Final = (
    "DELETE FROM nbsignatures WHERE id IN (SELECT id FROM nbsignatures ORDER BY last_seen DESC LIMIT -1 OFFSET ?)"
)


class Signatures:
    """The list in `folder`, Jupyter's data folder of this user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reported = False

    def knows(self, data: bytes) -> bool:
        """Whether a notebook file with these bytes was trusted."""
        secret = self._secret()
        signature = None if secret is None else signature_of(data, secret)
        if signature is None or not self._file.exists():
            return False
        known = signature

        def look(database: sqlite3.Connection) -> bool:
            if database.execute(_FIND, (ALGORITHM, known)).fetchone() is None:
                return False
            database.execute(_SEEN, (_now(), ALGORITHM, known))
            return True

        return self._ask(look) is True

    def add(self, data: bytes) -> None:
        """The user trusts a notebook file with these bytes."""
        secret = self._secret() or self._new_secret()
        signature = None if secret is None else signature_of(data, secret)

        def write(database: sqlite3.Connection) -> None:
            known = database.execute(_FIND, (ALGORITHM, signature)).fetchone() is not None
            database.execute(_SEEN if known else _ADD, (_now(), ALGORITHM, signature))
            if database.execute("SELECT Count(*) FROM nbsignatures").fetchone()[0] > _MOST:
                database.execute(_CULL, (_MOST * 3 // 4,))

        if signature is not None:
            self._ask(write)

    @property
    def _file(self) -> Path:
        return self._folder / "nbsignatures.db"

    def _ask(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What is found in the list, in one transaction; None where the list cannot be had."""
        try:
            import sqlite3
        except ImportError as error:
            self._report(error)
            return None
        try:
            with closing(sqlite3.connect(self._file, _LIMIT_SECONDS)) as database, database:
                database.execute(_TABLE)
                database.execute(_INDEX)
                return work(database)
        except sqlite3.Error as error:
            self._report(error)
            return None

    def _secret(self) -> bytes | None:
        try:
            return (self._folder / "notebook_secret").read_bytes()
        except OSError:
            return None

    def _new_secret(self) -> bytes | None:
        secret = base64.encodebytes(os.urandom(_SECRET_BYTES))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._folder / "notebook_secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secret)
        except FileExistsError:
            return self._secret()  # Jupyter was faster
        except OSError as error:
            self._report(error)
            return None
        return secret

    def _report(self, error: Exception) -> None:
        if not self._reported:
            self._reported = True
            _log.warning("Jupyter's list of trusted notebooks cannot be used, so trust is not remembered: %s", error)


def _now() -> str:
    """As Python's sqlite3 writes a time."""
    return datetime.now(UTC).isoformat(" ")
