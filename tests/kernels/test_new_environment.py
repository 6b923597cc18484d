"""An environment in the making: which programs run, what they tell, how they fail, and that they can be ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from adrastea.errors import Conflict, KernelFailed
from adrastea.kernels.new_environment import Making, Step, check_new, python_in, steps, why_failed

PYTHON = Path("/usr/bin/python3")
FOLDER = Path("/srv/.venv")


def python(code: str) -> Step:
    return Step("Working", (sys.executable, "-c", code))


def test_venv_and_pip_make_it_where_there_is_no_uv() -> None:
    made, filled = steps(PYTHON, FOLDER, None)

    assert made.argv == ("/usr/bin/python3", "-m", "venv", "/srv/.venv")
    assert filled.argv[:4] == (str(python_in(FOLDER)), "-m", "pip", "install")
    assert filled.argv[-1] == "ipykernel"


def test_uv_makes_it_where_it_is_even_without_a_python() -> None:
    made, filled = steps(None, FOLDER, "/bin/uv")

    assert made.argv == ("/bin/uv", "venv", "/srv/.venv")
    assert filled.argv == ("/bin/uv", "pip", "install", "--python", str(python_in(FOLDER)), "ipykernel")


def test_without_a_folder_ipykernel_goes_into_the_python_itself() -> None:
    (only,) = steps(PYTHON, None, None)

    assert only.argv[0] == "/usr/bin/python3"


def test_with_neither_python_nor_uv_there_is_nothing_to_make_it_with() -> None:
    with pytest.raises(KernelFailed, match="no Python on this computer"):
        steps(None, FOLDER, None)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    check_new(tmp_path / "new")
    check_new(tmp_path)
    (tmp_path / "notes.txt").touch()
    with pytest.raises(Conflict, match="something in"):
        check_new(tmp_path)
    (tmp_path / "pyvenv.cfg").touch()
    with pytest.raises(Conflict, match="an environment already"):
        check_new(tmp_path)


def test_each_line_is_told_and_each_step_before_it() -> None:
    told: list[str] = []

    Making(os.environ).run([python("print('one'); print(); print('two')"), python("")], PYTHON, told.append)

    assert told == ["Working", "one", "two", "Working"]


def test_a_step_that_fails_ends_it_with_its_cause() -> None:
    told: list[str] = []
    with pytest.raises(KernelFailed, match="No such moon") as caught:
        Making(os.environ).run([python("raise SystemExit('No such moon')"), python("")], PYTHON, told.append)

    assert told == ["Working", "No such moon"]
    assert caught.value.log == "No such moon"


def test_a_program_that_is_not_there_says_so() -> None:
    with pytest.raises(KernelFailed, match="cannot be executed"):
        Making(os.environ).run([Step("Working", ("/gone/python",))], PYTHON, lambda _: None)


def test_cancelled_it_ends_what_runs_and_takes_away_what_it_has_begun(tmp_path: Path) -> None:
    folder = tmp_path / "env"
    making = Making(os.environ, folder)

    def tell(line: str) -> None:
        if line == "begun":
            making.cancel()

    code = f"import os, time; os.mkdir({str(folder)!r}); print('begun'); time.sleep(60)"
    with pytest.raises(KernelFailed, match="was ended"):
        making.run([python(code), python("")], PYTHON, tell)

    assert not folder.exists()


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ERROR: No matching distribution found for ipykernel", "package index was not reached.*-m pip install"),
        ("error: Failed to fetch: `https://index/simple/ipykernel/`", "package index was not reached"),
        ("error: externally-managed-environment\n× This environment", "belongs to the operating system"),
        ("ensurepip is not\navailable", "available."),
        ("because ensurepip is not available.  On Debian", "sudo apt install python3-venv"),
        ("/usr/bin/python3: No module named pip", "has no pip"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("", "without a word"),
    ],
)
def test_causes_are_told_with_what_to_do(printed: str, said: str) -> None:
    with pytest.raises(KernelFailed, match=said):
        raise KernelFailed(why_failed(printed, PYTHON))
