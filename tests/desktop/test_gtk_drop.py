"""Files that are dragged onto the page of a real window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow

FILE_MANAGER = """
import sys
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, Gtk
window = Gtk.Window(title="Files", type=Gtk.WindowType.POPUP)
window.set_default_size(50, 50)
window.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [Gtk.TargetEntry.new("text/uri-list", 0, 0)], Gdk.DragAction.COPY)
window.connect("drag-data-get", lambda _window, _drag, data, *_: data.set_uris(sys.argv[1:]))
window.move(1345, 940)
window.connect("map-event", lambda *_: print("shown", flush=True))
window.show_all()
Gtk.main()
"""
DROP = """
for (const name of ["dragenter", "dragover"])
  addEventListener(name, (event) => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
  });
addEventListener("drop", async (event) => {
  event.preventDefault();
  say([event.dataTransfer.types.includes("text/uri-list"), await window.pywebview.api.dropped_paths()]);
});
say("ready");
"""


@contextmanager
def file_manager(shown: Screen, *files: Path) -> Generator[None]:
    """A small window at the lower right, from which these files can be dragged."""
    command = [sys.executable, "-c", FILE_MANAGER, *(file.as_uri() for file in files)]
    environ = {**os.environ, "DISPLAY": shown.name}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as manager:
        try:
            assert manager.stdout is not None
            assert manager.stdout.readline() == "shown\n"
            yield
        finally:
            manager.terminate()


def test_the_window_tells_where_the_files_lie_that_another_program_brings(shown: Screen, tmp_path: Path) -> None:
    """A real drag: press, move, let go."""
    files = [tmp_path / "a b.csv", tmp_path / "\u00e9.txt"]
    pages = Pages(DROP)
    with showing(shown, tmp_path / "home", pages), file_manager(shown, *files):
        assert pages.hear() == "ready"
        window = shown.until_shown("Adrastea")
        shown.until_picture(lambda picture: len(picture.colours()) > 2)
        shown.drag((1370, 965), (window.x + 200, window.y + 200))

        assert pages.hear() == [True, [str(file) for file in files]]


def test_files_that_nobody_dropped_have_no_paths(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.dropped_paths().then(say)")
    with showing(shown, tmp_path, pages):
        assert pages.hear() == []
