"""`/files/<path>`: the user's files as they are, for images in notebooks, for opening in a tab, for downloads.

A file may hold anything. So it is shown in an origin of its own (CSP `sandbox`), where its scripts reach nothing of
ours, and never taken for another type than it is sent as. Only regular files are opened; they are read in pieces, off
the loop.

Source of truth: RFC 9110, sections 13 (conditional requests) and 14 (ranges).
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
import re
import stat
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol
from urllib.parse import quote

from tornado.iostream import StreamClosedError

from adrastea.errors import Forbidden, NotFound, StorageFailed
from adrastea.server import fields
from adrastea.server.handler import Handler

_CSP: Final = "sandbox allow-scripts; frame-ancestors 'self'"
_PIECE_BYTES: Final = 64 * 1024  # a client that does not read any more holds one or two of them
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_TYPES: Final = {".ipynb": "application/x-ipynb+json", ".js": "text/javascript", ".md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes that are sent: from `start` up to, not including, `end`."""

    start: int
    end: int


class UserFileHandler(Handler):
    """One file of the workspace."""

    async def get(self, path: str) -> None:
        """The file, a range of it, or 304."""
        await self._serve(path, with_body=True)

    async def head(self, path: str) -> None:
        """Its headers."""
        await self._serve(path, with_body=False)

    def place_of(self, path: str) -> Path:
        """Where the file lies.

        Raises:
            NotFound, Forbidden: there is none, or it is not for us.
        """
        return self.services.files.resolve(path)

    async def _serve(self, path: str, *, with_body: bool) -> None:
        download = fields.flag(self.argument("download"), "download", default=False)
        loop = asyncio.get_running_loop()
        place = self.place_of(path)
        file, status = await loop.run_in_executor(None, _open, place, path)
        try:
            self._set_headers(place, status, download=download)
            if self.check_etag_header():
                self.set_status(304)
                return
            span = self._span(status.st_size)
            if span is not None:
                self.set_header("Content-Length", span.end - span.start)
                if with_body:
                    await self._send(file, span)
        finally:
            file.close()

    def _set_headers(self, place: Path, status: os.stat_result, *, download: bool) -> None:
        self.set_header("Content-Type", content_type(place.name))
        self.set_header("Content-Security-Policy", _CSP)
        self.set_header("Cache-Control", "private, no-cache")
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("ETag", f'"{status.st_size:x}-{status.st_mtime_ns:x}"')
        if download or place.suffix == ".ipynb":
            name = quote(os.fsencode(place.name), safe="")
            self.set_header("Content-Disposition", f"attachment; filename*=utf-8''{name}")

    def _span(self, size: int) -> Span | None:
        """What to send, with the status that goes with it; None when the client asked for what is not there."""
        header = self.request.headers.get("Range", "")
        if_range = self.request.headers.get("If-Range")
        if if_range is not None and if_range != self._headers.get("ETag"):
            header = ""  # the file has changed since the client got its first part: it needs the whole
        span = parse_range(header, size)
        if span is None:
            return Span(0, size)
        if span.start >= span.end:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{size}")
            return None
        self.set_status(206)
        self.set_header("Content-Range", f"bytes {span.start}-{span.end - 1}/{size}")
        return span

    async def _send(self, file: BinaryIO, span: Span) -> None:
        loop = asyncio.get_running_loop()
        position = span.start
        while position < span.end:
            piece = await loop.run_in_executor(None, _read, file, position, min(_PIECE_BYTES, span.end - position))
            if not piece:
                raise StorageFailed("The file became shorter while it was read.")
            position += len(piece)
            written = write_piece(self, piece)
            del piece  # Tornado has a copy, which may wait for a client that does not read
            try:
                await written
            except StreamClosedError:
                return


def parse_range(header: str, size: int) -> Span | None:
    """The one range that a Range header asks for, cut to the file; None when there is none, or more than one.

    A range that lies outside the file is empty.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1], found[2]
    if not first:
        return Span(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None  # not a range at all
    return Span(int(first), min(size, int(last) + 1) if last else size)


def content_type(name: str) -> str:
    """The type that a file is sent as, by its name; text is taken for UTF-8."""
    guess, encoding = mimetypes.guess_type(name, strict=False)
    kind = _TYPES.get(Path(name).suffix.lower()) or guess
    if kind is None or encoding is not None:  # a compressed file is what it is, not what is in it
        return "application/octet-stream"
    return f"{kind}; charset=UTF-8" if kind.startswith("text/") else kind


class _Response(Protocol):
    """What we use of a Tornado handler, with types that are known."""

    def write(self, chunk: bytes) -> None: ...
    def flush(self) -> Awaitable[None]: ...


def write_piece(handler: _Response, piece: bytes) -> Awaitable[None]:
    """Send some of the body; done when the client can take more."""
    handler.write(piece)
    return handler.flush()


def _open(place: Path, path: str) -> tuple[BinaryIO, os.stat_result]:
    try:
        if not stat.S_ISREG(place.stat().st_mode):  # before it is opened: opening a pipe waits for its writer
            raise NotFound(f"{path} is not a file.")
        file = place.open("rb")
        return file, os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"{path} does not exist.") from None
    except PermissionError:
        raise Forbidden(f"{path} may not be read.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name makes no sense"
        raise NotFound(f"{path} cannot be read: {reason}.") from None


def _read(file: BinaryIO, position: int, size: int) -> bytes:
    file.seek(position)
    return file.read(size)
