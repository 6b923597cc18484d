"""The code of older widgets, from the environment of their kernel, and nothing else from there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest

from tests.server.running import Running, running


@pytest.fixture(name="server", scope="module")
def server_whose_kernel_has_widgets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("widgets")
    packages = folder / "environment" / "lib" / "python3.x" / "site-packages"
    (packages / "ipywidgets").mkdir(parents=True)
    place = folder / "environment" / "share" / "jupyter" / "nbextensions"
    for module in ("old-plots", "@scope/old"):
        (place / module).mkdir(parents=True)
        (place / module / "index.js").write_text("define([], 1)")
        (place / module / "other.js").write_text("other")
    for name, python in (("with", sys.executable), ("without", str(folder / "python3"))):
        kernel = folder / "kernels" / name
        kernel.mkdir(parents=True)
        argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": name, "language": "python", "env": {"PYTHONPATH": str(packages)}}
        (kernel / "kernel.json").write_text(json.dumps(spec))
    with running(folder, kernels=folder / "kernels") as started:
        yield started


@pytest.mark.parametrize("module", ["old-plots", "%40scope%2Fold"])
def test_the_module_of_the_kernels_own_package_is_served(server: Running, module: str) -> None:
    reply = server.api("GET", f"api/adrastea/widgets/with/{module}")

    assert (reply.status, reply.body) == (200, b"define([], 1)")
    assert str(reply.headers["Content-Security-Policy"]).startswith("sandbox")
    assert server.api("HEAD", f"api/adrastea/widgets/with/{module}").headers["ETag"] == reply.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["with/new-plots", "with/%2e%2e", "with/old-plots%2Fother.js", "with/@scope%2F..", "nope/old-plots"]
)
def test_nothing_else_can_be_had(server: Running, path: str) -> None:
    assert server.api("GET", f"api/adrastea/widgets/{path}").status == 404


def test_a_kernel_without_widgets_is_named(server: Running) -> None:
    reply = server.api("GET", "api/adrastea/widgets/without/old-plots")

    assert reply.status == 404
    assert "kernel “without”. Is the package installed" in reply.message()


def test_nobody_has_it_without_credentials(server: Running) -> None:
    assert server.ask("GET", "api/adrastea/widgets/with/old-plots").status == 403
