"""What an idle `serve` may hold in memory: each import costs some of it, and time at the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from adrastea.server.routes import ROUTES
from tests.fakes import kernelspecs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent

OURS = {"adrastea", "app"}
THIRD_PARTY = {"tornado"}

# Of the standard library: what costs half a megabyte or more with what it imports in turn. On the right what needs it.
HEAVY = {
    "asyncio": "the loop",
    "ctypes": "",
    "curses": "",
    "decimal": "",
    "distutils": "",
    "email": "tornado.httputil, for the headers of HTTP",
    "ensurepip": "",
    "fractions": "",
    "html": "tornado.escape",
    "http": "tornado.httputil",
    "inspect": "dataclasses",
    "logging": "every file",
    "multiprocessing": "tornado.process, for the number of processors",
    "optparse": "",
    "pdb": "",
    "pydoc": "",
    "sqlite3": "",
    "ssl": "tornado.netutil",
    "statistics": "",
    "tkinter": "",
    "unittest": "",
    "xml": "",
    "xmlrpc": "",
    "zipfile": "",
}

PROGRAM = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import app
from adrastea.logbook.logbook import Logbook
from adrastea.server.thread import ServerThread
from adrastea.settings import load_settings

async def kernel(server):
    kernel = await vars(server)["_kernels"].start("fake", Path(sys.argv[1]))
    await kernel.ready()

settings = load_settings({"root": Path(sys.argv[1]), "transport": "native"})
with Logbook(settings.state_dir, "serve") as logbook, ServerThread(lambda: app.build(settings, logbook)) as server:
    idle = sorted(sys.modules)
    server.call(kernel, timeout_seconds=60.0)
    print(json.dumps([idle, sorted(sys.modules)]))
"""


@dataclass(frozen=True, slots=True)
class Modules:
    """Names of modules: of an idle server, and of one with a kernel."""

    idle: set[str]
    with_kernel: set[str]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Modules:
    folder = tmp_path_factory.mktemp("startup")
    kernelspecs.install(folder)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(ROOT)],
        env={**os.environ, "JUPYTER_PATH": str(folder), "PYTHONASYNCIODEBUG": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    idle, with_kernel = (set(names) for names in json.loads(ran.stdout))
    return Modules(idle, with_kernel)


def packages(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def foreign(names: set[str]) -> set[str]:
    """Packages that are neither ours nor Python's. A distribution may add a `sitecustomize` of its own."""
    known = set(sys.stdlib_module_names) | OURS | {"sitecustomize", "__main__", "_distutils_hack"}
    return {name for name in packages(names) - known if not name.startswith("_")}


def test_an_idle_server_holds_the_handler_of_no_address(modules: Modules) -> None:
    handlers = {f"adrastea.server.{handler.module}" for _, handler in ROUTES}

    assert handlers & modules.idle == set()


def test_a_server_without_a_notebook_holds_nothing_of_what_one_needs(modules: Modules) -> None:
    needed = {"adrastea.documents.document", "adrastea.documents.ipynb", "adrastea.sessions.session"}

    assert needed & modules.with_kernel == set()


def test_an_idle_server_holds_no_package_but_tornado(modules: Modules) -> None:
    assert foreign(modules.idle) == THIRD_PARTY


def test_a_kernel_that_is_spoken_to_natively_brings_none_in(modules: Modules) -> None:
    assert foreign(modules.with_kernel) == THIRD_PARTY


def test_of_the_heavy_parts_of_python_only_those_are_held_that_something_needs(modules: Modules) -> None:
    needed = {name for name, why in HEAVY.items() if why}

    assert packages(modules.idle) & set(HEAVY) <= needed
    assert packages(modules.with_kernel) & set(HEAVY) <= needed
