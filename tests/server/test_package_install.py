"""`/api/adrastea/packages/<kernel>`: a package comes into the environment by its own pip, or it is said why not."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Json, Reply, Running, running

SCRIPT = "Plotly = 1"
ASSET = "api/adrastea/packages/bare/plotly.min.js"


@pytest.fixture(name="server")
def server_with_a_kernel_that_has_no_plotly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("PATH", "/nothing")  # no uv
    packages, wheels = tmp_path / "packages", tmp_path / "wheels"
    environ = {"PYTHONPATH": packages, "PIP_TARGET": packages, "PIP_NO_INDEX": 1, "PIP_FIND_LINKS": wheels}
    wheels.mkdir()
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel(tmp_path, "bare", argv, {name: str(value) for name, value in environ.items()})
    kernel(tmp_path, "other", ["/bin/sh", "-c", "kernel"], {})
    with running(tmp_path / "kernels", kernels=tmp_path / "kernels") as server:
        yield server


def kernel(folder: Path, name: str, argv: list[str], environ: dict[str, str]) -> None:
    """Install a kernelspec."""
    place = folder / "kernels" / name
    place.mkdir(parents=True)
    spec = {"argv": argv, "display_name": name.title(), "language": "python", "env": environ}
    (place / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def wheel(folder: Path) -> None:
    """A package that pip takes for Plotly: its script alone."""
    info = "plotly-9.0.dist-info"
    files = {
        "plotly/__init__.py": "",
        "plotly/package_data/plotly.min.js": SCRIPT,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: plotly\nVersion: 9.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(folder / "plotly-9.0-py3-none-any.whl", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(f"{info}/RECORD", "".join(f"{name},{digest(text)}\n" for name, text in files.items()))


def digest(text: str) -> str:
    """As a wheel's RECORD has it."""
    told = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={told},{len(text.encode())}"


def install(server: Running, package: str, name: str = "bare") -> Reply:
    """Ask for a package."""
    return server.api("POST", f"api/adrastea/packages/{name}", {"package": package})


def last(reply: Reply) -> Json:
    """How it ended."""
    told: Json = json.loads(reply.body.splitlines()[-1])
    return told


def test_what_is_missing_can_be_installed_and_is_there_then(server: Running, tmp_path: Path) -> None:
    assert server.api("GET", ASSET).object()["kind"] == "PackageMissing"
    wheel(tmp_path / "wheels")

    reply = install(server, "plotly")

    assert json.loads(reply.body.splitlines()[0]) == {"line": f"Installing plotly into {sys.executable}"}
    assert last(reply) == {"package": "plotly"}
    assert server.api("GET", ASSET).body.decode() == SCRIPT


def test_without_a_network_it_says_what_to_do_and_nothing_has_changed(server: Running) -> None:
    told = str(last(install(server, "bokeh")))

    assert "bokeh could not be fetched" in told
    assert "-m pip install bokeh" in told
    assert server.api("GET", ASSET).status == 404


def test_only_packages_that_draw_are_installed_and_only_by_a_python(server: Running) -> None:
    assert install(server, "evil").status == 400
    assert install(server, "plotly", "nope").status == 404
    refused = install(server, "plotly", "other")
    assert (refused.status, refused.message()) == (
        422,
        "The kernel “Other” is not started as Python plainly: install plotly where it runs.",
    )
