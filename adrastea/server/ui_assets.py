"""The UI bundle: opened once at start, compressed at build time (`.br` and `.gz` beside each file).

Where a compressed body exists the plain one is not kept, and need not be there (the one file holds the `.gz` alone): a
client that takes neither gets it unpacked. A browser may
store `index.html` never, what lies in `assets/` for ever (its name holds a hash), and asks about the rest (ETag). What
lies there is mapped: it takes memory when it is asked for, and stays the same when the bundle is built anew meanwhile.
"""

from __future__ import annotations

import hashlib
import mmap
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from adrastea.errors import NotFound

INDEX: Final = "index.html"
SANDBOX: Final = "sandbox.html"

_HASHED: Final = "assets/"
_ENCODINGS: Final = {".br": "br", ".gz": "gzip"}  # the best first
_TYPES: Final = {  # not `mimetypes`: on Windows it believes the registry, which may call scripts plain text
    ".css": "text/css; charset=UTF-8",
    ".html": "text/html; charset=UTF-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=UTF-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=UTF-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=UTF-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_PUBLIC: Final = re.compile(r"(favicon|icon|apple-touch-icon|logo)[\w-]*\.(ico|svg|png)")
_NOT_BUILT: Final = b"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Adrastea</title>
<p>The user interface has not been built: run <code>make ui</code>, then start again.</p>
</html>
"""


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: the bytes, and their Content-Encoding; empty when they are plain."""

    encoding: str
    data: bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the bundle."""

    content_type: str
    cache_control: str
    etag: str
    bodies: tuple[Body, ...]
    """The best compressed first; at least one."""

    def body_for(self, accept_encoding: str) -> Body:
        """The best body that a client takes, by its Accept-Encoding header."""
        accepted = _accepted(accept_encoding)
        for body in self.bodies:
            if not body.encoding or body.encoding in accepted:
                return Body(body.encoding, bytes(body.data))
        import gzip

        packed = next(body for body in self.bodies if body.encoding == "gzip")
        return Body("", gzip.decompress(packed.data))


class UiAssets:
    """The bundle in `folder`. Without an `index.html` there, the page says how to build it. Never changes."""

    def __init__(self, folder: Path) -> None:
        self._files: Mapping[str, Asset] = _read_all(folder)

    def get(self, path: str) -> Asset:
        """The file at `path` in the bundle, `/` between folders.

        Raises:
            NotFound: there is none.
        """
        asset = self._files.get(path)
        if asset is None:
            raise NotFound("The user interface has no such file.")
        return asset


def is_public(path: str) -> bool:
    """Whether a file is given to anybody: the icons that the login page shows in its tab."""
    return _PUBLIC.fullmatch(path) is not None


def _read_all(folder: Path) -> Mapping[str, Asset]:
    names = {item.relative_to(folder).as_posix() for item in sorted(folder.rglob("*")) if item.is_file()}
    files = {name: _read(folder, name, names) for name in sorted(map(_without_suffix, names))}
    if INDEX not in files:
        files[INDEX] = _asset(INDEX, (Body("", _NOT_BUILT),))
    return MappingProxyType(files)


def _without_suffix(name: str) -> str:
    return next((name.removesuffix(suffix) for suffix in _ENCODINGS if name.endswith(suffix)), name)


def _read(folder: Path, name: str, names: set[str]) -> Asset:
    bodies = [
        Body(encoding, _open(folder, f"{name}{suffix}"))
        for suffix, encoding in _ENCODINGS.items()
        if f"{name}{suffix}" in names
    ]
    if not any(body.encoding == "gzip" for body in bodies):
        bodies.append(Body("", _open(folder, name)))
    return _asset(name, tuple(bodies))


def _open(folder: Path, name: str) -> bytes | mmap.mmap:
    path = folder / name
    if not name.startswith(_HASHED) or path.stat().st_size < mmap.PAGESIZE:
        return path.read_bytes()
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _asset(name: str, bodies: tuple[Body, ...]) -> Asset:
    if name == INDEX:
        cache_control = "no-store"
    elif name.startswith(_HASHED):
        cache_control = "private, max-age=31536000, immutable"
    else:
        cache_control = "private, no-cache"
    content_type = _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    told_apart_by = name.encode() if name.startswith(_HASHED) else bytes(bodies[-1].data)
    return Asset(content_type, cache_control, f'W/"{hashlib.sha256(told_apart_by).hexdigest()[:32]}"', bodies)


def _accepted(accept_encoding: str) -> frozenset[str]:
    accepted: set[str] = set()
    for item in accept_encoding.lower().split(","):
        name, _, weight = item.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            accepted.add(name.strip())
    return frozenset(accepted)
