"""A screen of its own for windows: Xvfb, with the eyes and hands of a user on it (Xlib and XTest, by ctypes).

There is no window manager: windows have no frames, and stay where they are put.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import struct
import subprocess
import time
import zlib
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
WIDTH, HEIGHT = 1400, 1000
LIMIT_SECONDS = 60.0
_CLIENT_MESSAGE = 33
_Z_PIXMAP = 2
_ALL_PLANES = 0xFFFFFFFF
_VIEWABLE = 2
_TO_PARENT = 2
_NOBODY = 0
_NAMES = {"/": "slash", ".": "period", "-": "minus", "_": "underscore", " ": "space"}
_SHIFTED = "_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEPS = 25
_LOOKS = 20  # a tenth of a second each, for what a click or a key does, before the next one


_ErrorHandler = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)


def _pass_over(display: int | None, error: int | None) -> int:
    return 0


_PASSED_OVER = _ErrorHandler(_pass_over)


class _Attributes(Structure):
    """XWindowAttributes."""

    _fields_ = [
        *((name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", c_void_p),
        ("root", c_ulong),
        *((name, c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        ("backing_planes", c_ulong),
        ("backing_pixel", c_ulong),
        ("save_under", c_int),
        ("colormap", c_ulong),
        ("map_installed", c_int),
        ("map_state", c_int),
        ("rest", c_long * 8),
    ]


class _Image(Structure):
    """The beginning of XImage."""

    _fields_ = [
        *((name, c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", c_void_p),
        *((name, c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line")),
    ]


class _ClientMessage(Structure):
    """XEvent with the members of XClientMessageEvent."""

    _fields_ = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        ("rest", c_long * 24),
    ]


@dataclass(frozen=True, slots=True)
class ShownWindow:
    """One window of the screen."""

    id: int
    title: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen shows: rows of pixels, each blue, green, red and a byte that says nothing."""

    width: int
    height: int
    rows: tuple[bytes, ...]

    def colours(self) -> Counter[int]:
        """How many pixels have which colour, as 0xRRGGBB."""
        counted: Counter[int] = Counter()
        for row in self.rows:
            counted.update(pixel & 0xFFFFFF for (pixel,) in struct.iter_unpack("<I", row[: self.width * 4]))
        return counted

    def save(self, file: Path) -> None:
        """Write it as PNG, for whoever wants to look."""
        lines = b"".join(
            b"\0" + bytes(value for at in range(self.width) for value in row[at * 4 : at * 4 + 3][::-1])
            for row in self.rows
        )
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        parts = [(b"IHDR", head), (b"IDAT", zlib.compress(lines, 1)), (b"IEND", b"")]
        chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


class Screen:
    """The running Xvfb. One thread only."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x11 = _library("X11")
        self._xtst = _library("Xtst")
        self._display = self._x11.XOpenDisplay(name.encode())
        assert self._display, f"{name} does not answer"
        self._root = self._x11.XDefaultRootWindow(self._display)
        self._x11.XSetErrorHandler(_PASSED_OVER)  # a window may go while it is looked at; Xlib would end the process

    def close(self) -> None:
        """Let go of it."""
        self._x11.XCloseDisplay(self._display)

    def surfaces(self) -> list[ShownWindow]:
        """Everything that can be seen: windows, and menus, which have no title."""
        found: list[ShownWindow] = []
        for window in self._children(self._root):
            at = _Attributes()
            if self._x11.XGetWindowAttributes(self._display, window, byref(at)) and at.map_state == _VIEWABLE:
                found.append(ShownWindow(window, self._title(window), at.x, at.y, at.width, at.height))
        return found

    def windows(self) -> list[ShownWindow]:
        """The windows that can be seen."""
        return [surface for surface in self.surfaces() if surface.title]

    def until_shown(self, title: str) -> ShownWindow:
        """Wait for a window with this in its title."""
        return self.until(lambda: next((w for w in self.windows() if title in w.title), None))

    def until_picture(self, wanted: Callable[[Picture], bool]) -> Picture:
        """Wait until the screen shows what is wanted."""

        def look() -> Picture | None:
            picture = self.picture()
            return picture if wanted(picture) else None

        return self.until(look)

    def until(self, look: Callable[[], T | None]) -> T:
        """Look until there is something."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < deadline:
            seen = look()
            if seen is not None:
                return seen
            select.select([], [], [], 0.1)
        raise TimeoutError(f"the screen shows {self.windows()}")

    def picture(self) -> Picture:
        """What the screen shows now."""
        image = self._x11.XGetImage(self._display, self._root, 0, 0, WIDTH, HEIGHT, _ALL_PLANES, _Z_PIXMAP)
        line, data = image.contents.bytes_per_line, image.contents.data
        rows = tuple(ctypes.string_at(data + line * y, line) for y in range(HEIGHT))
        self._x11.XDestroyImage(image)
        return Picture(WIDTH, HEIGHT, rows)

    def close_window(self, window: ShownWindow) -> None:
        """Press the cross of its frame, if it had one."""
        event = _ClientMessage(type=_CLIENT_MESSAGE, window=window.id, format=32)
        event.message_type = self._atom("WM_PROTOCOLS")
        event.data[0] = self._atom("WM_DELETE_WINDOW")
        self._x11.XSendEvent(self._display, window.id, 0, 0, byref(event))
        self._x11.XSync(self._display, 0)

    def resize(self, window: ShownWindow, x: int, y: int, width: int, height: int) -> None:
        """Drag it and its edges."""
        self._x11.XMoveResizeWindow(self._display, window.id, x, y, width, height)
        self._x11.XSync(self._display, 0)

    def focus(self, window: ShownWindow) -> None:
        """Give it the keyboard."""
        self._x11.XSetInputFocus(self._display, window.id, _TO_PARENT, 0)
        self._x11.XSync(self._display, 0)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click there, with the left button: 1, or the right one: 3."""
        self._xtst.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        for pressed in (1, 0):
            self._xtst.XTestFakeButtonEvent(self._display, button, pressed, 0)
        self._x11.XSync(self._display, 0)

    def write(self, text: str) -> None:
        """Type letters, digits and what is in paths, one after the other, as on an American keyboard."""
        for letter in text:
            name = _NAMES.get(letter, letter)
            self.press(*(["Shift_L", name] if letter in _SHIFTED else [name]))

    @contextmanager
    def holding(self, key: str) -> Generator[None]:
        """Hold a key down."""
        code = self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(key.encode()))
        self._xtst.XTestFakeKeyEvent(self._display, code, 1, 0)
        try:
            yield
        finally:
            self._xtst.XTestFakeKeyEvent(self._display, code, 0, 0)
            self._x11.XSync(self._display, 0)

    def leave(self) -> None:
        """Take the keyboard from every window."""
        self._x11.XSetInputFocus(self._display, _NOBODY, _TO_PARENT, 0)
        self._x11.XSync(self._display, 0)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag what is there to somewhere else, in small steps, and let go."""
        self._point(start)
        self._xtst.XTestFakeButtonEvent(self._display, 1, 1, 0)
        for step in range(_STEPS + 1):
            at = step / _STEPS
            self._point((round(start[0] + at * (end[0] - start[0])), round(start[1] + at * (end[1] - start[1]))))
            select.select([], [], [], 0.02)  # both programs have to follow
        self._xtst.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x11.XSync(self._display, 0)

    def _point(self, at: tuple[int, int]) -> None:
        self._xtst.XTestFakeMotionEvent(self._display, -1, *at, 0)
        self._x11.XSync(self._display, 0)

    def open_menu(self, window: ShownWindow, x: int, y: int, button: int = 1) -> None:
        """Click there in the window until a menu opens: one that is just being laid out may move, or miss a click."""
        before = len(self.surfaces())

        def opened() -> bool | None:
            at = next((now for now in self.windows() if now.id == window.id), window)
            self.click(at.x + x, at.y + y, button)
            for _ in range(_LOOKS):
                if len(self.surfaces()) > before:
                    return True
                select.select([], [], [], 0.1)
            return None

        self.until(opened)

    def press(self, *keys: str) -> None:
        """Press keys together, by the names of X: `press("Control_L", "c")`."""
        codes = [self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(key.encode())) for key in keys]
        for code, pressed in [*((code, 1) for code in codes), *((code, 0) for code in reversed(codes))]:
            self._xtst.XTestFakeKeyEvent(self._display, code, pressed, 0)
        self._x11.XSync(self._display, 0)

    def press_until(self, wanted: Callable[[], T | None], *keys: str) -> T:
        """Press keys together until something has come of it: a window whose page is just being loaded misses them."""

        def come() -> T | None:
            self.press(*keys)
            for _ in range(_LOOKS):
                seen = wanted()
                if seen is not None:
                    return seen
                select.select([], [], [], 0.1)
            return None

        return self.until(come)

    def _children(self, window: int) -> list[int]:
        root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        self._x11.XQueryTree(self._display, window, byref(root), byref(parent), byref(children), byref(count))
        found = [children[at] for at in range(count.value)]
        if count.value:
            self._x11.XFree(children)
        return found

    def _title(self, window: int) -> str:
        name = c_char_p()
        if not self._x11.XFetchName(self._display, window, byref(name)) or name.value is None:
            return ""
        return name.value.decode("utf-8", "replace")

    def class_of(self, window: ShownWindow) -> tuple[str, str]:
        """Its WM_CLASS, the name by which a desktop finds the program's entry: instance and class."""
        hint = (c_char_p * 2)()
        assert self._x11.XGetClassHint(self._display, window.id, byref(hint)), window
        instance, kind = hint[0] or b"", hint[1] or b""
        return instance.decode(), kind.decode()

    def _atom(self, name: str) -> int:
        return int(self._x11.XInternAtom(self._display, name.encode(), 0))


@contextmanager
def screen() -> Generator[Screen]:
    """Start Xvfb on a number that is free, and open it."""
    program = shutil.which("Xvfb")
    assert program is not None, "Xvfb is not installed: make test installs it"
    read, write = os.pipe()
    command = [program, "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        try:
            with os.fdopen(read, encoding="ascii") as numbers:
                opened = Screen(f":{numbers.readline().strip()}")
            try:
                yield opened
            finally:
                opened.close()
        finally:
            server.terminate()


def _library(name: str) -> ctypes.CDLL:
    found = ctypes.CDLL(f"lib{name}.so.{6}")
    if name == "X11":
        found.XOpenDisplay.restype = c_void_p
        found.XDefaultRootWindow.restype = c_ulong
        found.XInternAtom.restype = c_ulong
        found.XStringToKeysym.restype = c_ulong
        found.XGetImage.restype = POINTER(_Image)
        found.XDefaultRootWindow.argtypes = [c_void_p]
        found.XQueryTree.argtypes = [c_void_p, c_ulong, c_void_p, c_void_p, c_void_p, c_void_p]
        found.XGetWindowAttributes.argtypes = [c_void_p, c_ulong, c_void_p]
        found.XFetchName.argtypes = [c_void_p, c_ulong, c_void_p]
        found.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
        found.XGetImage.argtypes = [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint, c_ulong, c_int]
        found.XGetClassHint.argtypes = [c_void_p, c_ulong, c_void_p]
        found.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
        found.XMoveResizeWindow.argtypes = [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint]
        found.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
        found.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
        found.XSync.argtypes = [c_void_p, c_int]
        found.XCloseDisplay.argtypes = [c_void_p]
        found.XDestroyImage.argtypes = [POINTER(_Image)]
        found.XFree.argtypes = [c_void_p]
    else:
        found.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        found.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
        found.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    return found
