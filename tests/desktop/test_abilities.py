"""What a page hears where the system can do nothing for it."""

from __future__ import annotations

from adrastea.desktop.abilities import NoAbilities


def test_a_system_that_can_nothing_says_so_each_time() -> None:
    nothing = NoAbilities()

    assert not nothing.notify("title", "text", "Open", lambda: None)
    assert not nothing.copy_image(b"")
    assert not nothing.zoom(2.0)
    assert nothing.pasted_image() is None
    assert nothing.dropped() == ()
