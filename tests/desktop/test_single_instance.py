"""One program per user."""

from __future__ import annotations

import json
import os
import queue
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from adrastea.desktop.single_instance import SingleInstance
from adrastea.errors import StartFailed

PATIENCE_SECONDS = 20


def test_the_first_is_first_and_the_second_is_not(tmp_path: Path) -> None:
    with SingleInstance(tmp_path) as first, SingleInstance(tmp_path) as second:
        assert first.is_first
        assert not second.is_first


def test_a_later_start_hands_over_its_paths(tmp_path: Path) -> None:
    opened: queue.Queue[tuple[Path, ...]] = queue.Queue()
    with SingleInstance(tmp_path) as first, SingleInstance(tmp_path) as second:
        first.on_open(opened.put)

        assert second.forward([Path("/data/ä b.ipynb"), Path("/data/c.ipynb")]) == 0
        assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/data/ä b.ipynb"), Path("/data/c.ipynb"))


def test_paths_that_come_before_the_window_is_ready_wait_for_it(tmp_path: Path) -> None:
    opened: queue.Queue[tuple[Path, ...]] = queue.Queue()
    with SingleInstance(tmp_path) as first:
        program = "import sys; from pathlib import Path; from adrastea.desktop.single_instance import SingleInstance\n"
        program += "with SingleInstance(Path(sys.argv[1])) as me: sys.exit(me.forward([Path('/x')]))"
        with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) as later:
            first.on_open(opened.put)

            assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/x"),)
            assert later.wait(PATIENCE_SECONDS) == 0


def test_when_the_first_has_gone_the_next_is_first(tmp_path: Path) -> None:
    with SingleInstance(tmp_path) as first:
        first.on_open(lambda _: None)

    with SingleInstance(tmp_path) as second:
        assert second.is_first


def test_a_first_that_was_killed_is_no_obstacle(tmp_path: Path) -> None:
    program = "import sys, os; from pathlib import Path; from adrastea.desktop.single_instance import SingleInstance\n"
    program += "SingleInstance(Path(sys.argv[1])).__enter__(); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, timeout=PATIENCE_SECONDS)
    assert (tmp_path / "instance.json").exists()

    with SingleInstance(tmp_path) as second:
        assert second.is_first


def test_only_this_user_can_read_where_it_listens(tmp_path: Path) -> None:
    with SingleInstance(tmp_path / "run"):
        assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "run" / "instance.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("line", [b"nonsense\n", b'{"secret": "wrong", "paths": ["/evil"]}\n', b"[]\n", b""])
def test_who_does_not_know_the_secret_opens_nothing(tmp_path: Path, line: bytes) -> None:
    opened: queue.Queue[tuple[Path, ...]] = queue.Queue()
    with SingleInstance(tmp_path) as first, SingleInstance(tmp_path) as second:
        first.on_open(opened.put)
        port = json.loads((tmp_path / "instance.json").read_text(encoding="utf-8"))["port"]
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as stranger:
            stranger.sendall(line)
            stranger.shutdown(socket.SHUT_WR)
            assert stranger.recv(100) == b""

        second.forward([Path("/good")])
        assert opened.get(timeout=PATIENCE_SECONDS) == (Path("/good"),)
        assert opened.empty()


def test_a_first_that_does_not_answer_is_named_in_a_sentence(tmp_path: Path) -> None:
    with SingleInstance(tmp_path) as first, SingleInstance(tmp_path) as second:
        assert first.is_first
        with socket.create_server(("127.0.0.1", 0)) as free:
            unused = free.getsockname()[1]
        (tmp_path / "instance.json").write_text(json.dumps({"port": unused, "secret": "x"}), encoding="utf-8")

        with pytest.raises(StartFailed, match="does not answer"):
            second.forward([])


def test_a_runtime_folder_that_cannot_be_made_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(StartFailed, match="cannot be used"):
        SingleInstance(tmp_path / "file" / "run").__enter__()


def test_a_second_start_imports_nothing_heavy(tmp_path: Path) -> None:
    program = "import sys, app; code = app.main([]); heavy = {'tornado', 'zmq', 'webview', 'gi', 'asyncio'}\n"
    program += "print(sorted(heavy & sys.modules.keys())); sys.exit(code)"
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)}
    with SingleInstance(tmp_path / "adrastea") as first:
        first.on_open(lambda _: None)
        root = Path(__file__).parents[2]
        ran = subprocess.run(
            [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
        )

    assert ran.stdout.strip() == "[]"
