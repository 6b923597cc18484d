"""What the one file is made of: `python -m build.size_report [FILE]` says what each part costs, in compressed bytes.

With `--check` it looks at the budget in `spec/freeze.toml` instead: at our own code always, at the interface and what a
browser loads of it where that has been built, at the one file where there is one. Parts are compressed each by itself;
together they are a little smaller.
"""

from __future__ import annotations

import io
import marshal
import sys
import tarfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from build import frozen_code, lean, one_file, page_size
from build.console import ROOT, SetupFailed, say

_APP: Final = ROOT / "dist" / "adrastea"
_STANDARD: Final = "Python's standard library, bytecode"
_PARTS: Final[Mapping[str, str]] = {  # the first part of a path or of a module's name → what it belongs to
    "adrastea": "our own code, bytecode",
    "app": "our own code, bytecode",
    "build": "our own code, bytecode",
    "tornado": "Tornado",
    "zmq": "pyzmq, libzmq, libsodium",
    "pyzmq.libs": "pyzmq, libzmq, libsodium",
    "webview": "pywebview",
    "bottle": "pywebview",
    "proxy_tools": "pywebview",
    "typing_extensions": "pywebview",
    "gi": "PyGObject",
    "ui": "the interface",
}
_PROGRAM: Final = "Python itself, with its extension modules"


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the file has, and what it costs."""

    name: str
    plain: int
    """Bytes as they are unpacked."""
    packed: int
    """Bytes in the file, compressed by itself."""


def parts(file: Path) -> list[Part]:
    """The parts of a one file, the most expensive first.

    Raises:
        ValueError: it is none.
    """
    gathered: defaultdict[str, bytearray] = defaultdict(bytearray)
    for name, data in _contents(one_file.unpack(file)):
        gathered[name] += data
    launcher = int.from_bytes(file.read_bytes()[-48:-40], "little")
    found = [Part(name, len(data), len(one_file.compress(bytes(data)))) for name, data in gathered.items()]
    return sorted([*found, Part("the launcher", launcher, launcher)], key=lambda part: -part.packed)


def own_code() -> int:
    """Bytes of our own code, compressed, without freezing it; a third more than in the file, which knows no columns."""
    sources = sorted((ROOT / "adrastea").rglob("*.py"))
    code = [compile(path.read_bytes(), path.name, "exec", dont_inherit=True, optimize=2) for path in sources]
    return len(one_file.compress(b"".join(map(marshal.dumps, code))))


def interface() -> int | None:
    """Bytes of the interface as it goes into the file; None where it has not been built."""
    plan = lean.load()
    try:
        files = plan.interface_files()
    except SetupFailed:
        return None
    return len(one_file.compress(b"".join((ROOT / plan.interface / file).read_bytes() for file in files)))


def page() -> tuple[int | None, int | None]:
    """Bytes that a browser loads before it shows a notebook, and all in all; None where nothing has been built."""
    folder = ROOT / lean.load().interface
    if not (folder / "index.html").exists():
        return None, None
    return page_size.first_load(folder), page_size.everything(folder)


def check() -> list[str]:
    """What is over the budget, as sentences."""
    budget: dict[str, int] = tomllib.loads(lean.SPEC.read_text(encoding="utf-8"))["budget"]
    whole = _APP.stat().st_size if _APP.exists() else None
    first, every = page()
    measured = {
        "own_code": own_code(),
        "interface": interface(),
        "page_at_first": first,
        "page_in_all": every,
        "whole": whole,
    }
    shown = {name: "not there" if size is None else f"{size:,} of {budget[name]:,}" for name, size in measured.items()}
    say("sizes in bytes: " + ", ".join(f"{name.replace('_', ' ')} {text}" for name, text in shown.items()))
    return [
        f"{name.replace('_', ' ')} has {size:,} bytes, {size - budget[name]:,} over its budget ({lean.SPEC.name})."
        for name, size in measured.items()
        if size is not None and size > budget[name]
    ]


def main(arguments: Sequence[str]) -> int:
    """Report or check; the exit code."""
    if list(arguments) == ["--check"]:
        over = check()
        for sentence in over:
            say(sentence)
        return 1 if over else 0
    file = Path(arguments[0]) if arguments else _APP
    try:
        found = parts(file)
    except (OSError, ValueError) as error:
        say(f"{error} `make app` makes dist/adrastea.")
        return 1
    say(f"| {file.name} | unpacked | in the file |\n| --- | ---: | ---: |")
    for part in found:
        say(f"| {part.name} | {part.plain:,} | {part.packed:,} |")
    together = sum(part.packed for part in found)
    say(f"| compressed together instead of each by itself | | {file.stat().st_size - together:,} |")
    say(f"| **the whole** | {sum(part.plain for part in found):,} | **{file.stat().st_size:,}** |")
    return 0


def _contents(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """What belongs to which part."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for entry in files:
            file = files.extractfile(entry)
            data = b"" if file is None else file.read()
            path = entry.name.removeprefix("_internal/")
            if path == frozen_code.NAME:
                yield from _modules(data)
            else:
                yield _of_file(path), data


def _of_file(path: str) -> str:
    if path.startswith(("libzmq", "libsodium")):
        return _PARTS["zmq"]
    return _PARTS.get(path.partition("/")[0], _PROGRAM) if "/" in path else _PROGRAM


def _modules(data: bytes) -> Iterator[tuple[str, bytes]]:
    for name, code in frozen_code.unpack(data).items():
        yield _PARTS.get(name.partition(".")[0], _STANDARD), code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
