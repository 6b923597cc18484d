"""`adrastea export`: notebooks in other formats, one after another, each whole or not at all.

What is made of a notebook is worked out in memory (`script.py`, `markdown.py`) or by a browser (`Pages`); then it is
written as every file of ours is: beside its target, synced, renamed. What went wrong with one notebook is said, and the
others go on. Runs on the main thread of a process of its own; a line for each notebook on stderr.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from adrastea.cli import Export
from adrastea.documents import ipynb, store
from adrastea.documents.notebook import Notebook
from adrastea.errors import AppError, Conflict, StorageFailed
from adrastea.export.language import language_of
from adrastea.export.markdown import markdown
from adrastea.export.script import script


class Pages(Protocol):
    """Makes what only a browser can."""

    def html(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        """The notebook at that path as one HTML file.

        Raises:
            ConversionFailed: it could not be done.
        """
        ...

    def pdf(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        """The same on paper.

        Raises:
            ConversionFailed: it could not be done. Unavailable: there is no browser.
        """
        ...


def run(command: Export, pages: Pages, out: BinaryIO, err: TextIO) -> int:
    """Export every notebook of the command. Returns the exit code."""
    written: set[Path] = set()
    failed = 0
    for number, path in enumerate(command.paths, 1):
        place = f"[{number}/{len(command.paths)}] " if len(command.paths) > 1 else ""
        if err.isatty():
            err.write(f"adrastea: {place}{path.name} …\r")  # what comes of it is written over this
            err.flush()
        try:
            said = _one(command, path, pages, out, written)
        except AppError as error:
            failed += 1
            said = f"{path.name}: {error}"
        if said:
            err.write(f"adrastea: {place}{said}\n")
            err.flush()
    return 1 if failed else 0


def _one(command: Export, path: Path, pages: Pages, out: BinaryIO, written: set[Path]) -> str:
    notebook = ipynb.decode(store.read(path)[0])[0]
    stem = path.stem if path.suffix == ".ipynb" else path.name
    if command.to_stdout:
        (data,) = _made(command, path, notebook, pages, stem, "").values()
        _print(data, out)
        return ""
    target = _target(command, path, stem, notebook)
    if target in written:
        raise Conflict(f"{target.name} is what another notebook of this command becomes. Export them one by one.")
    if target.exists() and not command.force:  # before the work: a browser takes a while
        raise Conflict(f"{target.name} is there already. --force replaces it, --output names another place.")
    folder = "" if command.embed else f"{target.stem}_files"
    made = _made(command, path, notebook, pages, target.name, folder)
    _write(target.parent, made, force=command.force)
    written.add(target)
    return f"{path.name} → {target.name}"


def _print(data: bytes, out: BinaryIO) -> None:
    left = memoryview(data)
    try:
        while left:
            left = left[out.write(left) :]  # without a buffer (PYTHONUNBUFFERED) it may take a part only
        out.flush()
    except OSError as error:  # nobody reads any more, or the disk behind it is full
        raise StorageFailed(f"The result could not be written to stdout: {error.strerror}.") from None


def _target(command: Export, path: Path, stem: str, notebook: Notebook) -> Path:
    if command.output is not None and not command.into_folder:
        return command.output
    folder = path.parent if command.output is None else command.output
    ending = language_of(notebook.metadata).ending if command.to == "py" else f".{command.to}"
    return folder / f"{stem}{ending}"


def _made(command: Export, path: Path, notebook: Notebook, pages: Pages, name: str, folder: str) -> Mapping[str, bytes]:
    """What is to be written, by its path beside the target; the target itself comes last."""
    match command.to:
        case "py":
            return {name: _encoded(script(notebook))}
        case "md":
            made = markdown(notebook, folder, with_input=command.with_input)
            return {**made.files, name: _encoded(made.text)}
        case "html":
            return {name: pages.html(path, notebook, with_input=command.with_input)}
        case "pdf":
            return {name: pages.pdf(path, notebook, with_input=command.with_input)}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # half a character of JavaScript's is a question mark


def _write(folder: Path, made: Mapping[str, bytes], *, force: bool) -> None:
    targets = {folder / name: data for name, data in made.items()}
    there = next((target for target in targets if target.exists()), None)
    if there is not None and not force:
        raise Conflict(f"{there.name} is there already. --force replaces it, --output names another place.")
    for target, data in targets.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(f"The folder {target.parent.name} cannot be made: {error.strerror}.") from None
        store.replace(target, data, None)
