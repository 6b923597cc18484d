"""Images on the clipboard on Linux: a page may not write them itself, and a paste brings it none. Main thread."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)

from __future__ import annotations

import logging

from gi.repository import Gdk, GdkPixbuf, GLib, Gtk

log = logging.getLogger(__name__)


def copy_image(png: bytes) -> bool:
    """Put an image on the clipboard, in every form that GTK can write. False when these bytes are none."""
    loader = GdkPixbuf.PixbufLoader.new_with_type("png")
    try:
        loader.write_bytes(GLib.Bytes.new(png))
        loader.close()
    except GLib.Error as error:
        log.info("An image cannot be copied: %s", error.message)
        return False
    clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
    clipboard.set_image(loader.get_pixbuf())
    clipboard.store()  # so that it outlives the program, where something keeps clipboards
    return True


def pasted_image() -> bytes | None:
    """The image on the clipboard, as PNG; None where there is something else. Waits for the program that holds it."""
    clipboard = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)
    if clipboard.wait_is_text_available():
        return None  # a spreadsheet offers both, and means the text
    image = clipboard.wait_for_image()
    if image is None:
        return None
    _, png = image.save_to_bufferv("png", [], [])
    return bytes(png)
