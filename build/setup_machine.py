"""Brings a machine to where Adrastea runs: `python3 -m build.setup_machine STEP …`. The Makefile calls it.

Steps: `app` (the environment and what the application and the example notebooks need), `dev` (what the checks need on
top), `window` (WebKitGTK and PyGObject; where they cannot be had the browser serves, so this never fails), `ui` (Node,
npm and the UI's packages), `tests` (a browser, a display, kernels of other languages, what draws rich outputs, clients
of others and JupyterHub for the slow tests; fails if they cannot be had), `kernels` (those of other languages alone).

Each step looks first, says what it is about to do, and does only what is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

if sys.version_info < (3, 11):  # noqa: UP036 - this program is the first that an older Python meets
    sys.exit("Adrastea needs Python 3.11 or newer; this one is " + sys.version.split()[0] + ".")

from build import environment, hub_environment, node, other_clients, other_kernels, rich_outputs, system_packages
from build.console import SetupFailed, say

_BROWSER = "The browser will serve instead of a window. `make window` tries again."


def app() -> None:
    """`.venv` with what the application and the kernel of the examples need."""
    environment.make()
    environment.install(["app", "kernel"])


def dev() -> None:
    """`.venv` with what the checks and the tests need on top."""
    app()
    environment.install(["packages", "dev"])


def window() -> None:
    """GTK, WebKitGTK and PyGObject; says so where they cannot be had."""
    environment.make()
    if not sys.platform.startswith("linux") or environment.shows_windows():
        return
    try:
        system_packages.ensure(system_packages.purpose("window"))
        environment.borrow_gi()
    except (system_packages.Missing, SetupFailed) as error:
        say(f"{error} {_BROWSER}")
        return
    if not environment.shows_windows():
        say(f"WebKitGTK 4.1 is installed but cannot be used from .venv. {_BROWSER}")


def ui() -> None:
    """Node, npm and `ui/node_modules`."""
    node.ensure_packages()


def tests() -> None:
    """A browser, a display without a screen, the window's libraries and what looks at packages.

    Raises:
        SetupFailed: something is missing and may not be installed from here.
    """
    if sys.platform.startswith("linux"):
        _tests_on_linux()
    with ThreadPoolExecutor() as pool:  # apt-get writes to the disk while pip waits for the network
        packages = pool.submit(_kernels_of_the_distribution)
        other_kernels.ensure()
        other_clients.ensure()
        hub_environment.ensure()
        rich_outputs.ensure()
        packages.result()


def kernels() -> None:
    """The kernels of other languages that `python -m bench.languages` asks.

    Raises:
        SetupFailed: something is missing and may not be installed from here.
    """
    environment.make()
    _kernels_of_the_distribution()
    other_kernels.ensure()


def _kernels_of_the_distribution() -> None:
    try:
        system_packages.ensure(system_packages.purpose("kernels"))
    except system_packages.Missing as missing:
        raise SetupFailed(str(missing)) from None


def _tests_on_linux() -> None:
    try:
        system_packages.ensure(system_packages.purpose("window"))
        system_packages.ensure(system_packages.purpose("tests"))
        system_packages.ensure(system_packages.purpose("freezing"))
        system_packages.ensure(system_packages.purpose("packages"))
        environment.borrow_gi()
    except system_packages.Missing as missing:
        raise SetupFailed(str(missing)) from None
    if not environment.shows_windows():
        message = "WebKitGTK 4.1 is installed but cannot be used from .venv; see .cache/logs."
        raise SetupFailed(message)


STEPS: dict[str, Callable[[], None]] = {
    "app": app,
    "dev": dev,
    "window": window,
    "ui": ui,
    "tests": tests,
    "kernels": kernels,
}


def main(names: Sequence[str]) -> int:
    """Run the steps in the order given; the exit code."""
    unknown = [name for name in names if name not in STEPS]
    if unknown or not names:
        say(f"usage: python3 -m build.setup_machine {{{'|'.join(STEPS)}}} …")
        return 2
    try:
        for name in names:
            STEPS[name]()
    except SetupFailed as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Interrupted; the next run goes on from here.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
