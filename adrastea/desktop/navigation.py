"""Where a step to another address leads: the window shows our own page and nothing else. Pure.

Links go to the browser, a file that is dropped on the window is opened like any other, and what frames inside the page
load for themselves is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from adrastea.desktop.words import Words

_OF_FRAMES: Final = frozenset({"about", "blob", "data", "webkit-pdfjs-viewer"})  # the last is WebKitGTK's own, for PDF
_OF_BROWSERS: Final = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class Stay:
    """The web view goes there itself."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nobody goes there."""


@dataclass(frozen=True, slots=True)
class Browse:
    """The default browser goes there."""

    url: str


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The program opens the file."""

    path: Path


Destination: TypeAlias = Stay | Refuse | Browse | OpenFile


def crashed(words: Words) -> str:
    """What is shown instead of a page that does nothing but crash, as HTML."""
    return f"<html lang={words.lang}><p style='font:16px sans-serif;margin:3em'>{words.crashed}</p>"


def is_for_browsers(url: str) -> bool:
    """Whether the default browser may be asked to open it."""
    try:
        return urlsplit(url).scheme in _OF_BROWSERS
    except ValueError:
        return False


def destination(url: str, own: str, *, clicked: bool) -> Destination:
    """Where `url` leads from our page at `own`; `clicked`: the user has followed a link."""
    try:
        there, ours = urlsplit(url), urlsplit(own)
    except ValueError:
        return Refuse()
    if there.scheme in _OF_FRAMES or (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
        return Stay()
    if there.scheme == "file":
        return Refuse() if clicked else OpenFile(Path(unquote(there.path, errors="surrogateescape")))
    if there.scheme not in _OF_BROWSERS:
        return Refuse()
    if clicked or there.scheme == "mailto":
        return Browse(url)
    return Stay()  # a frame in an output loads its page
