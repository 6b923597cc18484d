"""One program per user."""

from __future__ import annotations

import json
import logging
import os
import queue
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from adrastea.desktop.single_instance import SingleInstance, first_instance
from adrastea.errors import StartFailed

PATIENCE_SECONDS = 20.0
Opened = queue.Queue[tuple[Path, ...]]
IMPORTS = "import os, sys; from pathlib import Path; from adrastea.desktop.single_instance import SingleInstance\n"


def first_of(folder: Path) -> SingleInstance:
    """An instance that has claimed to be the first."""
    instance = SingleInstance(folder)
    instance.__enter__()
    assert instance.claim_or_hand_over([]) is None
    return instance


def noting(opened: Opened, instance: SingleInstance) -> None:
    """Let the instance note what it is to open, and say thanks."""

    def note(paths: tuple[Path, ...]) -> str:
        opened.put(paths)
        return "thanks"

    instance.on_open(note)


def test_the_first_claims_and_a_later_start_hands_over_its_paths_and_hears_what_to_say(tmp_path: Path) -> None:
    opened: Opened = queue.Queue()
    with first_of(tmp_path) as first, SingleInstance(tmp_path) as second:
        noting(opened, first)

        assert second.claim_or_hand_over([Path("/data/ä b.ipynb"), Path("/data/c.ipynb")]) == "thanks"
        assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/data/ä b.ipynb"), Path("/data/c.ipynb"))


def test_whether_there_is_a_first_can_be_asked_without_opening_anything(tmp_path: Path) -> None:
    opened: Opened = queue.Queue()
    before = first_instance(tmp_path)
    with first_of(tmp_path) as first:
        noting(opened, first)
        during = first_instance(tmp_path)

    assert (before, during, first_instance(tmp_path)) == ("none", "answers", "none")
    assert opened.empty()


def test_a_name_that_is_no_text_is_handed_over_as_it_is(tmp_path: Path) -> None:
    opened: Opened = queue.Queue()
    odd = Path(os.fsdecode(b"/data/\xff\xe4.ipynb"))
    with first_of(tmp_path) as first, SingleInstance(tmp_path) as second:
        noting(opened, first)
        second.claim_or_hand_over([odd])

        assert opened.get(timeout=PATIENCE_SECONDS) == (odd,)


def test_paths_that_come_before_the_window_is_ready_wait_for_it(tmp_path: Path) -> None:
    opened: Opened = queue.Queue()
    with first_of(tmp_path) as first:
        program = IMPORTS + "with SingleInstance(Path(sys.argv[1])) as me: print(me.claim_or_hand_over([Path('/x')]))"
        command = [sys.executable, "-c", program, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as later:
            noting(opened, first)

            assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/x"),)
            assert later.communicate(timeout=PATIENCE_SECONDS)[0] == "thanks\n"


def test_when_the_first_has_gone_the_next_is_first(tmp_path: Path) -> None:
    with first_of(tmp_path) as first:
        first.on_open(lambda _: "")

    with SingleInstance(tmp_path) as second:
        assert second.claim_or_hand_over([]) is None


def test_who_comes_while_the_first_is_ending_waits_and_is_first_then(tmp_path: Path) -> None:
    opened: Opened = queue.Queue()
    first = first_of(tmp_path)
    noting(opened, first)
    first.stop_listening()
    claimed: queue.Queue[str | None] = queue.Queue()

    with SingleInstance(tmp_path) as second:
        waiting = threading.Thread(target=lambda: claimed.put(second.claim_or_hand_over([Path("/x")])))
        waiting.start()
        first.__exit__(None, None, None)
        waiting.join(PATIENCE_SECONDS)

        assert claimed.get_nowait() is None
        assert opened.empty()


def test_a_first_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    program = IMPORTS + "me = SingleInstance(Path(sys.argv[1])).__enter__()\n"
    program += "me.claim_or_hand_over([]); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, timeout=PATIENCE_SECONDS)
    assert (tmp_path / "instance.json").exists()

    with SingleInstance(tmp_path) as second:
        assert second.claim_or_hand_over([]) is None


def test_only_this_user_can_read_where_it_listens(tmp_path: Path) -> None:
    with first_of(tmp_path / "run"):
        assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "run" / "instance.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense\n",
        b'{"secret": "wrong", "paths": ["/evil"]}\n',
        b'{"secret": "\\ud800", "goodbye": true}\n',
        b"[]\n",
        b"[" * 100_000,
        b"",
    ],
    ids=range(6),
)
def test_who_does_not_know_the_secret_opens_nothing(tmp_path: Path, line: bytes) -> None:
    opened: Opened = queue.Queue()
    with first_of(tmp_path) as first, SingleInstance(tmp_path) as second:
        noting(opened, first)
        port = json.loads((tmp_path / "instance.json").read_text(encoding="utf-8"))["port"]
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as stranger:
            stranger.sendall(line)
            stranger.shutdown(socket.SHUT_WR)
            assert stranger.recv(100) == b""

        second.claim_or_hand_over([Path("/good")])
        assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/good"),)
        assert opened.empty()


def test_what_cannot_be_opened_ends_neither_the_first_nor_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    answers = iter([RuntimeError("the window has gone"), None])

    def sometimes(paths: tuple[Path, ...]) -> str:
        error = next(answers)
        if error is not None:
            raise error
        return "the second time"

    with first_of(tmp_path) as first, SingleInstance(tmp_path) as second:
        first.on_open(sometimes)

        assert second.claim_or_hand_over([]) == "the second time"


def test_a_first_that_does_not_answer_is_named_in_a_sentence(tmp_path: Path) -> None:
    with first_of(tmp_path), SingleInstance(tmp_path, patience_seconds=0.1) as second:
        with socket.create_server(("127.0.0.1", 0)) as free:
            unused = free.getsockname()[1]
        (tmp_path / "instance.json").write_text(json.dumps({"port": unused, "secret": "x"}), encoding="utf-8")

        with pytest.raises(StartFailed, match="does not answer"):
            second.claim_or_hand_over([])


def test_a_runtime_folder_that_cannot_be_made_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StartFailed, match="cannot be used"):
        SingleInstance(tmp_path / "file" / "run").__enter__()


@pytest.mark.parametrize("name", ["instance.lock", "instance.json"])
def test_a_folder_in_which_no_file_can_be_made_is_named_in_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with (
        SingleInstance(tmp_path) as instance,
        pytest.raises(StartFailed, match=r"cannot be used: .*XDG_RUNTIME_DIR"),
    ):
        instance.claim_or_hand_over([])


def test_it_stops_listening_once(tmp_path: Path) -> None:
    with first_of(tmp_path) as first:
        first.on_open(lambda _: "")
        first.stop_listening()
        first.stop_listening()

        assert not (tmp_path / "instance.json").exists()


@pytest.mark.slow
def test_a_second_start_imports_nothing_heavy(tmp_path: Path) -> None:
    program = "import sys, app; code = app.main([]); heavy = {'tornado', 'zmq', 'webview', 'gi', 'asyncio'}\n"
    program += "print(sorted(heavy & sys.modules.keys())); sys.exit(code)"
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    with first_of(tmp_path / "adrastea") as first:
        first.on_open(lambda _: "It is open.")
        root = Path(__file__).parents[2]
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
        )

    assert ran.stdout == "It is open.\n[]\n"
