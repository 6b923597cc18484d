"""`adrastea serve` as it is, and programs in the environment of the clients (`build/other_clients.py`) that use it.

Those programs are texts: what they import is not installed where the tests are checked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from build import other_clients
from tests.system.program import Program, ask, program

LIMIT_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a folder, and a home for the clients that is not the user's."""

    program: Program
    home: Path
    address: str
    """Without credentials, and without a slash at its end."""
    token: str
    """Empty where a password is asked for."""

    @property
    def root(self) -> Path:
        """The folder that is served."""
        return self.home / "root"

    def rest(self, path: str, method: str = "GET", body: object = None) -> object:
        """What REST answers to who has the token."""
        return ask(f"{self.address}/?token={self.token}", path, method, body).json()

    def environ(self) -> dict[str, str]:
        """The environment of a client: it has the same kernelspecs, and knows the server as a gateway."""
        folders = {name: str(self.home / "client" / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
        gateway = {"JUPYTER_GATEWAY_URL": self.address, "JUPYTER_GATEWAY_AUTH_TOKEN": self.token}
        own = {"JUPYTER_PATH": str(self.home / "jupyter"), "HOME": str(self.home / "client"), "PYTHONASYNCIODEBUG": ""}
        return {**os.environ, **folders, **gateway, **own}


@contextmanager
def serving(home: Path, base_url: str = "/", python: str = sys.executable) -> Generator[Served]:
    """Start the server for a folder in `home`; its end leaves no process behind, and it has printed no error.

    Its one kernel is that of `python`.
    """
    (home / "root").mkdir()
    install_kernel(home / "jupyter", python)
    arguments = ["serve", str(home / "root"), "--base-url", base_url]
    with program(home, *arguments, environ={"JUPYTER_PATH": str(home / "jupyter")}) as served:
        address, _, token = served.url().partition("/?token=")
        yield Served(served, home, address.removesuffix("/"), token)
        served.end()
        assert served.errors() == ""
        served.until_nothing_is_left()


def install_kernel(folder: Path, python: str) -> None:
    """A kernelspec that names its Python, for servers and clients that run in another."""
    argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True)
    fields = {"argv": argv, "display_name": "Python 3", "language": "python", "metadata": {"debugger": True}}
    (spec / "kernel.json").write_text(json.dumps(fields), encoding="utf-8")
    (spec / "logo-svg.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")


def client(
    served: Served, code: str, *arguments: str, environ: Mapping[str, str] = MappingProxyType({})
) -> dict[str, object]:
    """Run a program in the environment of the clients to its end; the JSON object that it has printed last."""
    assert other_clients.PYTHON.exists(), "the clients are not installed: make test does that"
    ran = subprocess.run(
        [str(other_clients.PYTHON), "-c", code, *arguments],
        cwd=served.home,
        env={**served.environ(), **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )
    assert ran.returncode == 0, ran.stderr
    said: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return said
