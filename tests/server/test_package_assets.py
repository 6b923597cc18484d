"""The scripts of plots, from the environment of the kernel that drew them, and nothing else from there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.running import Running, running


@pytest.fixture(name="plots", scope="module")
def server_with_a_kernel_that_has_plotly(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("plots")
    data = folder / "packages" / "plotly" / "package_data"
    data.mkdir(parents=True)
    (data / "plotly.min.js").write_text("Plotly = 1")
    (data / "secret.js").write_text("secret")
    (folder / "packages" / "bokeh").mkdir()
    kernel = folder / "kernels" / "with"
    kernel.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "With plots",
        "language": "python",
        "env": {"PYTHONPATH": str(folder / "packages")},
    }
    (kernel / "kernel.json").write_text(json.dumps(spec))
    with running(folder, kernels=folder / "kernels") as server:
        yield server


def test_the_script_of_the_kernels_own_package_is_served(plots: Running) -> None:
    reply = plots.api("GET", "api/adrastea/packages/with/plotly.min.js")

    assert (reply.status, reply.body) == (200, b"Plotly = 1")
    assert str(reply.headers["Content-Type"]).startswith("text/javascript")
    assert str(reply.headers["Content-Security-Policy"]).startswith("sandbox")


def test_a_script_that_the_browser_has_is_not_sent_again(plots: Running) -> None:
    first = plots.api("GET", "api/adrastea/packages/with/plotly.min.js")
    tag = {"If-None-Match": str(first.headers["ETag"])}

    assert plots.api("GET", "api/adrastea/packages/with/plotly.min.js", headers=tag).status == 304
    assert plots.api("HEAD", "api/adrastea/packages/with/plotly.min.js").headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        "with/secret.js",
        "with/plotly",
        "with/..%2fplotly.min.js",
        "with/%2e%2e",
        "..%2fwith/plotly.min.js",
        "with/bokeh.min.js",
        "nope/plotly.min.js",
    ],
)
def test_nothing_else_can_be_had(plots: Running, path: str) -> None:
    assert plots.api("GET", f"api/adrastea/packages/{path}").status == 404


def test_a_package_that_is_not_installed_is_named_with_its_kernel(tmp_path: Path) -> None:
    kernel = tmp_path / "kernels" / "bare"
    kernel.mkdir(parents=True)
    argv = [str(tmp_path / "python3"), "-m", "ipykernel_launcher"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Bare", "language": "python"}))
    with running(tmp_path, kernels=tmp_path / "kernels") as server:
        reply = server.api("GET", "api/adrastea/packages/bare/plotly.min.js")

    assert reply.status == 404
    assert reply.message() == "plotly is not installed in the environment of the kernel “Bare”."


def test_nobody_has_it_without_credentials(plots: Running) -> None:
    assert plots.ask("GET", "api/adrastea/packages/with/plotly.min.js").status == 403
