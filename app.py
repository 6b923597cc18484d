"""The composition root: it builds what the program is made of, and nothing else does.

Read this first, then docs/architecture.md. Heavy parts are imported by the branch that needs them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from adrastea import cli
from adrastea.errors import StartFailed
from adrastea.settings import Settings, load_settings

if TYPE_CHECKING:
    from adrastea.server.application import Application

UI = Path(__file__).parent / "ui" / "dist"


def main(argv: list[str]) -> int:
    """Run the command in `argv`. Returns the exit code."""
    _accept_every_name(sys.stdout)
    try:
        command = cli.parse(argv)
        return serve(command) if isinstance(command, cli.Serve) else show(command)
    except StartFailed as error:
        sys.stderr.write(f"adrastea: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def serve(command: cli.Serve) -> int:
    """The server on the main thread; no window code is imported."""
    from adrastea.server.foreground import run_in_foreground

    settings = load_settings(command.settings())
    return run_in_foreground(lambda: build(settings), open_browser=command.open_browser)


def show(command: cli.Desktop) -> int:
    """The window, or the window that is open already."""
    from adrastea.desktop.single_instance import SingleInstance

    settings = load_settings({"root": Path(os.sep).absolute(), "show_hidden": True, "port": 0})
    with SingleInstance(settings.runtime_dir) as instance:
        if not instance.is_first:
            return instance.forward(command.paths)
        from adrastea.desktop.desktop import Desktop
        from adrastea.server.thread import ServerThread

        with ServerThread(lambda: build(settings)) as server:
            desktop = Desktop(lambda: server.url, settings.root, settings.state_dir, UI / "menu.json")
            instance.on_open(desktop.open)
            return desktop.run(command.paths)


def build(settings: Settings) -> Application:
    """Everything that the server thread owns. Runs on that thread."""
    from adrastea.documents.document import Documents
    from adrastea.kernels.channels import transport
    from adrastea.kernels.kernel import Kernels
    from adrastea.kernels.kernelspec import KernelSpecs
    from adrastea.server.application import Application
    from adrastea.server.ui_assets import UiAssets
    from adrastea.sessions.sessions import Sessions
    from adrastea.workspace.files import Files

    documents = Documents(settings.root, settings.autosave_seconds)
    kernels = Kernels(KernelSpecs(), settings.runtime_dir / "kernels", transport())
    sessions = Sessions(documents, kernels, settings.root, settings.default_kernel)
    files = Files(settings.root, show_hidden=settings.show_hidden)
    return Application(settings, documents, sessions, files, kernels, UiAssets(UI))


def _accept_every_name(stream: TextIO) -> None:
    """A folder's name may be more than the terminal can show; that is no reason to end."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
