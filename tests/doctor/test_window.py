"""What the window needs; with a screen in tests/system/test_doctor.py."""

from __future__ import annotations

from adrastea.doctor.window import examine


def test_without_a_display_it_says_what_happens_instead() -> None:
    by_name = {finding.name: finding for finding in examine({}, "linux")}

    assert (by_name["display"].state, by_name["display"].found) == ("warning", "none")
    assert "address is printed" in by_name["display"].mend
    assert by_name["browser"].state == "ok"
    assert {"webkitgtk", "pygobject"} <= by_name.keys()


def test_a_display_where_nobody_listens_is_told_from_none() -> None:
    (display,) = [one for one in examine({"DISPLAY": ":4711"}, "linux") if one.name == "display"]

    assert (display.state, display.found) == ("warning", "X11 :4711: nobody listens there")
    assert "DISPLAY" in display.mend


def test_other_systems_bring_their_web_view_with_them() -> None:
    assert [finding.name for finding in examine({}, "win32")] == ["web-view", "browser"]
