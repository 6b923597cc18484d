"""Names and paths of files, as toolkits give and want them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit


def paths_of(uris: Sequence[str]) -> tuple[str, ...]:
    """The paths of files among addresses; those on other machines have none."""
    found: list[str] = []
    for uri in uris:
        try:
            there = urlsplit(uri)
        except ValueError:
            continue
        if there.scheme == "file" and there.netloc in {"", "localhost"}:
            found.append(unquote(there.path, errors="surrogateescape"))
    return tuple(found)


def printed_name(title: str) -> str:
    """What a printed file is called: the notebook's name without its ending, from the window's title."""
    name = title.removeprefix("* ").removeprefix("(busy) ").partition(" - ")[0]
    return name.removesuffix(".ipynb").replace("/", "-").strip() or "Adrastea"
