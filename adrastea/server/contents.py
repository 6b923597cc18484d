"""`/api/contents`: Jupyter's names and shapes for files, folders and notebooks of the workspace.

A notebook that is open as a `Document` is read from it and written into it, so that every view sees what a client
saved; all else goes through `store`, whole or not at all (S1). Deleting means the trash. The disk is used off the loop.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/contents.html
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, ParamSpec, TypeVar
from urllib.parse import quote
from uuid import uuid4

from adrastea.documents import ipynb, store
from adrastea.documents.edits import ReplaceNotebook
from adrastea.documents.notebook import EMPTY, CellId, JsonObject, JsonValue, Notebook
from adrastea.documents.trust import Trust
from adrastea.errors import AppError, BadRequest, NotFound
from adrastea.server import contents_model as model
from adrastea.server import contents_trust, fields, uploads
from adrastea.server.contents_model import Format, SaveFile, SaveFolder, SaveNotebook, SavePiece
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler
from adrastea.server.jupyter_json import entry_json
from adrastea.server.too_large import CONTENTS_LIMIT_BYTES
from adrastea.workspace.files import Entry

P = ParamSpec("P")
T = TypeVar("T")

_STEMS: Final = {"notebook": "Untitled", "directory": "Untitled Folder", "file": "untitled"}  # as Jupyter names them


class ContentsHandler(Handler):
    """`/api/contents/<path>`."""

    async def get(self, path: str) -> None:
        """A file, notebook or folder; `content=0` without its content, `hash=1` with the hash of its bytes."""
        kind = model.parse_kind(self.argument("type"))
        wanted = model.parse_format(self.argument("format"))
        with_content = fields.flag(self.argument("content"), "content", default=True)
        with_hash = fields.flag(self.argument("hash"), "hash", default=False)
        entry = await off_loop(self.services.files.stat, clean_path(path))
        if entry.type == "directory" or kind == "directory":
            _check_folder(entry, kind)
            self.reply(await self._folder(entry) if with_content else entry_json(entry))
            self.services.events.file("get", entry.path)
            return
        answer = dict(entry_json(entry))
        if kind is not None:
            answer["type"] = kind
        if with_content or with_hash:
            data = await self._bytes(entry)
            if with_content and answer["type"] == "notebook":
                answer |= {"content": await self._notebook(entry.path, data), "format": "json"}
            elif with_content:
                answer |= _content(entry, wanted, data)
            answer |= model.hash_fields(data) if with_hash else EMPTY
        self.reply(answer)
        self.services.events.file("get", entry.path)

    async def post(self, path: str) -> None:
        """Make something new in a folder, under a name that is free: `type` and `ext`, or `copy_from`."""
        body = self.body()
        folder = clean_path(path)
        entry = await off_loop(self.services.files.stat, folder)
        if entry.type != "directory":
            raise BadRequest(f"{folder} is not a folder; use PUT to write a file.")
        source = fields.optional_text(body, "copy_from")
        if source is not None:
            made = await self._copy(clean_path(source), folder)
            self.services.events.file("copy", made, clean_path(source))
        else:
            made = await self._untitled(folder, body)
            self.services.events.file("save", made)
        await self._reply_entry(made, status=201)

    async def put(self, path: str) -> None:
        """Write a file or notebook, or make a folder, at this path."""
        path = clean_path(path)
        asked = model.parse_save(self.body())
        exists = await off_loop(self.services.files.exists, path)
        match asked:
            case SaveFolder():
                if not exists:
                    await off_loop(self.services.files.create_folder, path)
                _check_folder(await off_loop(self.services.files.stat, path), "directory")
                self.services.events.file("save", path)
                await self._reply_entry(path, status=200 if exists else 201)
            case SaveFile(data):
                await off_loop(self._replace, path, data)
                self.services.events.file("save", path)
                await self._reply_entry(path, status=200 if exists else 201, with_hash=True)
            case SavePiece(chunk, data):
                await self._add_piece(path, chunk, data, status=200 if exists else 201)
            case SaveNotebook(notebook):
                await self._save_notebook(path, notebook)
                self.services.events.file("save", path)
                await self._reply_entry(path, status=200 if exists else 201, with_hash=True)

    async def patch(self, path: str) -> None:
        """Rename or move to the `path` in the body."""
        old = clean_path(path)
        asked = fields.optional_text(self.body(), "path")
        new = old if asked is None else clean_path(asked)
        if new != old:
            await self._save_open(old)
            place = self.services.files.resolve(old)
            self.services.files.rename(old, new)  # on the loop, so that no save of the old name comes in between
            await self.services.documents.renamed(old, new)
            self.services.sessions.renamed(old, new)
            await off_loop(self.services.checkpoints.move, place, self.services.files.resolve(new))
            await self.services.runs.move(place, self.services.files.resolve(new))
            self.services.events.file("rename", new, old)
        await self._reply_entry(new, status=200)

    async def delete(self, path: str) -> None:
        """Move to the trash."""
        path = clean_path(path)
        await self._save_open(path)  # what is unsaved would bring the file back
        place = self.services.files.resolve(path)
        await off_loop(self.services.files.trash, path)
        self.services.events.file("delete", path)
        await off_loop(self.services.checkpoints.forget, place)
        await self.services.runs.forget(place)
        self.reply_nothing()

    async def _reply_entry(self, path: str, status: int, *, with_hash: bool = False) -> None:
        entry = await off_loop(self.services.files.stat, path)
        answer = dict(entry_json(entry))
        if with_hash:
            answer |= model.hash_fields(await self._bytes(entry))
        self.reply(answer, status, location=_address(entry.path))

    async def _folder(self, entry: Entry) -> JsonObject:
        entries = await off_loop(self.services.files.entries, entry.path)
        listed: list[JsonValue] = [entry_json(item) for item in entries]
        return {**entry_json(entry), "content": listed, "format": "json"}

    async def _bytes(self, entry: Entry) -> bytes:
        if entry.size > CONTENTS_LIMIT_BYTES:
            raise BadRequest(f"{entry.path} is too large to be sent as JSON; download it from files/ instead.")
        data, _ = await off_loop(store.read, self.services.files.resolve(entry.path))
        return data

    async def _notebook(self, path: str, data: bytes) -> JsonObject:
        document = self.services.documents.get(path)
        if document is not None:
            content = model.notebook_to_nbformat(document.notebook)
            return contents_trust.marked(content, frozenset(document.status.untrusted))
        notebook = ipynb.decode(data)[0]
        untrusted: frozenset[CellId] = frozenset(Trust(notebook).untrusted)
        signatures = self.services.documents.signatures
        if untrusted and signatures is not None and await off_loop(signatures.knows, data):
            untrusted = frozenset[CellId]()
        return contents_trust.marked(model.notebook_to_nbformat(notebook), untrusted)

    async def _add_piece(self, path: str, chunk: int, data: bytes, status: int) -> None:
        place = await off_loop(self._place, path)
        upload = self.services.uploads.take(place, chunk)
        await off_loop(uploads.add, upload, data)
        if chunk == uploads.LAST:
            await off_loop(uploads.finish, upload, place)
            self.services.events.file("save", path)
            await self._reply_entry(path, status, with_hash=True)
            return
        upload = self.services.uploads.put_back(place, upload, len(data))
        now = datetime.now(UTC)
        kind = mimetypes.guess_type(place.name)[0]
        so_far = Entry(place.name, path, "file", upload.received, now, now, kind, writable=True)
        self.reply(entry_json(so_far), status, location=_address(path))

    async def _save_open(self, path: str) -> None:
        """Save the open documents at or below a path; one that cannot be saved says so by itself."""
        for document in self.services.documents.all():
            if document.path == path or document.path.startswith(f"{path}/"):
                with suppress(AppError):
                    await document.save()

    async def _save_notebook(self, path: str, notebook: Notebook) -> None:
        document = self.services.documents.get(path)
        trusted = contents_trust.is_trusted(notebook)
        notebook = contents_trust.without_marks(notebook)
        if document is None:
            await off_loop(self._replace_notebook, path, notebook, trusted=trusted)
        else:
            document.apply([ReplaceNotebook(notebook)])
            if trusted:
                document.trust()
            await document.save()

    def _replace_notebook(self, path: str, notebook: Notebook, *, trusted: bool) -> None:
        place = self._place(path)
        try:
            before, _ = store.read(place)
        except NotFound:
            before = b""
        data = model.reformatted(notebook, before)
        store.replace(place, data, None)
        if trusted and self.services.documents.signatures is not None:
            self.services.documents.signatures.add(data)

    def _replace(self, path: str, data: bytes) -> None:
        store.replace(self._place(path), data, None)

    def _place(self, path: str) -> Path:
        """Where a file can be written: in a folder that is there, and not over a folder."""
        files = self.services.files
        with suppress(NotFound):  # but not a name that is too long for a file
            if files.stat(path).type == "directory":
                raise BadRequest(f"{path} is a folder.")
        folder = path.rpartition("/")[0]
        if files.stat(folder).type != "directory":
            raise NotFound(f"{folder} is not a folder.")
        return files.resolve(path)

    async def _copy(self, source: str, folder: str) -> str:
        entry = await off_loop(self.services.files.stat, source)
        if entry.type == "directory":
            raise BadRequest(f"{source} is a folder; only files can be copied.")
        return await off_loop(self.services.files.copy, source, folder)

    async def _untitled(self, folder: str, body: JsonObject) -> str:
        kind = model.parse_kind(fields.optional_text(body, "type"))
        suffix = fields.optional_text(body, "ext") or ""
        if kind is None:
            kind = "notebook" if suffix == ".ipynb" else "file"
        if "/" in suffix or "\\" in suffix or "\0" in suffix:
            raise BadRequest("The field 'ext' is no file name extension.")
        return await off_loop(self._make_untitled, folder, kind, ".ipynb" if kind == "notebook" else suffix)

    def _make_untitled(self, folder: str, kind: str, suffix: str) -> str:
        files = self.services.files
        if kind == "directory":
            return files.create_untitled_folder(folder, _STEMS[kind])
        data = ipynb.encode(*ipynb.new(CellId(uuid4().hex[:8]))) if kind == "notebook" else b""
        return files.create_untitled_file(folder, _STEMS[kind], suffix, data)


def _content(entry: Entry, wanted: Format | None, data: bytes) -> JsonObject:
    content = model.file_content(data, wanted, entry.path)
    plain = "text/plain" if content["format"] == "text" else "application/octet-stream"
    return {**content, "mimetype": entry.mimetype or plain}


async def off_loop(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run something that waits for the disk in the loop's pool."""
    return await asyncio.get_running_loop().run_in_executor(None, lambda: work(*args, **kwargs))


def _address(path: str) -> str:
    return f"api/contents/{quote(path, errors='surrogateescape')}"


def _check_folder(entry: Entry, kind: model.Kind | None) -> None:
    if entry.type != "directory":
        raise BadRequest(f"{entry.path} is not a folder.")
    if kind not in {None, "directory"}:
        raise BadRequest(f"{entry.path} is a folder, not a {kind}.")
