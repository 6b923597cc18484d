"""`adrastea serve`, from the outside: one line when it answers, an end in order, sentences for what cannot be."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.document import Cell, edited, language_noted, on_disk, running_cell, write
from tests.system.program import COMMAND, ROOT, ask, program

pytestmark = pytest.mark.slow

QUICK_SECONDS = 3.0


def run(home: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The program to its end."""
    environ = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "PYTHONASYNCIODEBUG": ""}
    command = [*COMMAND, *arguments]
    return subprocess.run(
        command, cwd=cwd or home, env=environ, capture_output=True, text=True, check=False, timeout=60
    )


def test_one_line_says_that_it_answers_and_its_address_works_for_api_clients(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path), "--port", "0", "--token", "T&+") as served:
        line = served.line()
        url = line.rpartition(" ")[2]

        assert line == f"Adrastea serves {tmp_path} at {url}"
        assert url.endswith("/?token=T%26%2B")
        assert [ask(url, "/api/status").status for _ in range(2)] == [200, 200]
        assert ask(url.replace("token=T", "token=x"), "/api/status").status == 403
        assert ask(url).status == 302
        served.end()
        assert served.printed == ""
        assert served.errors() == ""


def test_the_token_is_new_for_each_run_and_cannot_be_guessed(tmp_path: Path) -> None:
    tokens: list[str] = []
    for _ in range(2):
        with program(tmp_path, "serve") as served:
            tokens.append(served.url().partition("token=")[2])

    assert tokens[0] != tokens[1]
    assert min(map(len, tokens)) >= 32


def test_everything_lies_below_the_base_url(tmp_path: Path) -> None:
    with program(tmp_path, "serve", "--base-url", "/nb", "--token", "T") as served:
        url = served.url()

        assert "/nb/?token=T" in url
        assert ask(url, "/nb/api/status").status == 200
        assert ask(url, "/api/status").status == 404


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_its_kernels_in_three_seconds_and_saves_what_is_unsaved(
    tmp_path: Path, number: signal.Signals
) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", "print('begun', flush=True)\nimport time\ntime.sleep(600)"))
    (tmp_path / "config" / "adrastea").mkdir(parents=True)
    (tmp_path / "config" / "adrastea" / "settings.toml").write_text("autosave_seconds = 3600", encoding="utf-8")
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        asyncio.run(running_cell(url, "n.ipynb", "a", "begun\n"))
        asyncio.run(edited(url, "n.ipynb", "a", "edited = 1"))
        assert len(served.processes()) >= 2

        seconds = served.end(number)

        assert served.popen.returncode == 0
        assert seconds < QUICK_SECONDS
        assert served.processes() == []
        assert on_disk(file, "a") == "edited = 1"
        assert "begun" in file.read_text(encoding="utf-8")
        assert served.errors() == ""
        assert list((tmp_path / "run").rglob("*.json")) == []


def test_a_client_ends_it_and_what_is_unsaved_is_saved(tmp_path: Path) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", "1"))
    (tmp_path / "config" / "adrastea").mkdir(parents=True)
    (tmp_path / "config" / "adrastea" / "settings.toml").write_text("autosave_seconds = 3600", encoding="utf-8")
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        asyncio.run(edited(url, "n.ipynb", "a", "edited = 1"))

        assert ask(url, "/api/shutdown", "POST").status == 200
        assert served.wait() == 0
        assert served.processes() == []
        assert served.errors() == ""
    assert on_disk(file, "a") == "edited = 1"


def test_a_notebook_that_has_run_names_its_kernel_and_its_language_for_other_programs(tmp_path: Path) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", "print('done')"))
    with program(tmp_path, "serve", str(tmp_path)) as served:
        url = served.url()
        asyncio.run(running_cell(url, "n.ipynb", "a", "done\n"))
        asyncio.run(language_noted(url, "n.ipynb"))
        served.end()

    metadata = json.loads(file.read_text(encoding="utf-8"))["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert metadata["language_info"]["file_extension"] == ".py"


def test_a_kernel_that_ignores_every_request_to_end_goes_with_it(tmp_path: Path) -> None:
    code = "import signal, subprocess\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    code += "child = subprocess.Popen(['sleep', '600'])\nprint('deaf', flush=True)\n"
    code += "child.wait()"
    write(tmp_path, "n.ipynb", Cell("a", code))
    with program(tmp_path, "serve", str(tmp_path)) as served:
        asyncio.run(running_cell(served.url(), "n.ipynb", "a", "deaf\n"))
        assert any("sleep 600" in command for command in served.processes())

        seconds = served.end()

        assert served.popen.returncode == 0
        assert seconds < QUICK_SECONDS
        assert served.processes() == []


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("adrastea: Port ")
    assert ran.stderr.count("\n") == 1


def test_a_folder_that_is_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    ran = run(tmp_path, "serve", "missing")

    assert ran.returncode == 2
    assert ran.stderr.endswith("missing is not a folder. Name the folder that holds your notebooks.\n")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("arguments", [(), ("serve",), ("n.ipynb",)])
def test_a_settings_file_that_makes_no_sense_is_told_in_one_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "config" / "adrastea").mkdir(parents=True)
    (tmp_path / "config" / "adrastea" / "settings.toml").write_text("port = ", encoding="utf-8")

    ran = run(tmp_path, *arguments)

    assert ran.returncode == 1
    assert "settings.toml cannot be read" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("serve",), ("n.ipynb",)])
def test_a_current_folder_that_is_gone_is_told_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = 'cd "$1" && rmdir "$1" && shift && exec "$@"'
    command = ["sh", "-c", shell, "sh", str(gone), *COMMAND, *arguments]
    environ = {**os.environ, "HOME": str(tmp_path)}

    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=60)

    assert ran.returncode == 1
    assert ran.stderr == "adrastea: The current folder does not exist any more. Change to another one.\n"


@pytest.mark.source
def test_help_and_version_are_printed_without_anything_heavy(tmp_path: Path) -> None:
    code = "import sys, app\ntry: app.main([sys.argv[1]])\nexcept SystemExit as end:\n"
    code += " heavy = {'tornado', 'zmq', 'webview', 'gi', 'asyncio'} & sys.modules.keys()\n"
    code += " sys.exit(end.code or len(heavy))"
    for option, word in (("--help", "serve"), ("--version", "Adrastea 0.")):
        ran = subprocess.run(
            [sys.executable, "-c", code, option], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )

        assert ran.returncode == 0
        assert word in ran.stdout


def test_a_folder_whose_name_the_terminal_cannot_show_is_served(tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\xe4")
    odd.mkdir()
    with program(tmp_path, "serve", str(odd), environ={"PYTHONIOENCODING": "ascii"}) as served:
        url = served.url()

        answer = ask(url, "/api/contents/").json()
        assert isinstance(answer, dict)
        assert json.dumps(answer["content"]) == "[]"
