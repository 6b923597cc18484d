"""What holds for every test: asyncio in debug mode, the same examples on every run, and nothing of this user's own.

Warnings are errors (pyproject.toml). Tests neither read nor write the user's settings, kernels, histories and sockets:
the folders of XDG, Jupyter and IPython point into a temporary one. `HYPOTHESIS_PROFILE=explore` looks for new examples.
"""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

ROOT = Path(__file__).resolve().parent.parent

os.environ["PYTHONASYNCIODEBUG"] = "1"

set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
settings.register_profile(
    "fixed",
    deadline=None,  # nothing is decided by timing
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("fixed"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

_FOLDERS = {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
    "JUPYTER_CONFIG_DIR": "jupyter/config",
    "JUPYTER_DATA_DIR": "jupyter/data",
    "JUPYTER_RUNTIME_DIR": "jupyter/run",
    "IPYTHONDIR": "ipython",
}
_FOREIGN = ("JUPYTER_PATH", "JUPYTER_PREFER_ENV_PATH", "JUPYTER_TOKEN", "MPLBACKEND", "PYTHONSTARTUP")


@pytest.fixture(scope="session", autouse=True)
def folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for settings and state that is empty at the start and gone at the end."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name, folder in _FOLDERS.items():
            (home / folder).mkdir(mode=0o700, parents=True)
            patch.setenv(name, str(home / folder))
        for name in _FOREIGN:
            patch.delenv(name, raising=False)
        patch.setenv("MPLCONFIGDIR", str(ROOT / ".cache" / "matplotlib"))  # its font list takes seconds to make
        patch.setenv("PATH", os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath))))
        yield home


@pytest.fixture(params=["native", "pyzmq"])
def each_transport(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs once with each transport; `tests/fakes/transports.py` reads which."""
    name = str(request.param)
    monkeypatch.setenv("ADRASTEA_TEST_TRANSPORT", name)
    return name
