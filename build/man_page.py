"""The manual page, made from what `--help` says: one source for both.

A help text consists of blocks with an empty line between them: the usage, sentences, and lists whose heading ends with
a colon and whose entries stand two spaces in. Source of truth for the markup: man(7).
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from unittest.mock import patch

from adrastea import cli
from build.product import fill

COMMANDS: tuple[tuple[str, ...], ...] = ((), ("serve",), ("export",), ("password",), ("doctor",))
"""The commands that have a help text of their own."""

_WIDTH = "200"  # no entry is broken into lines: man does that
_ENTRY = re.compile(r"  (?P<term>\S.*?)(?:\s{2,}(?P<text>.*))?")


def help_text(command: Sequence[str]) -> str:
    """What `adrastea COMMAND --help` prints, unbroken."""
    printed = io.StringIO()
    wide = patch.dict(os.environ, {"COLUMNS": _WIDTH})
    with wide, contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        cli.parse([*command, "--help"])
    return printed.getvalue()


def man_page(template: str, values: Mapping[str, str]) -> str:
    """The page: the first command's texts as its description, each further command in a section of its own."""
    texts = {command: _blocks(help_text(command)) for command in COMMANDS}
    synopsis = "\n.br\n".join(_usage(blocks[0]) for blocks in texts.values())
    main, *others = texts.items()
    sections = [f'.SH "{" ".join(command).upper()}"\n{_body(blocks[1:])}' for command, blocks in others]
    made = {"synopsis": synopsis, "description": _body(main[1][1:]), "sections": "\n".join(sections)}
    return fill(template, {**values, **made})


def _blocks(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.split(r"\n\s*\n", text.strip("\n"))]


def _usage(lines: Sequence[str]) -> str:
    words = " ".join(" ".join(lines).split()).removeprefix("usage: ")
    program, _, rest = words.partition(" ")
    return f".B {_plain(program)}\n{_plain(rest)}"


def _body(blocks: Sequence[Sequence[str]]) -> str:
    return "\n".join(line for block in blocks for line in _block(block))


def _block(lines: Sequence[str]) -> Iterator[str]:
    heading, *rest = lines
    if not heading.endswith(":") or not all(line.startswith("  ") for line in rest):
        yield ".PP"
        yield from map(_plain, lines)
        return
    yield f".SS {_plain(heading.rstrip(':').capitalize())}"
    for line in rest:
        entry = _ENTRY.fullmatch(line)
        if entry is None or line.startswith("   "):
            yield _plain(line.strip())
        else:
            yield from (".TP", f".B {_plain(entry['term'])}", _plain(entry["text"] or ""))


def _plain(text: str) -> str:
    """Text that man shows as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith((".", "\\(aq")) else escaped
