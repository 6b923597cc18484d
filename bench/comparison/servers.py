"""The servers that can be measured, each as the command that starts it.

A command has the placeholders {port}, {token} and {root}. Adrastea runs from source (`adrastea`), with the other
transport (`adrastea-pyzmq`) and, where dist/adrastea has been made, as the one file (`adrastea-file`); jupyter_server
and jupyverse as PyPI has them. Any other is named on the command line: `--server NAME=COMMAND`.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.comparison import environment

ROOT = Path(__file__).resolve().parent.parent.parent
ONE_FILE = ROOT / "dist" / "adrastea"
USUAL = ("adrastea", "jupyter_server")
_OPTIONS = ("{root}", "--port", "{port}", "--token", "{token}")


@dataclass(frozen=True, slots=True)
class Server:
    """What is measured."""

    name: str
    command: Sequence[str]
    is_installed: bool = False
    """Whether the benchmark has to install it first."""


class Unusable(Exception):
    """What the command line says of servers makes no sense. `str(error)` says why."""


def known(one_file: Path = ONE_FILE) -> Mapping[str, Server]:
    """The servers that need not be described, by name."""
    python = str(environment.PYTHON)
    jupyter = ["--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.root_dir={root}"]
    servers = [
        Server("adrastea", [sys.executable, str(ROOT / "app.py"), "serve", *_OPTIONS]),
        Server("adrastea-pyzmq", [sys.executable, str(ROOT / "app.py"), "serve", *_OPTIONS, "--transport", "pyzmq"]),
        *([Server("adrastea-file", [str(one_file), "serve", *_OPTIONS])] if one_file.exists() else []),
        Server(
            "jupyter_server",
            [
                python,
                "-m",
                "jupyter_server",
                *jupyter,
                "--IdentityProvider.token={token}",
                "--no-browser",
                "--allow-root",
            ],
            is_installed=True,
        ),
        Server(
            "jupyverse",
            [str(environment.PYTHON.with_name("jupyverse")), "--port", "{port}", "--disable", "lab"],
            is_installed=True,
        ),
    ]
    return {server.name: server for server in servers}


def chosen(names: Iterable[str], described: Iterable[str], offered: Mapping[str, Server]) -> list[Server]:
    """The servers of a run: those with these names, then those that were described, each name once.

    Raises:
        Unusable: a name is not known or is there twice, or a description is not one.
    """
    wanted = list(names)
    unknown = [name for name in wanted if name not in offered]
    if unknown:
        raise Unusable(f"There is no server {unknown[0]!r} here; there are {', '.join(offered)}.")
    servers = [*(offered[name] for name in wanted), *map(parsed, described)]
    twice = [
        server.name for place, server in enumerate(servers) if server.name in {one.name for one in servers[:place]}
    ]
    if twice:
        raise Unusable(f"There are two servers of the name {twice[0]!r}.")
    return servers


def parsed(description: str) -> Server:
    """The server of `NAME=COMMAND`.

    Raises:
        Unusable: it has no name, no command, no {port}, or a quotation mark without its partner.
    """
    name, _, command = description.partition("=")
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Unusable(f"--server {description}: {error}.") from None
    if not name.strip() or not words:
        raise Unusable(f"--server {description}: say NAME=COMMAND.")
    if not any("{port}" in word for word in words):
        raise Unusable(f"--server {description}: the command does not say {{port}}.")
    return Server(name.strip(), words)


def filled(command: Iterable[str], *, port: int, token: str, root: Path) -> list[str]:
    """The command with its placeholders filled; other braces stay as they are."""
    values = {"{port}": str(port), "{token}": token, "{root}": str(root)}
    return [_filled(word, values) for word in command]


def _filled(word: str, values: Mapping[str, str]) -> str:
    for placeholder, value in values.items():
        word = word.replace(placeholder, value)
    return word
