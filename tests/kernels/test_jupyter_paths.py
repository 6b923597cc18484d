"""Where kernelspecs are looked for: the same folders in the same order as `jupyter --paths`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import jupyter_core
import pytest

from adrastea.kernels.jupyter_paths import (
    Interpreter,
    jupyter_config_dirs,
    jupyter_data_dirs,
    kernel_folders,
    prefix_of,
    python_on_path,
    this_interpreter,
)

HOME = Path("/home/ada")
PYTHON = Interpreter("/opt/py/bin/python", Path("/opt/py"))
VENV = replace(PYTHON, is_environment=True, owns_prefix=True)
USER = Path("/home/ada/.local/share/jupyter")
OWN = Path("/opt/py/share/jupyter")
OWN_CONFIG = Path("/opt/py/etc/jupyter")
SYSTEM = (Path("/usr/local/share/jupyter"), Path("/usr/share/jupyter"))


def dirs(environ: Mapping[str, str], python: Interpreter = PYTHON, platform: str = "linux") -> tuple[Path, ...]:
    return jupyter_data_dirs(environ, HOME, platform, python)


def config(environ: Mapping[str, str], python: Interpreter = PYTHON, platform: str = "linux") -> tuple[Path, ...]:
    return jupyter_config_dirs(environ, HOME, platform, python)


def make_executable(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return str(path)


def test_the_users_folder_comes_before_the_environment_and_the_system() -> None:
    assert dirs({}) == (USER, OWN, *SYSTEM)


def test_in_a_virtual_environment_the_environment_comes_first() -> None:
    assert dirs({}, VENV) == (OWN, USER, *SYSTEM)


@pytest.mark.parametrize("value", ["1", "true", "yes", "", "anything"])
def test_a_wish_puts_the_environment_first(value: str) -> None:
    assert dirs({"JUPYTER_PREFER_ENV_PATH": value}) == (OWN, USER, *SYSTEM)


@pytest.mark.parametrize("value", ["0", "no", "False", "OFF", "n", "0.0"])
def test_a_wish_puts_the_user_first_even_in_an_environment(value: str) -> None:
    assert dirs({"JUPYTER_PREFER_ENV_PATH": value}, VENV) == (USER, OWN, *SYSTEM)


def test_in_a_conda_environment_of_ones_own_the_environment_comes_first() -> None:
    environ = {"CONDA_PREFIX": "/opt/py", "CONDA_DEFAULT_ENV": "science"}
    mine = replace(PYTHON, owns_prefix=True)
    assert dirs(environ, mine) == (OWN, USER, *SYSTEM)
    assert dirs(environ, PYTHON) == (USER, OWN, *SYSTEM)
    assert dirs({**environ, "CONDA_DEFAULT_ENV": "base"}, mine) == (USER, OWN, *SYSTEM)
    assert dirs({**environ, "CONDA_PREFIX": "/opt/other"}, mine) == (USER, OWN, *SYSTEM)


def test_jupyter_path_comes_before_everything_and_its_gaps_mean_nothing() -> None:
    assert dirs({"JUPYTER_PATH": "/a/::/b"}, VENV) == (Path("/a"), Path("/b"), OWN, USER, *SYSTEM)


def test_jupyter_data_dir_takes_the_place_of_the_users_folder() -> None:
    assert dirs({"JUPYTER_DATA_DIR": "/data"}) == (Path("/data"), OWN, *SYSTEM)


def test_xdg_data_home_moves_the_users_folder() -> None:
    assert dirs({"XDG_DATA_HOME": "/xdg"}) == (Path("/xdg/jupyter"), OWN, *SYSTEM)


def test_where_pip_installs_for_the_user_is_looked_into_once() -> None:
    base = replace(PYTHON, user_base=HOME / ".local")
    assert dirs({}, base) == (USER, OWN, *SYSTEM)
    assert dirs({"JUPYTER_DATA_DIR": "/data"}, base) == (Path("/data"), USER, OWN, *SYSTEM)


def test_the_systems_python_has_no_environment_of_its_own() -> None:
    assert dirs({}, Interpreter("/usr/bin/python3", Path("/usr"))) == (USER, *SYSTEM)


def test_macos_has_a_folder_of_its_own() -> None:
    assert dirs({}, platform="darwin") == (HOME / "Library/Jupyter", OWN, *SYSTEM)


def test_macos_follows_its_guide_when_asked() -> None:
    support = "Library/Application Support/jupyter"
    found = dirs({"JUPYTER_PLATFORM_DIRS": "1"}, platform="darwin")
    assert found == (HOME / support, OWN, Path("/") / support)


def test_windows_has_application_data_and_no_system_folder() -> None:
    assert dirs({"APPDATA": "/roaming"}, platform="win32") == (Path("/roaming/jupyter"), OWN)
    assert dirs({}, platform="win32") == (HOME / ".jupyter/data", OWN)
    assert dirs({"JUPYTER_CONFIG_DIR": "/conf"}, platform="win32") == (Path("/conf/data"), OWN)
    local = {"JUPYTER_PLATFORM_DIRS": "1", "LOCALAPPDATA": "/local", "APPDATA": "/roaming"}
    assert dirs(local, platform="win32") == (Path("/local/jupyter"), OWN)


def test_windows_trusts_program_data_only_when_told() -> None:
    environ = {"APPDATA": "/roaming", "PROGRAMDATA": "/pd"}
    assert dirs(environ, platform="win32") == (Path("/roaming/jupyter"), OWN)
    told = {**environ, "JUPYTER_USE_PROGRAMDATA": "1"}
    assert dirs(told, platform="win32") == (Path("/roaming/jupyter"), OWN, Path("/pd/jupyter"))


def test_windows_separates_paths_by_semicolons() -> None:
    assert dirs({"JUPYTER_PATH": "/a;/b"}, platform="win32")[:2] == (Path("/a"), Path("/b"))


def test_kernels_lie_in_a_folder_of_each_and_in_ipythons() -> None:
    expected = (*(folder / "kernels" for folder in dirs({})), HOME / ".ipython/kernels")
    assert kernel_folders({}, HOME, "linux", PYTHON, None) == expected
    moved = kernel_folders({"IPYTHONDIR": "/ipy"}, HOME, "linux", PYTHON, None)
    assert moved[-1] == Path("/ipy/kernels")


def test_the_active_environments_and_the_paths_python_come_behind_what_jupyter_knows() -> None:
    environ = {"VIRTUAL_ENV": "/v", "CONDA_PREFIX": "/c"}
    found = kernel_folders(environ, HOME, "linux", PYTHON, "/p/bin/python3")
    known = kernel_folders({}, HOME, "linux", PYTHON, None)
    others = tuple(Path(prefix, "share/jupyter/kernels") for prefix in ("/v", "/c", "/p"))
    assert found == (*known[:-1], *others, known[-1])


def test_no_folder_is_looked_into_twice() -> None:
    found = kernel_folders({"VIRTUAL_ENV": "/opt/py"}, HOME, "linux", VENV, "/opt/py/bin/python3")
    assert found == kernel_folders({}, HOME, "linux", VENV, None)


@pytest.mark.parametrize(
    ("executable", "platform", "prefix"),
    [
        ("/usr/bin/python3", "linux", "/usr"),
        ("/v/bin/python", "darwin", "/v"),
        ("/v/Scripts/python.exe", "win32", "/v"),
        ("/conda/python.exe", "win32", "/conda"),
    ],
)
def test_the_prefix_is_told_from_the_executable(executable: str, platform: str, prefix: str) -> None:
    assert prefix_of(Path(executable), platform) == Path(prefix)


def test_our_own_python_is_the_one_that_runs_us() -> None:
    python = this_interpreter({}, None)
    assert (python.executable, python.prefix) == (sys.executable, Path(sys.prefix))


def test_a_frozen_program_takes_the_paths_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_interpreter({}, "/p/bin/python3") == Interpreter("/p/bin/python3", Path("/p"))


@pytest.mark.parametrize("name", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_a_frozen_program_prefers_the_active_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    python = this_interpreter({name: "/v"}, "/v/bin/python3")
    assert (python.executable, python.prefix, python.is_environment) == ("/v/bin/python3", Path("/v"), True)


def test_a_frozen_program_without_any_python_still_has_a_name_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert this_interpreter({}, None).executable == "python3"


def test_the_paths_python_is_found_by_either_name(tmp_path: Path) -> None:
    old = make_executable(tmp_path / "old" / "python")
    new = make_executable(tmp_path / "new" / "python3")
    assert python_on_path({"PATH": f"{tmp_path}/old:{tmp_path}/new"}) == new
    assert python_on_path({"PATH": f"{tmp_path}/old"}) == old
    assert python_on_path({"PATH": str(tmp_path)}) is None


def test_configuration_lies_in_the_users_folder_and_where_packages_put_it() -> None:
    system = (Path("/usr/local/etc/jupyter"), Path("/etc/jupyter"))
    assert config({}) == (HOME / ".jupyter", OWN_CONFIG, *system)
    assert config({}, replace(VENV, user_base=HOME / ".local"))[:2] == (OWN_CONFIG, HOME / ".jupyter")
    assert config({"JUPYTER_CONFIG_DIR": "/conf", "JUPYTER_CONFIG_PATH": "/a:"})[:2] == (Path("/a"), Path("/conf"))
    assert config({"JUPYTER_PLATFORM_DIRS": "1", "XDG_CONFIG_HOME": "/xdg"})[0] == Path("/xdg/jupyter")


def test_configuration_lies_where_each_system_has_it() -> None:
    support = "Library/Application Support/jupyter"
    platform_dirs = {"JUPYTER_PLATFORM_DIRS": "1", "LOCALAPPDATA": "/local", "PROGRAMDATA": "/pd"}
    assert config(platform_dirs, platform="darwin") == (HOME / support, OWN_CONFIG, Path("/") / support)
    assert config(platform_dirs, platform="win32") == (Path("/local/jupyter"), OWN_CONFIG)
    told = {**platform_dirs, "JUPYTER_USE_PROGRAMDATA": "1"}
    assert config(told, platform="win32") == (Path("/local/jupyter"), OWN_CONFIG, Path("/pd/jupyter"))


CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER_", "CONDA_", "XDG_"))}


BASE_PYTHON: str = getattr(sys, "_base_executable", sys.executable)
COMPARE = """
import json, os, sys
from pathlib import Path
from jupyter_core.paths import jupyter_config_path, jupyter_path
from adrastea.kernels.jupyter_paths import jupyter_config_dirs, jupyter_data_dirs, this_interpreter
where = os.environ, Path.home().resolve(), sys.platform, this_interpreter(os.environ, None)
ours = [[str(path) for path in dirs(*where)] for dirs in (jupyter_data_dirs, jupyter_config_dirs)]
print(json.dumps([ours, [jupyter_path(), jupyter_config_path()]]))
"""


@pytest.mark.parametrize("executable", [sys.executable, BASE_PYTHON], ids=["in the environment", "outside of it"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"JUPYTER_PATH": "/a:/b/", "JUPYTER_CONFIG_PATH": "/c:/d/"},
        {"JUPYTER_DATA_DIR": "/data", "XDG_DATA_HOME": "/xdg", "JUPYTER_CONFIG_DIR": "/conf"},
        {"XDG_DATA_HOME": "/xdg", "JUPYTER_PREFER_ENV_PATH": "0"},
        {"JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_PATH": "/usr/share/jupyter"},
        {"JUPYTER_PLATFORM_DIRS": "1", "JUPYTER_PREFER_ENV_PATH": ""},
        {"CONDA_PREFIX": sys.prefix, "CONDA_DEFAULT_ENV": "science"},
        {"HOME": "/nowhere", "PYTHONUSERBASE": "/userbase"},
    ],
    ids=str,
)
def test_jupyter_looks_into_the_same_folders(executable: str, changes: dict[str, str]) -> None:
    packages = Path(jupyter_core.__file__).parents[1]  # those of the environment, for its base as well
    environ = {**CLEAN, **changes, "PYTHONPATH": f"{Path(__file__).parents[2]}:{packages}"}
    result = subprocess.run([executable, "-c", COMPARE], env=environ, check=True, capture_output=True, text=True)
    ours, theirs = json.loads(result.stdout)
    assert ours == theirs


def test_jupyters_own_command_names_the_same_folders() -> None:
    command = [str(Path(sys.executable).parent / "jupyter"), "--paths", "--json"]
    result = subprocess.run(command, env=CLEAN, check=True, capture_output=True, text=True)
    ours = jupyter_data_dirs(CLEAN, Path.home().resolve(), sys.platform, this_interpreter(CLEAN, None))
    assert json.loads(result.stdout)["data"] == [str(path) for path in ours]
