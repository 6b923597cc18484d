"""Whether to look for a new version, and what to tell of it: decisions as values. Pure.

Nobody is looked for before the user has said so; `never` means not one packet. When it is allowed, the release feed is
asked once a week, and once a day while nobody answers. Nothing is ever downloaded or installed by itself.

    {"version": "0.2.0", "url": "https://… the download page", "notes": "https://… what is new"}     the feed
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal, TypeAlias, cast
from urllib.parse import urlsplit

Look: TypeAlias = Literal["unset", "weekly", "never"]

LONGEST_FEED: Final = 65536
"""Bytes; a longer answer is none of ours."""
WEEK: Final = 7 * 24 * 3600
"""Seconds from one answer to the next question."""
DAY: Final = 24 * 3600
"""Seconds until the next question when nobody answered."""

_STARTS_BEFORE_ASKING = 3  # whoever has come back twice may be asked
_LONGEST_URL = 2000  # characters
_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LOOKS: Mapping[str, Look] = {"weekly": "weekly", "never": "never"}


@dataclass(frozen=True, slots=True)
class Release:
    """One version that can be had, the page to get it from, and the page that says what is new."""

    version: str
    url: str
    notes: str


@dataclass(frozen=True, slots=True)
class Updates:
    """What is remembered between runs. `next` is the earliest time of the next question, in seconds since 1970."""

    look: Look = "unset"
    starts: int = 0
    next: float = 0.0
    skipped: str = ""
    found: Release | None = None


def parse_feed(answer: bytes) -> Release | None:
    """The release that a feed names; None for everything that is no feed."""
    if len(answer) > LONGEST_FEED:
        return None
    try:
        raw: object = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    return _release(raw)


def parse(raw: object) -> Updates:
    """What was remembered, from JSON; what makes no sense is forgotten."""
    if not isinstance(raw, dict):
        return Updates()
    given = cast("Mapping[str, object]", raw)
    starts, at, skipped = given.get("starts"), given.get("next"), given.get("skipped")
    return Updates(
        look=_LOOKS.get(str(given.get("look")), "unset"),
        starts=starts if isinstance(starts, int) and 0 <= starts <= _STARTS_BEFORE_ASKING else 0,
        next=float(at) if isinstance(at, int | float) and 0 <= at < float("inf") else 0.0,
        skipped=skipped if isinstance(skipped, str) and _VERSION.fullmatch(skipped) else "",
        found=_release(given.get("found")),
    )


def to_json(updates: Updates) -> dict[str, object]:
    """What `parse` reads."""
    return asdict(updates)


def started(updates: Updates) -> Updates:
    """The program has been started once more."""
    return replace(updates, starts=min(updates.starts + 1, _STARTS_BEFORE_ASKING))


def should_ask_user(updates: Updates) -> bool:
    """Whether the user is to be asked if we may look: once, after some use."""
    return updates.look == "unset" and updates.starts >= _STARTS_BEFORE_ASKING


def is_due(updates: Updates, now: float) -> bool:
    """Whether to ask the feed now. A next time that lies more than a week ahead comes from a clock that was wrong."""
    return updates.look == "weekly" and not now < updates.next <= now + WEEK


def chosen(updates: Updates, look: Look) -> Updates:
    """The user has said whether we may look. What was found before is forgotten with a no."""
    return replace(updates, look=look, next=0.0, found=updates.found if look == "weekly" else None)


def skipped(updates: Updates, version: str) -> Updates:
    """The user does not want to hear of this version again."""
    return replace(updates, skipped=version if _VERSION.fullmatch(version) else "")


def answered(updates: Updates, release: Release | None, now: float) -> Updates:
    """The feed has answered, with a release or with nonsense, which changes nothing that was found before."""
    return replace(updates, next=now + WEEK, found=release or updates.found)


def unanswered(updates: Updates, now: float) -> Updates:
    """Nobody answered."""
    return replace(updates, next=now + DAY)


def notice(updates: Updates, current: str) -> Release | None:
    """The release to tell of, if there is a newer one that is not skipped."""
    found = updates.found
    if updates.look != "weekly" or found is None or found.version == updates.skipped:
        return None
    return found if is_newer(found.version, current) else None


def is_newer(version: str, than: str) -> bool:
    """Whether a version comes after another; 1.2 and 1.2.0 are the same."""
    return _numbers(version) > _numbers(than)


def is_address(url: str) -> bool:
    """Whether we would open or ask it: encrypted, or on this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    plain = parts.scheme == "http" and host in _LOOPBACK
    return (parts.scheme == "https" or plain) and bool(host) and len(url) <= _LONGEST_URL


def _release(raw: object) -> Release | None:
    if not isinstance(raw, dict):
        return None
    given = cast("Mapping[str, object]", raw)
    version, url, notes = given.get("version"), given.get("url"), given.get("notes")
    if not (isinstance(version, str) and isinstance(url, str) and isinstance(notes, str)):
        return None
    if not _VERSION.fullmatch(version) or not is_address(url) or not is_address(notes):
        return None
    return Release(version, url, notes)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in re.findall(r"[0-9]+", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
