"""A release, before it is published: `python3 -m build.release check TAG`, then `python3 -m build.release finish`.

`check` refuses a tag that is not the program's version, and addresses that nobody can own. `finish` writes, for all
that lies in `dist/`, `SHA256SUMS` and `latest.json`, which a window asks for when its user allows it
(`adrastea/desktop/update.py` reads it).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from adrastea.settings import Settings
from build.console import SetupFailed, say
from build.product import DIST, Product, load

_NOBODYS = (".example", ".invalid", ".test")
_RELEASED = (".deb", ".xz", ".dmg", ".msi", ".json")


def main(words: Sequence[str]) -> int:
    """Do one of the two. Returns the exit code."""
    try:
        match list(words):
            case ["check", tag]:
                check(load(), tag, Settings().update_feed)
            case ["finish"]:
                finish(load(), DIST)
            case _:
                say("usage: python3 -m build.release {check TAG | finish}")
                return 2
    except SetupFailed as error:
        say(str(error))
        return 1
    return 0


def check(product: Product, tag: str, feed: str) -> None:
    """Whether this may become a release.

    Raises:
        SetupFailed: it may not.
    """
    if tag != f"v{product.version}":
        message = f"The tag {tag} is not v{product.version}, the version in adrastea/__init__.py."
        raise SetupFailed(message)
    addresses = (product.homepage, product.downloads, product.files, feed)
    for address in addresses:
        host = address.partition("://")[2].partition("/")[0]
        if host.endswith(_NOBODYS):
            message = (
                f"{address} is an address that nobody can own. Put real ones into spec/product.toml and settings.py."
            )
            raise SetupFailed(message)


def finish(product: Product, folder: Path) -> None:
    """Write the feed and the sums."""
    (folder / "latest.json").write_text(json.dumps(feed(product)) + "\n", encoding="utf-8")
    files = sorted(file for file in folder.iterdir() if file.suffix in _RELEASED)
    (folder / "SHA256SUMS").write_text(sums(files), encoding="utf-8")
    say(f"{len(files)} files, SHA256SUMS and latest.json are in dist.")


def feed(product: Product) -> dict[str, str]:
    """What a window is told of this version."""
    values = product.values()
    return {"version": product.version, "url": product.downloads, "notes": f"{values['files']}/news"}


def sums(files: Sequence[Path]) -> str:
    """What `sha256sum --check` reads."""
    return "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
