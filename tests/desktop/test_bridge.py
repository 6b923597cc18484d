"""What the page may ask of the window."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from adrastea.desktop.bridge import CALLS, Bridge
from adrastea.desktop.menu import Shown
from adrastea.desktop.words import ENGLISH, GERMAN


class Window:
    """A window that has no screen: it answers dialogs as a user would, and notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.words = ENGLISH

    def choose_files(self) -> tuple[str, ...]:
        return ("/a.ipynb", "/b.ipynb")

    def choose_folder(self) -> str | None:
        return None

    def choose_target(self, name: str) -> str | None:
        return f"/saved/{name}"

    def set_title(self, title: str) -> None:
        self.told.append(title)

    def full_screen(self) -> None:
        self.told.append("full screen")

    def open_window(self, folder: str | None) -> None:
        self.told.append(f"window of {folder}")

    def show_menu(self, entries: Sequence[Shown]) -> None:
        self.told.append(f"menu of {len(entries)}")

    def close_window(self) -> None:
        self.told.append("close")

    def show_log_folder(self) -> None:
        self.told.append("log")

    def show_file(self, path: str) -> None:
        self.told.append(f"show {path}")

    def quit(self) -> None:
        self.told.append("quit")

    def updates(self, wish: str, value: str) -> object:
        self.told.append(f"{wish} {value}".strip())
        return {"ask": False}


def opens(opened: list[str]) -> Callable[[str], bool]:
    """A browser that notes what it is given."""

    def browser(url: str) -> bool:
        opened.append(url)
        return True

    return browser


def test_dialogs_answer_with_paths_and_a_cancelled_one_with_nothing() -> None:
    bridge = Bridge(Window())

    assert bridge.open_file_dialog() == ["/a.ipynb", "/b.ipynb"]
    assert bridge.open_folder_dialog() is None
    assert bridge.save_file_dialog("c.ipynb") == "/saved/c.ipynb"


def test_what_the_page_tells_the_window_arrives() -> None:
    window = Window()
    bridge = Bridge(window)

    bridge.set_title("trees.ipynb")
    bridge.toggle_full_screen()
    bridge.open_window()
    bridge.open_window("/data")
    bridge.show_menu('[{"command": "a", "title": "A", "key": "", "enabled": true}]')
    bridge.close_window()
    bridge.open_log_folder()
    bridge.quit()

    assert window.told == [
        "trees.ipynb",
        "full screen",
        "window of None",
        "window of /data",
        "menu of 1",
        "close",
        "log",
        "quit",
    ]


def test_the_window_speaks_as_the_page_does_and_english_where_it_has_no_words() -> None:
    window = Window()
    bridge = Bridge(window)

    bridge.answer("speak", ["de"])
    assert (window.words, GERMAN.crashed in bridge.crashed) == (GERMAN, True)
    bridge.answer("speak", ["eo"])
    assert (window.words, ENGLISH.crashed in bridge.crashed) == (ENGLISH, True)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "/bin/sh", ""])
def test_only_web_and_mail_addresses_leave_the_program(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", opens([]))

    assert not Bridge(Window()).open_external(url)


def test_a_web_address_is_given_to_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opens(opened))

    assert Bridge(Window()).open_external("https://jupyter.org")
    assert opened == ["https://jupyter.org"]


def test_a_pdf_is_given_to_the_system_and_nothing_else_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opens(opened))
    report, program = tmp_path / "a b.PDF", tmp_path / "run.desktop"
    report.write_bytes(b"%PDF-1.4")
    program.write_bytes(b"%PDF-1.4")
    (tmp_path / "folder.pdf").mkdir()
    bridge = Bridge(Window())

    def of_workspace(path: Path) -> str:
        return path.relative_to(path.anchor).as_posix()

    assert bridge.open_pdf(of_workspace(report))
    assert not bridge.open_pdf(of_workspace(program))
    assert not bridge.open_pdf(of_workspace(tmp_path / "folder.pdf"))
    assert not bridge.open_pdf(of_workspace(tmp_path / "gone.pdf"))
    assert opened == [report.as_uri()]


def test_the_page_can_reach_nothing_else() -> None:
    reachable = {name for name in dir(Bridge) if not name.startswith("_")}

    assert reachable == {*CALLS, "answer", "serve", "crashed"}
    assert len(CALLS) == 22


def test_a_call_by_name_reaches_what_the_page_may_call_and_nothing_else() -> None:
    window = Window()
    bridge = Bridge(window)

    assert bridge.answer("save_file_dialog", ["c.ipynb"]) == "/saved/c.ipynb"
    for name in ("answer", "_dialogs", "__init__", "explode"):
        assert bridge.answer(name, []) is None
    assert bridge.answer("quit", [1, 2]) is None
    assert window.told == []


def test_what_the_user_wants_to_hear_of_new_versions_arrives_and_is_answered() -> None:
    window = Window()

    assert Bridge(window).answer("updates", ["skip", "0.2.0"]) == {"ask": False}
    assert Bridge(window).answer("updates", []) == {"ask": False}
    assert window.told == ["skip 0.2.0", ""]
