"""What the user is told before a window closes."""

from __future__ import annotations

from adrastea.desktop.closing import losses, question


def test_where_nothing_would_be_lost_nothing_is_said() -> None:
    assert losses((), unsaved=False) == ()


def test_files_and_running_notebooks_are_said_in_a_sentence_each() -> None:
    said = losses(["data/a.ipynb", "b.ipynb"], unsaved=True)

    assert said[0].startswith("Some files have changes that are not saved")
    assert said[1] == "Still running: a.ipynb, b.ipynb. It would be stopped."


def test_of_many_running_notebooks_some_are_named() -> None:
    assert losses([f"{n}.ipynb" for n in range(9)], unsaved=False)[0].count(".ipynb") == 5


def test_only_with_the_last_window_the_program_goes() -> None:
    assert question(is_last=True) == "Close Adrastea?"
    assert question(is_last=False) == "Close this window?"
