"""Whether the display answers, with displays that do, do not, and are not there."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from adrastea.desktop.display import is_there, reply
from tests.fakes.display import NUMBER, display, x11

LONG_SECONDS = 60.0
X11 = x11()


def test_an_empty_name_is_no_display() -> None:
    assert not is_there({"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert is_there({"DISPLAY": ":0"})
    assert is_there({"WAYLAND_DISPLAY": "wayland-0"})


@pytest.mark.parametrize("answer", [b"\1", b"\0", b"\2"])
def test_an_x_server_that_says_anything_at_all_answers(answer: bytes) -> None:
    with display(X11, answer) as heard:
        assert reply({"DISPLAY": f":{NUMBER}.0"}, LONG_SECONDS) == "answers"
    assert heard == [b"l\0\x0b\0\0\0\0\0\0\0\0\0"]


def test_one_that_says_nothing_is_not_waited_for() -> None:
    with display(X11, None):
        assert reply({"DISPLAY": f"unix:{NUMBER}"}, 0.05) == "silent"


@pytest.mark.parametrize("name", [":4712", "nonsense", "127.0.0.1:59000", "a\0b:1"])
def test_where_nobody_listens_there_is_no_display(name: str) -> None:
    assert reply({"DISPLAY": name}, LONG_SECONDS) == "absent"


def test_over_the_network_a_connection_is_enough() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1] - 6000
        assert reply({"DISPLAY": f"127.0.0.1:{number}"}, LONG_SECONDS) == "answers"


def test_wayland_is_asked_first_and_x_where_it_is_not_there(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": f":{NUMBER}"}
    with display(X11, b"\1"):
        assert reply(environ, LONG_SECONDS) == "answers"
    with display(str(tmp_path / "wayland-0"), b"\1") as heard:
        assert reply(environ, LONG_SECONDS) == "answers"
    assert len(heard[0]) == 12


def test_a_wayland_that_hangs_is_not_passed_over_for_gtk_would_not(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": str(tmp_path / "socket"), "DISPLAY": f":{NUMBER}"}
    with display(str(tmp_path / "socket"), None):
        assert reply(environ, 0.05) == "silent"


def test_who_has_chosen_x_is_not_asked_for_wayland(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": str(tmp_path / "socket"), "GDK_BACKEND": "x11"}

    assert reply(environ, 0.05) == "absent"
