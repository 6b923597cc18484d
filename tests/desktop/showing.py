"""A window in a process of its own, on a screen of its own, that shows pages of the test's, which may say something."""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

from tests.system.display import Screen
from tests.system.program import ROOT, Program, program

LIMIT_SECONDS = 60.0
STRICT = "default-src 'self'; script-src 'self'; frame-src 'self' data:"
"""Like the CSP of our own page: no script in the page itself, no eval."""
_SHOW = """
import json, sys, threading
from pathlib import Path
from adrastea.desktop.closing import Work
from adrastea.desktop.obstacle import obstacle
assert obstacle() is None, obstacle()
from adrastea.desktop.places import Places
from adrastea.desktop.system import system
from adrastea.desktop.update_watch import UpdateWatch
from adrastea.desktop.windows import Windows
url, state, ui, *running = sys.argv[1:]
toolkit = system(Path(state) / "webview", Path(ui))
def address(target, is_only):
    return url + f"?folder={target.folder or ''}" + "".join(f"&path={file}" for file in target.files)
places, updates, logs = Places(Path(state)), UpdateWatch("", Path(state), toolkit.later), Path(state) / "logs"
work = Work(lambda: running, lambda: print("kept", flush=True))
window = Windows(toolkit, address, work, Path("/"), places, updates, logs)
def read():
    from gi.repository import Gtk
    said = []
    def look(widget):
        if isinstance(widget, Gtk.Label) and widget.get_mapped():
            said.append(widget.get_text())
        if isinstance(widget, Gtk.Container):
            widget.forall(look)
    for dialog in Gtk.Window.list_toplevels():
        if isinstance(dialog, Gtk.Dialog) and dialog.get_mapped():
            said.append(dialog.get_title())
            look(dialog)
    print(json.dumps(said), flush=True)
def obey():
    for line in sys.stdin:
        try:
            if line.strip() in ("quit", "read"):
                toolkit.later(window.quit if line.strip() == "quit" else read)
                continue
            print(window.open([Path(path.strip()) for path in line.split(chr(9)) if path.strip()]), flush=True)
        except Exception as error:
            print(type(error).__name__, flush=True)
threading.Thread(target=obey, daemon=True).start()
code = window.run([])
print("closed", flush=True)
import os
os._exit(code)
"""


class Pages:
    """A web server: `/` is a page that runs the script of the test; what the page says by `say(…)` can be heard."""

    def __init__(self, script: str, body: str = "", more: Mapping[str, str] = MappingProxyType({})) -> None:
        self._said: queue.Queue[object] = queue.Queue()
        self.loads = 0
        say = "const say = (what) => fetch('/said', {method: 'POST', body: JSON.stringify(what ?? null)});\n"
        self.pages = {
            "/": f"<!DOCTYPE html><title>p</title><body>{body}<script src=/test.js></script>",
            "/test.js": say + script,
            **more,
        }
        pages = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages.loads += self.path.partition("?")[0] == "/"
                text = pages.pages.get(self.path.partition("?")[0])
                self.send_response(404 if text is None else 200)
                self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
                self.send_header("Content-Security-Policy", STRICT)
                self.end_headers()
                self.wfile.write((text or "").encode())

            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()
                pages._said.put(said)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def hear(self) -> object:
        """What the page says next."""
        return self._said.get(timeout=LIMIT_SECONDS)

    def heard_all(self) -> bool:
        """Whether the page has said nothing more."""
        return self._said.empty()

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def words_of_dialogs(running: Program) -> list[str]:
    """Everything that can be read in the dialogs that are open now."""
    running.write("read\n")
    said: list[str] = json.loads(running.line("["))
    return said


@contextmanager
def showing(
    screen: Screen,
    home: Path,
    pages: Pages,
    environ: Mapping[str, str] = MappingProxyType({}),
    running: Sequence[str] = (),
    commands: Sequence[str] = ("app.quit",),
) -> Generator[Program]:
    """Show the page in a window until the end of the `with`, or its own. `running` notebooks have kernels that work;
    `commands` stand in its menu."""
    ui = home / "ui"
    ui.mkdir(parents=True)
    menu = [{"title": "File", "items": [{"title": command, "command": command} for command in commands]}]
    (ui / "menu.json").write_text(json.dumps(menu), encoding="utf-8")
    command = [sys.executable, "-c", _SHOW, pages.url, str(home / "state"), str(ui)]
    wanted = {"DISPLAY": screen.name, "PYTHONPATH": str(ROOT), **environ}
    try:
        with program(home, *running, command=command, environ=wanted) as started:
            yield started
    finally:
        pages.close()
