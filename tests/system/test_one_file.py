"""The one file as a user has it: alone, with nothing of Python's around it."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.system.display import Screen, screen
from tests.system.document import Cell, on_disk, running_cell, write
from tests.system.program import ONE_FILE, ask, program

pytestmark = pytest.mark.app

PROGRAMS = ("sh", "dirname", "xdg-open")
QUICK_SECONDS = 3.0


@pytest.fixture(scope="module")
def shown() -> Generator[Screen]:
    with screen() as opened:
        yield opened


def without_python(tmp_path: Path) -> dict[str, str]:
    """A PATH with a few programs and no Python on it, and one kernel, which is named by its whole path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            (programs / name).symlink_to(found)
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    fields = {"argv": argv, "display_name": "Python of the user", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(fields), encoding="utf-8")
    return {"PATH": str(programs), "JUPYTER_PATH": str(tmp_path / "jupyter")}


def test_it_serves_and_runs_a_notebook_where_no_python_is_on_the_path(tmp_path: Path) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", "import sys; print(sys.version_info[0], flush=True)"))
    with program(tmp_path, "serve", str(tmp_path), environ=without_python(tmp_path), command=[str(ONE_FILE)]) as served:
        asyncio.run(running_cell(served.url(), "n.ipynb", "a", "3\n"))
        assert served.end() < QUICK_SECONDS
        assert (served.popen.returncode, served.errors()) == (0, "")

    assert "3\\n" in file.read_text(encoding="utf-8")
    assert on_disk(file, "a") == "import sys; print(sys.version_info[0], flush=True)"


def test_its_window_opens_where_no_python_is_on_the_path(tmp_path: Path, shown: Screen) -> None:
    file = write(tmp_path, "n.ipynb", Cell("a", "1"))
    environ = {**without_python(tmp_path), "DISPLAY": shown.name}
    with program(tmp_path, str(file), environ=environ, command=[str(ONE_FILE)]) as running:
        shown.until_shown("n.ipynb")
        shown.until_picture(lambda picture: len(picture.colours()) > 50)
        assert running.end() < QUICK_SECONDS
        assert (running.popen.returncode, running.errors()) == (0, "")
        running.until_nothing_is_left()


def test_there_is_one_process_and_kernels_do_not_hear_of_the_launcher(tmp_path: Path) -> None:
    code = "import os; print('ADRASTEA_ONE_FILE' in os.environ, os.environ['PYTHONIOENCODING'], flush=True)"
    write(tmp_path, "n.ipynb", Cell("a", code))
    environ = {"PYTHONIOENCODING": "utf-16"}
    with program(tmp_path, "serve", str(tmp_path), environ=environ, command=[str(ONE_FILE)]) as served:
        url = served.url()
        assert [command for command in served.processes() if "serve" in command] == [f"{ONE_FILE} serve {tmp_path} "]
        asyncio.run(running_cell(url, "n.ipynb", "a", "False utf-16\n"))


def test_it_does_not_listen_to_what_the_user_has_set_for_other_pythons(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a foreign module was imported')", encoding="utf-8")
    environ = {"PYTHONPATH": str(tmp_path), "PYTHONHOME": str(tmp_path), "PYTHONSTARTUP": str(tmp_path / "json.py")}
    environ |= {"PYTHONIOENCODING": "euc_jp", "PYTHONUTF8": "0", "PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"}
    environ |= {"PYTHONMALLOC": "debug", "PYTHONVERBOSE": "1", "PYTHONINSPECT": "1"}
    with program(tmp_path, "serve", str(tmp_path), environ=environ, command=[str(ONE_FILE)]) as served:
        assert ask(served.url(), "/api/status").status == 200


def test_locales_of_every_kind_are_fine(tmp_path: Path) -> None:
    for locale in ("C", "C.UTF-8", "ja_JP.eucJP", "de_DE@euro", "nonsense"):
        ran = subprocess.run(
            [ONE_FILE, "--version"],
            env={"HOME": str(tmp_path), "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        assert "one file" in ran.stdout


def test_it_names_itself_by_the_file_that_the_user_started(tmp_path: Path) -> None:
    elsewhere = tmp_path / "my notebooks"
    shutil.copy(ONE_FILE, elsewhere)

    ran = subprocess.run(
        [elsewhere, "doctor", "--json"],
        env={"HOME": str(tmp_path), "PATH": os.defpath},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "my notebooks" in ran.stdout
    assert "/.cache/adrastea/" not in ran.stdout


def test_an_idle_server_has_loaded_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    with program(tmp_path, "serve", str(tmp_path), command=[str(ONE_FILE)]) as served:
        assert ask(served.url(), "/api/status").status == 200
        maps = Path(f"/proc/{served.popen.pid}/maps").read_text(encoding="utf-8")

    assert "libcrypto" not in maps
    assert "libzmq" not in maps
