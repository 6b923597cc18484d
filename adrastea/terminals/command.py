"""Which shell a terminal runs, and what it finds in its environment. Pure.

A shell hears no secret of the server: neither its tokens nor what JupyterHub has told it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

TERM: Final = "xterm-256color"  # what xterm.js speaks, in JupyterLab and elsewhere
_DEFAULT: Final = "/bin/sh"
_OURS: Final = ("ADRASTEA_", "JUPYTERHUB_")
_SECRETS: Final = frozenset({"CONFIGPROXY_AUTH_TOKEN", "JPY_API_TOKEN", "JUPYTER_GATEWAY_AUTH_TOKEN", "JUPYTER_TOKEN"})
_OF_ANOTHER_TERMINAL: Final = frozenset({"COLUMNS", "LINES", "TERMCAP"})


def command(environ: Mapping[str, str], is_program: Callable[[str], bool], *, login: bool) -> tuple[str, ...]:
    """The user's own shell, or the system's where that is not set or no program.

    `login`: as a login shell, which reads the user's profile; wanted where whoever started us had not read it.
    """
    wanted = environ.get("SHELL", "")
    shell = wanted if wanted.startswith("/") and is_program(wanted) else _DEFAULT
    return (shell, "-l") if login else (shell,)


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the shell finds in its environment: ours, without secrets and without what is true of another terminal."""
    left_out = _SECRETS | _OF_ANOTHER_TERMINAL
    kept = {name: value for name, value in environ.items() if not name.startswith(_OURS) and name not in left_out}
    return {**kept, "TERM": TERM}
