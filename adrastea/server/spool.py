"""`/api/adrastea/spool/<id>`: what a cell has printed, whole, where its output shows only the beginning and the end.

Ranges, headers and sandbox are those of the user's files (`user_files.py`): it is text, and may be as long as the disk.
"""

from __future__ import annotations

from pathlib import Path

from adrastea.errors import NotFound
from adrastea.server.user_files import UserFileHandler


class SpoolHandler(UserFileHandler):
    """One stream."""

    def place_of(self, path: str) -> Path:
        """Where it lies.

        Raises:
            NotFound: it has been removed.
        """
        place = self.services.documents.spool.place(path)
        if place is None or not place.is_file():
            raise NotFound(
                "All of this output is not kept any more: newer ones needed its room."
                " The setting spool_megabytes gives them more."
            )
        return place
