"""`UpdateWatch`: looks for a new version when it may, remembers in `state_dir/update.json`, and answers the page.

Main thread. The page drives it: it asks some time after it was shown, and now and then while it is open; nothing is
done before that. Whoever is offline hears nothing of it.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from adrastea import __version__
from adrastea.desktop import update

log = logging.getLogger(__name__)

Fetch: TypeAlias = Callable[[str, Callable[[bytes | None], None]], None]
"""Ask an address; later, on any thread, call back with what it answered, or None where nobody did."""


class UpdateWatch:
    """See the module. `feed` is the address of the release feed; empty switches everything off.

    `later` runs a call on the main thread, from any.
    """

    def __init__(
        self,
        feed: str,
        state_dir: Path,
        later: Callable[[Callable[[], None]], None],
        fetch: Fetch | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._feed = feed
        self._file = state_dir / "update.json"
        self._later = later
        self._fetch = fetch or _fetch
        self._clock = clock
        self._updates: update.Updates | None = None
        self._looking = False

    def answer(self, wish: str = "", value: str = "") -> dict[str, object]:
        """What the page wants: nothing, `look` with `weekly` or `never`, or `skip` with a version. What there is."""
        if not self._feed:
            return {"enabled": False, "ask": False, "look": "unset", "looking": False, "found": None}
        updates = self._updates or update.started(self._load())
        if wish == "look" and value in {"weekly", "never"}:
            updates = update.chosen(updates, "weekly" if value == "weekly" else "never")
        elif wish == "skip":
            updates = update.skipped(updates, value)
        self._keep(updates)
        if not self._looking and update.is_due(updates, self._clock()):
            self._looking = True
            self._fetch(self._feed, lambda answer: self._later(lambda: self._answered(answer)))
        return self._told()

    def _told(self) -> dict[str, object]:
        updates = self._updates or update.Updates()
        found = update.notice(updates, __version__)
        return {
            "enabled": True,
            "ask": update.should_ask_user(updates),
            "look": updates.look,
            "looking": self._looking,
            "found": None if found is None else asdict(found),
        }

    def _answered(self, answer: bytes | None) -> None:
        self._looking = False
        updates, now = self._updates or update.Updates(), self._clock()
        if answer is None:
            self._keep(update.unanswered(updates, now))
        else:
            self._keep(update.answered(updates, update.parse_feed(answer), now))

    def _load(self) -> update.Updates:
        try:
            raw: object = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return update.Updates()
        return update.parse(raw)

    def _keep(self, updates: update.Updates) -> None:
        if updates == self._updates:
            return
        self._updates = updates
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.write_text(json.dumps(update.to_json(updates)), encoding="utf-8")
        except OSError as error:
            log.info("What is known of new versions is not kept: %s", error)


def _fetch(url: str, answered: Callable[[bytes | None], None]) -> None:
    """Ask with what the system's web view brings."""
    if sys.platform == "win32":
        from adrastea.desktop import update_dotnet as system
    elif sys.platform == "darwin":
        from adrastea.desktop import update_cocoa as system
    else:
        from adrastea.desktop import update_soup as system
    system.fetch(url, answered)
