"""`/api/nbconvert` and `/nbconvert/<format>/…`: notebooks in other formats, made by the user's nbconvert.

What it makes holds the user's outputs, so it is shown in an origin of its own, as user files are. Nothing of nbconvert
is part of this program: `converting.py` runs it.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

from adrastea.documents import ipynb, store
from adrastea.documents.notebook import JsonObject, Notebook
from adrastea.errors import BadRequest
from adrastea.server import contents_model as model
from adrastea.server import fields
from adrastea.server.contents import off_loop
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler, finish

if TYPE_CHECKING:
    from adrastea.server.converting import Conversion, Converted

T = TypeVar("T")

_CSP: Final = "sandbox allow-scripts; frame-ancestors 'self'"


class _Converting(Handler):
    """A request that lasts as long as nbconvert does, or as long as the client waits."""

    _conversion: Conversion | None = None

    def on_connection_close(self) -> None:
        """The client has gone."""
        if self._conversion is not None:
            self._conversion.cancel()

    async def during(self, work: Callable[[Conversion, list[tuple[str, ...]]], Awaitable[T]]) -> T:
        """Do something with nbconvert."""
        from adrastea.server.converting import Conversion, pythons

        specs = await off_loop(self.services.kernels.specs.all)
        found = await off_loop(pythons, specs.values(), os.environ)
        conversion = self._conversion = Conversion(self.services.conversion_turns)
        self.services.conversions.add(conversion)
        try:
            return await work(conversion, found)
        finally:
            self.services.conversions.discard(conversion)

    async def convert(self, notebook: Notebook, kind: str, name: str, place: Path, modified: datetime | None) -> None:
        """Answer with a notebook in another format. `place` is where its images are looked for."""
        stem = name.rpartition(".")[0] or name
        question: JsonObject = {
            "format": kind,
            "notebook": model.notebook_to_nbformat(notebook),
            "name": stem,
            "folder": str(place) if modified else "",
            "modified": f"{modified:%B} {modified.day}, {modified.year}" if modified else "",
            "sanitize": _switch(self.argument("sanitize_html"), "sanitize_html", default=None),
        }
        download = _switch(self.argument("download"), "download", default=False)
        made = await self.during(lambda conversion, found: conversion.convert(question, found, place))
        self._send(made, stem, download=bool(download) or made.extension == ".zip")

    def _send(self, made: Converted, stem: str, *, download: bool) -> None:
        kind = made.mimetype or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=UTF-8" if kind.startswith("text/") else kind)
        self.set_header("Content-Security-Policy", _CSP)
        if download:
            name = quote(f"{stem}{made.extension}".encode("utf-8", "surrogateescape"), safe="")
            self.set_header("Content-Disposition", f"attachment; filename*=utf-8''{name}")
        finish(self, made.data)


class ExportersHandler(_Converting):
    """`/api/nbconvert`."""

    async def get(self) -> None:
        """The formats that there are."""
        folder = self.services.files.resolve("")
        self.reply(await self.during(lambda conversion, found: conversion.exporters(found, folder)))


class ConvertHandler(_Converting):
    """`/nbconvert/<format>`."""

    async def post(self, kind: str) -> None:
        """The notebook in the body (`name`, `content`), in another format."""
        body = self.body()
        content = fields.optional_object(body, "content")
        if content is None:
            raise BadRequest("The field 'content' is missing.")
        name = fields.optional_text(body, "name") or "notebook.ipynb"
        notebook = await off_loop(model.notebook_from_nbformat, content)
        await self.convert(notebook, kind, name.rpartition("/")[2], self.services.files.resolve(""), None)


class ConvertFileHandler(_Converting):
    """`/nbconvert/<format>/<path>`."""

    async def get(self, kind: str, path: str) -> None:
        """A notebook of the user in another format; `download=true` for a file. Anything else is shown as it is."""
        path = clean_path(path)
        entry = await off_loop(self.services.files.stat, path)
        if entry.type == "directory":
            raise BadRequest(f"{path} is a folder; only notebooks are converted.")
        if entry.type != "notebook":
            self.redirect(f"{self.services.settings.base_url}files/{quote(path, errors='surrogateescape')}")
            return
        file = self.services.files.resolve(path)
        document = self.services.documents.get(path)
        notebook = document.notebook if document is not None else await off_loop(_read, file)
        self.set_header("Last-Modified", entry.last_modified)
        await self.convert(notebook, kind, entry.name, file.parent, entry.last_modified)


def _read(file: Path) -> Notebook:
    return ipynb.decode(store.read(file)[0])[0]


def _switch(value: str | None, name: str, *, default: bool | None) -> bool | None:
    """A query argument that is true or false, in Jupyter's words and in ours."""
    match (value or "").lower():
        case "":
            return default
        case "true" | "1":
            return True
        case "false" | "0":
            return False
        case _:
            raise BadRequest(f"{name!r} is {value!r}; it can be true or false.")
