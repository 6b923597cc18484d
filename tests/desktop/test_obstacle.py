"""Why no window can be opened; with a real screen in tests/system/test_desktop_app.py."""

from __future__ import annotations

import pytest

from adrastea.desktop.obstacle import obstacle


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_that_is_said() -> None:
    assert obstacle() == "There is no display."


def test_an_empty_name_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", "")

    assert obstacle() == "There is no display."
