"""Images on the clipboard of a real screen: from the page to other programs, and from them into the page."""

from __future__ import annotations

import struct
import subprocess
import zlib
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from tests.desktop.showing import Pages, showing
from tests.system.display import Screen

pytestmark = pytest.mark.slow


def picture(width: int, height: int) -> bytes:
    """A red PNG."""
    rows = b"".join(b"\0" + b"\xd4\x00\x2a" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_an_image_that_is_copied_is_a_png_for_every_program(shown: Screen, tmp_path: Path) -> None:
    pages = Pages(f"window.pywebview.api.copy_image('{b64encode(picture(70, 30)).decode()}').then(say)")
    with showing(shown, tmp_path, pages):
        assert pages.hear() is True
        command = ["xclip", "-display", shown.name, "-selection", "clipboard", "-target", "image/png", "-out"]
        pasted = subprocess.check_output(command, timeout=60)

        assert struct.unpack(">II", pasted[16:24]) == (70, 30)


def test_what_is_no_image_is_not_copied(shown: Screen, tmp_path: Path) -> None:
    script = """
    const { copy_image } = window.pywebview.api;
    Promise.all([copy_image("bm8gaW1hZ2U="), copy_image("no base64!")]).then(say);
    """
    pages = Pages(script)
    with showing(shown, tmp_path, pages):
        assert pages.hear() == [False, False]


def test_an_image_of_another_program_is_there_to_be_pasted(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.pasted_image().then(say)")
    (tmp_path / "red.png").write_bytes(picture(70, 30))
    command = ["xclip", "-display", shown.name, "-selection", "clipboard", "-target", "image/png", "-quiet", "-in"]
    with (
        subprocess.Popen([*command, str(tmp_path / "red.png")]) as holding,
        showing(shown, tmp_path / "home", pages),
    ):
        pasted = pages.hear()
        holding.terminate()

        assert isinstance(pasted, str)
        assert struct.unpack(">II", b64decode(pasted)[16:24]) == (70, 30)


def test_text_on_the_clipboard_is_no_image(shown: Screen, tmp_path: Path) -> None:
    pages = Pages("window.pywebview.api.pasted_image().then(say)")
    command = ["xclip", "-display", shown.name, "-selection", "clipboard", "-quiet", "-in"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as holding:
        assert holding.stdin is not None
        holding.stdin.write(b"text")
        holding.stdin.close()
        with showing(shown, tmp_path / "home", pages):
            heard = pages.hear()
        holding.terminate()

        assert heard is None
