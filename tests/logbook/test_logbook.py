"""The log of a process: what reaches it, and what it survives."""

from __future__ import annotations

import asyncio
import logging
import stat
import sys
import threading
from pathlib import Path

import pytest

from adrastea.errors import StartFailed
from adrastea.logbook.logbook import Logbook, log_file

log = logging.getLogger("adrastea.test")


def hooks() -> tuple[object, ...]:
    """Everything that it changes."""
    handlers = tuple(logging.getLogger().handlers)
    return sys.excepthook, threading.excepthook, sys.unraisablehook, handlers, logging.getLogger("adrastea").level


def test_warnings_reach_the_file_and_stderr_and_what_is_less_the_file_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Logbook(tmp_path, "test"):
        log.info("a small thing")
        log.warning("a thing with token=hushhush")

    text = log_file(tmp_path).read_text(encoding="utf-8")
    assert "INFO adrastea.test: a small thing" in text
    assert "WARNING adrastea.test: a thing with token=…" in text
    assert "a thing with" in capsys.readouterr().err
    assert stat.S_IMODE(log_file(tmp_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(log_file(tmp_path).parent.stat().st_mode) == 0o700


def test_what_other_libraries_say_below_a_warning_is_left_out(tmp_path: Path) -> None:
    with Logbook(tmp_path, "test") as logbook:
        logging.getLogger("tornado.access").info("GET /")

        assert "tornado" not in logbook.last_entries()


def test_an_error_that_ends_a_thread_is_told_with_its_place(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("user data")

    with Logbook(tmp_path, "test") as logbook:
        thread = threading.Thread(target=fail, name="bridge")
        thread.start()
        thread.join()
        text = logbook.last_entries()

    assert "CRITICAL adrastea.logbook.logbook: An error was not handled in the thread bridge" in text
    assert "test_logbook.py" in text
    assert "user data" not in text


def test_an_error_on_the_main_thread_is_told(tmp_path: Path) -> None:
    with Logbook(tmp_path, "test") as logbook:
        error = RuntimeError("no window")
        sys.excepthook(RuntimeError, error, None)

        assert "An error was not handled\n  RuntimeError: no window" in logbook.last_entries()


def test_an_error_while_an_object_goes_away_is_told(tmp_path: Path) -> None:
    class Odd:
        def __del__(self) -> None:
            raise ZeroDivisionError

    with Logbook(tmp_path, "test") as logbook:
        Odd()

        assert "An error could not be raised\n  ZeroDivisionError" in logbook.last_entries()


def test_an_error_in_a_task_that_nobody_waits_for_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0)

    def fail() -> None:
        raise ZeroDivisionError

    with Logbook(tmp_path, "test") as logbook:
        asyncio.run(scenario())
        text = logbook.last_entries()

    assert "ERROR asyncio: Exception in callback" in text
    assert "ZeroDivisionError" in text


def test_an_error_that_ends_the_program_is_told_and_goes_on_to_python(tmp_path: Path) -> None:
    with pytest.raises(TypeError), Logbook(tmp_path, "test"):
        raise TypeError("no such thing")

    assert "The program ends by an error\n  TypeError: no such thing" in log_file(tmp_path).read_text(encoding="utf-8")


def test_a_start_that_failed_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StartFailed), Logbook(tmp_path, "test"):
        raise StartFailed("Port 1 is in use.")

    assert "Could not start: Port 1 is in use.\n" in log_file(tmp_path).read_text(encoding="utf-8")


def test_it_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = hooks()

    with Logbook(tmp_path, "test"):
        assert sys.excepthook is not before[0]

    assert hooks() == before
    assert not list(log_file(tmp_path).parent.glob("crash-*"))


def test_where_no_folder_can_be_made_that_is_said_and_the_entries_stay_in_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    with Logbook(tmp_path / "file" / "state", "test") as logbook:
        log.warning("a thing")

        assert "a thing" in logbook.last_entries()
    assert "No log is kept on disk: The folder" in capsys.readouterr().err


def test_a_disk_that_is_full_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    log_file(tmp_path).symlink_to("/dev/full")

    with Logbook(tmp_path, "test") as logbook:
        log.warning("a thing")

        assert logbook.last_entries().endswith("a thing")


def test_a_record_that_cannot_be_written_down_raises_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # pytest's raise

    class Odd:
        def __str__(self) -> str:
            raise ValueError("odd")

    with Logbook(tmp_path, "test") as logbook:
        logging.getLogger("adrastea.odd").info("%s", Odd())
        log.info("afterwards")

        assert "afterwards" in logbook.last_entries()


def test_a_crash_before_is_told_once_and_stands_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "crash-1.txt").write_text("Fatal Python error: Aborted\ntoken=hushhush", encoding="utf-8")

    with Logbook(tmp_path, "test") as logbook:
        assert "Fatal Python error: Aborted" in logbook.last_entries()
        assert "hushhush" not in logbook.last_entries()
        assert "Aborted" in logbook.take_crash()
        assert logbook.take_crash() == ""
    with Logbook(tmp_path, "test") as logbook:
        assert logbook.take_crash() == ""
