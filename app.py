"""The composition root: it builds what the program is made of, and nothing else does.

Read this first, then docs/architecture.md. Heavy parts are imported by the branch that needs them.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from adrastea import cli, one_file
from adrastea.errors import StartFailed, Unavailable
from adrastea.hub_place import place_in_hub
from adrastea.settings import Settings, folder, load_settings
from adrastea.state_folder import StateFolder

if TYPE_CHECKING:
    from adrastea.logbook.logbook import Logbook
    from adrastea.server.application import Application

UI = Path(__file__).parent / "ui" / "dist"


def main(argv: list[str]) -> int:
    """Run the command in `argv`. Returns the exit code."""
    one_file.settle(os.environ, compiled="__compiled__" in globals())
    _accept_every_name(sys.stdout)
    try:
        match cli.parse(argv):
            case cli.Serve() as command:
                return serve(command)
            case cli.Desktop() as command:
                return show(command)
            case cli.Export() as command:
                return export(command)
            case cli.Password(remove):
                return choose_password(remove=remove)
            case cli.Doctor(as_json):
                return examine(as_json=as_json)
    except StartFailed as error:
        sys.stderr.write(f"adrastea: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def serve(command: cli.Serve) -> int:
    """The server on the main thread; no window code is imported."""
    from adrastea.logbook.logbook import Logbook
    from adrastea.server.foreground import run_in_foreground

    place = place_in_hub(os.environ) if command.port is None and command.token is None else None
    with StateFolder(load_settings(command.settings() | (place.settings() if place else {}))) as state:
        settings = state.settings
        with Logbook(settings.state_dir, "serve", state.complaint) as logbook:
            return run_in_foreground(
                lambda: build(settings, logbook, state.unwritable), open_browser=command.open_browser
            )


def show(command: cli.Desktop) -> int:
    """The window, or the window that is open already."""
    from adrastea.desktop import home_port
    from adrastea.desktop.single_instance import SingleInstance

    wanted = load_settings({"root": Path(os.sep).absolute(), "ip": "127.0.0.1", "show_hidden": True})
    with StateFolder(wanted) as state, SingleInstance(state.settings.runtime_dir) as instance:
        said = instance.claim_or_hand_over(command.paths)
        if said is not None:
            sys.stdout.write(f"{said}\n" if said else "")
            return 0
        from adrastea.desktop.closing import Work
        from adrastea.desktop.desktop import Desktop
        from adrastea.kernels.process_identity import CAN_TELL
        from adrastea.logbook.logbook import Logbook
        from adrastea.server.thread import ServerThread

        settings = replace(state.settings, port=home_port.choose(state.settings.state_dir))
        with (
            Logbook(settings.state_dir, "window", state.complaint) as logbook,
            ServerThread(lambda: build(settings, logbook, state.unwritable)) as server,
        ):
            work = Work(
                lambda: server.call(lambda application: application.running(), timeout_seconds=1.0),
                (lambda: server.call(lambda application: application.keep_working(), 1.0)) if CAN_TELL else None,
            )
            desktop = Desktop(
                lambda: server.url,
                work,
                settings.root,
                settings.state_dir,
                UI,
                settings.update_feed,
            )
            instance.on_open(desktop.open)
            try:
                return desktop.run(command.paths)
            finally:
                instance.stop_listening()  # who starts from now on does not reach us, waits, and is the next first


def export(command: cli.Export) -> int:
    """Notebooks in other formats. What needs a browser is shown to one by a server of its own, which keeps nothing."""
    from adrastea.export import browser
    from adrastea.export.export import run

    needs_browser = command.to in ("html", "pdf")
    try:
        program = browser.find(os.environ) if needs_browser else None
    except Unavailable as error:
        raise StartFailed(str(error)) from None
    with browser.BrowserPages(program, _served, sys.stderr) as pages:
        return run(command, pages, sys.stdout.buffer, sys.stderr)


@contextlib.contextmanager
def _served(scratch: Path) -> Generator[Callable[[], str]]:
    from adrastea.logbook.logbook import Logbook
    from adrastea.server.thread import ServerThread

    folders = {name: scratch / name for name in ("config_dir", "state_dir", "runtime_dir")}
    for place in folders.values():
        place.mkdir(mode=0o700)
    chosen = {"root": Path(os.sep).absolute(), "ip": "127.0.0.1", "show_hidden": True, "warm_kernels": False}
    settings = load_settings(chosen | folders)
    with (
        Logbook(settings.state_dir, "export") as logbook,
        ServerThread(lambda: build(settings, logbook)) as server,
    ):
        yield lambda: server.url  # another one each time: an address works once


def choose_password(*, remove: bool) -> int:
    """The password of the servers of this user."""
    from adrastea.choose_password import ask

    return ask(folder("config"), remove=remove)


def examine(*, as_json: bool) -> int:
    """What was found on this machine, and what is missing."""
    from adrastea.doctor import doctor

    return doctor.run(sys.stdout, as_json=as_json)


def build(settings: Settings, logbook: Logbook, unwritable: Path | None = None) -> Application:
    """Everything that the server thread owns. Runs on that thread.

    `unwritable` is the state folder where that takes nothing now: journals that are in it count, and it may take them
    again; what is in a temporary folder would be found by nobody.
    """
    from adrastea.documents import file_watch
    from adrastea.documents.documents import Documents
    from adrastea.documents.journal import Journals
    from adrastea.documents.signatures import Signatures
    from adrastea.documents.spool import Spool
    from adrastea.kernels.adoption import Records
    from adrastea.kernels.channels import transport
    from adrastea.kernels.jupyter_paths import user_data_dir
    from adrastea.kernels.kernels import Kernels
    from adrastea.kernels.kernelspec import KernelSpecs
    from adrastea.kernels.starters import cold, warm
    from adrastea.server.ui_assets import UiAssets
    from adrastea.sessions.sessions import Sessions
    from adrastea.workspace.files import Files

    with _without_curses():
        from adrastea.server.application import Application

    first = () if unwritable is None else (unwritable, settings.runtime_dir)
    journals = tuple(folder / "journals" for folder in (*first, settings.state_dir, settings.runtime_dir))
    histories = (*journals, settings.state_dir / "checkpoints", settings.state_dir / "runs")
    spool = Spool(settings.state_dir / "spool", settings.spool_megabytes * 1_000_000, histories=histories)
    signatures = Signatures(user_data_dir(os.environ, Path.home(), sys.platform))
    documents = Documents(
        settings.root, Journals(journals), spool, settings.autosave_seconds, file_watch.system(), signatures
    )
    kernel_files = settings.runtime_dir / "kernels"
    records = Records(settings.state_dir / "kernels", settings.root)
    starter = warm(kernel_files, os.environ, records) if settings.warm_kernels else cold(kernel_files, records)
    kernels = Kernels(KernelSpecs(), starter, transport(settings.transport), records=records)
    sessions = Sessions(documents, kernels, settings.root, settings.default_kernel)
    files = Files(settings.root, show_hidden=settings.show_hidden)
    return Application(settings, documents, sessions, files, kernels, UiAssets(UI), logbook)


@contextlib.contextmanager
def _without_curses() -> Generator[None]:
    """tornado.log would load it, half a megabyte, to colour lines on a terminal, which it writes none of here."""
    if "curses" in sys.modules:
        yield
        return
    sys.modules["curses"] = None  # type: ignore[assignment]  # which means to Python that there is no such module
    try:
        yield
    finally:
        del sys.modules["curses"]


def _accept_every_name(stream: TextIO) -> None:
    """A folder's name may be more than the terminal can show; that is no reason to end."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _leave(code: int) -> None:
    """End the process: threads of pywebview may still wait for a page that has gone, and would keep it."""
    with contextlib.suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _leave(main(sys.argv[1:]))
