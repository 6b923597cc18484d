"""What the user is told before a window closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from adrastea.desktop.closing import ANSWER_SECONDS, Answer, Closing, Question, question
from adrastea.desktop.frame import Frame
from adrastea.desktop.words import ENGLISH, GERMAN, Words

SAVED, UNSAVED = False, True


class Table:
    """The table of windows, with one notebook that runs."""

    def __init__(self, *running: str, can_keep: bool = False) -> None:
        self.told: list[str] = []
        self.can_keep = can_keep
        self._running = running

    def running(self, frame: Frame) -> Sequence[str]:
        return self._running

    def keep_running(self) -> None:
        self.told.append("keep")

    def is_last(self, frame: Frame) -> bool:
        return True

    def open_window(self, folder: Path | None) -> None:
        self.told.append("open")

    def open_file(self, frame: Frame, path: Path) -> None:
        self.told.append("file")

    def show_log_folder(self) -> None:
        self.told.append("log")

    def updates(self, wish: str, value: str) -> object:
        return None

    def quit(self) -> None:
        self.told.append("quit")

    def stays(self, frame: Frame) -> None:
        self.told.append("stays")

    def closed(self, frame: Frame) -> None:
        self.told.append("closed")


class System:
    """A system whose page and clock are the test's, and whose user always says the same."""

    def __init__(self, *, user_says: Answer) -> None:
        self.asked: list[Question] = []
        self.closes = 0
        self._user_says: Answer = user_says

    def ask_page(self, heard: Callable[[bool], None]) -> None:
        self.page_answers = heard

    def wait(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        assert seconds == ANSWER_SECONDS
        self.clock_rings = call
        return lambda: None

    def wants_to_close(self, question: Question) -> Answer:
        self.asked.append(question)
        return self._user_says

    def really_close(self) -> None:
        self.closes += 1


def closing(system: System, *running: str, can_keep: bool = False, words: Words = ENGLISH) -> tuple[Closing, Table]:
    table = Table(*running, can_keep=can_keep)
    return Closing(cast("Frame", SimpleNamespace(words=words)), table, system), table


def test_a_window_that_loses_nothing_closes_when_its_page_has_said_so() -> None:
    system = System(user_says="cancel")
    window, _ = closing(system)

    first = window.may_close()
    system.page_answers(SAVED)

    assert (first, window.may_close(), system.closes, system.asked) == (False, True, 1, [])


def test_a_user_who_says_no_keeps_the_window_and_may_be_asked_again() -> None:
    system = System(user_says="cancel")
    window, table = closing(system, "a.ipynb")
    for _ in range(2):
        assert not window.may_close()
        system.page_answers(UNSAVED)

    assert (system.closes, table.told, len(system.asked)) == (0, ["stays", "stays"], 2)
    assert "a.ipynb" in system.asked[0].lost
    assert "not saved" in system.asked[0].lost


def test_a_user_who_says_yes_closes_it() -> None:
    system = System(user_says="close")
    window, table = closing(system, "a.ipynb")
    window.may_close()
    system.page_answers(SAVED)

    assert (window.may_close(), system.closes, table.told) == (True, 1, [])


def test_kernels_that_work_are_kept_running_when_the_user_says_so() -> None:
    system = System(user_says="keep")
    window, table = closing(system, "a.ipynb", can_keep=True)
    window.may_close()
    system.page_answers(SAVED)

    assert (system.asked[0].keep, table.told, window.may_close()) == ("Keep Running", ["keep"], True)
    assert "kept running for the next start" in system.asked[0].lost


def test_the_question_is_in_the_language_of_the_page() -> None:
    system = System(user_says="cancel")
    window, _ = closing(system, "a.ipynb", can_keep=True, words=GERMAN)
    window.may_close()
    system.page_answers(UNSAVED)

    asked = system.asked[0]
    assert asked.asked == "Adrastea schließen?"
    assert asked.lost.startswith("Manche Dateien haben Änderungen, die nicht gespeichert sind")
    assert asked.lost.splitlines()[1].startswith("Läuft noch: a.ipynb.")
    assert (asked.cancel, asked.close, asked.keep) == ("Abbrechen", "Stoppen und schließen", "Weiterlaufen lassen")


def test_where_nothing_works_nothing_can_be_kept_running() -> None:
    system = System(user_says="cancel")
    window, _ = closing(system, can_keep=True)
    window.may_close()
    system.page_answers(UNSAVED)

    assert [(asked.close, asked.keep) for asked in system.asked] == [("Close", "")]


def test_a_page_that_hangs_is_not_waited_for_and_what_it_says_later_is_nothing() -> None:
    system = System(user_says="cancel")
    window, _ = closing(system)
    window.may_close()
    system.clock_rings()
    system.page_answers(UNSAVED)

    assert (window.may_close(), system.closes, system.asked) == (True, 1, [])


def test_asked_twice_it_asks_once() -> None:
    system = System(user_says="close")
    window, _ = closing(system, "a.ipynb")
    window.may_close()
    window.may_close()
    system.page_answers(SAVED)

    assert len(system.asked) == 1


def test_without_a_question_it_closes_once() -> None:
    system = System(user_says="cancel")
    window, _ = closing(system, "a.ipynb")
    window.at_once()
    window.at_once()

    assert (window.may_close(), system.closes, system.asked) == (True, 1, [])


def asked(*running: str, unsaved: bool = False, is_last: bool = True) -> Question:
    return question(ENGLISH, running, unsaved=unsaved, is_last=is_last, can_keep=False)


def test_where_nothing_would_be_lost_nothing_is_said() -> None:
    assert asked().lost == ""


def test_files_and_running_notebooks_are_said_in_a_sentence_each() -> None:
    said = asked("data/a.ipynb", "b.ipynb", unsaved=True).lost.splitlines()

    assert said[0].startswith("Some files have changes that are not saved")
    assert said[1] == "Still running: a.ipynb, b.ipynb. It would be stopped."


def test_a_name_with_braces_is_shown_as_it_is() -> None:
    assert "{names} {0}.ipynb" in asked("{names} {0}.ipynb").lost


def test_of_many_running_notebooks_some_are_named() -> None:
    assert asked(*(f"{n}.ipynb" for n in range(9))).lost.count(".ipynb") == 5


def test_only_with_the_last_window_the_program_goes() -> None:
    assert asked(is_last=True).asked == "Close Adrastea?"
    assert asked(is_last=False).asked == "Close this window?"
