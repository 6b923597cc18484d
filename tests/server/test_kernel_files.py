"""Files of a kernel's environment: whose kernel is not there, and who only asks for headers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pytest

from tests.server.running import Running, running

ADDRESSES = ("api/adrastea/packages/{kernel}/plotly.min.js", "api/adrastea/widgets/{kernel}/old-plots")


@pytest.fixture(name="server", scope="module")
def server_whose_kernel_has_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    prefix = tmp_path_factory.mktemp("files")
    packages = prefix / "lib" / "python3.11" / "site-packages"
    (packages / "ipywidgets").mkdir(parents=True)
    (packages / "plotly" / "package_data").mkdir(parents=True)
    (packages / "plotly" / "package_data" / "plotly.min.js").write_text("plot()")
    module = prefix / "share" / "jupyter" / "nbextensions" / "old-plots"
    module.mkdir(parents=True)
    (module / "index.js").write_text("plot()")
    kernel = prefix / "share" / "jupyter" / "kernels" / "own"
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Own", "language": "python", "env": {"PYTHONPATH": str(packages)}}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    with running(prefix, kernels=kernel.parent) as started:
        yield started


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers_are_those_of_the_file(server: Running, address: str) -> None:
    whole = server.api("GET", address.format(kernel="own"))
    head = server.api("HEAD", address.format(kernel="own"))

    assert (whole.status, whole.body) == (200, b"plot()")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kernel_that_is_not_there_is_named(server: Running, address: str) -> None:
    reply = server.api("GET", address.format(kernel="nobody"))

    assert reply.status == 404
    assert "nobody" in reply.message()
