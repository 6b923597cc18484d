"""`/api/kernelspecs` and the icons of kernels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.settings import Settings
from tests.server.running import Json, Running, running

SPEC = {"argv": ["sage", "{connection_file}"], "display_name": "Sage 9", "language": "sage", "env": {"A": "b"}}


def kernels(folder: Path) -> Path:
    """The kernelspecs `sage` and `zebra`, one with icons and a secret beside them."""
    sage = folder / "kernels" / "sage"
    sage.mkdir(parents=True)
    (sage / "kernel.json").write_text(json.dumps(SPEC))
    (sage / "logo-svg.svg").write_text("<svg/>")
    (sage / "logo-64x64.png").write_bytes(b"png")
    (sage / "kernel.js").write_text("define()")
    (sage / "secret.txt").write_text("secret")
    zebra = folder / "kernels" / "zebra"
    zebra.mkdir()
    (zebra / "kernel.json").write_text(json.dumps(SPEC | {"display_name": "Zebra", "interrupt_mode": "message"}))
    return folder / "kernels"


@pytest.fixture
def sage(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path, kernels=kernels(tmp_path)) as server:
        yield server


def test_a_kernelspec_has_jupyters_shape(sage: Running) -> None:
    answer = sage.api("GET", "api/kernelspecs").object()
    specs = answer["kernelspecs"]

    assert isinstance(specs, dict)
    assert answer["default"] == "sage"
    assert set(specs) == {"sage", "zebra"}
    assert specs["sage"] == {
        "name": "sage",
        "spec": {
            "argv": ["sage", "{connection_file}"],
            "env": {"A": "b"},
            "display_name": "Sage 9",
            "language": "sage",
            "interrupt_mode": "signal",
            "kernel_protocol_version": "",
            "metadata": {},
        },
        "resources": {
            "kernel.js": "/kernelspecs/sage/kernel.js",
            "logo-64x64": "/kernelspecs/sage/logo-64x64.png",
            "logo-svg": "/kernelspecs/sage/logo-svg.svg",
        },
    }


def test_one_kernelspec_looks_as_it_does_in_the_list(sage: Running) -> None:
    listed = sage.api("GET", "api/kernelspecs").object()["kernelspecs"]

    assert isinstance(listed, dict)
    assert sage.api("GET", "api/kernelspecs/zebra").object() == listed["zebra"]


def test_a_kernelspec_that_is_not_installed_is_named_with_those_that_are(sage: Running) -> None:
    reply = sage.api("GET", "api/kernelspecs/nope")

    assert reply.status == 404
    assert "'nope'" in reply.message()
    assert "sage" in reply.message()


def test_the_icons_can_be_had(sage: Running) -> None:
    svg = sage.api("GET", "kernelspecs/sage/logo-svg.svg")

    assert (svg.status, svg.body, svg.headers["Content-Type"]) == (200, b"<svg/>", "image/svg+xml")
    assert str(svg.headers["Content-Security-Policy"]).startswith("sandbox")


@pytest.mark.parametrize(
    "path",
    [
        "sage/secret.txt",
        "sage/kernel.json",
        "sage/..%2fzebra%2fkernel.json",
        "sage/%2e%2e",
        "..%2fkernels/kernel.json",
        "nope/logo-svg.svg",
    ],
)
def test_nothing_else_in_the_folder_can_be_had(sage: Running, path: str) -> None:
    assert sage.api("GET", f"kernelspecs/{path}").status == 404


def test_the_default_is_the_one_in_the_settings_where_it_is_installed(tmp_path: Path) -> None:
    folder = kernels(tmp_path)

    def default(name: str) -> Json:
        with running(tmp_path, replace(Settings(), default_kernel=name), folder) as server:
            return server.api("GET", "api/kernelspecs").object()["default"]

    assert [default("zebra"), default("Zebra"), default("nope")] == ["zebra", "zebra", "sage"]


def test_without_any_kernel_the_list_is_empty_and_still_an_answer(served: Running) -> None:
    assert served.api("GET", "api/kernelspecs").object() == {"default": "python3", "kernelspecs": {}}


def test_the_addresses_of_icons_lie_below_the_base_url(tmp_path: Path) -> None:
    with running(tmp_path, replace(Settings(), base_url="/nb/"), kernels(tmp_path)) as server:
        spec = server.api("GET", "api/kernelspecs/sage").object()

    assert isinstance(spec["resources"], dict)
    assert spec["resources"]["logo-svg"] == "/nb/kernelspecs/sage/logo-svg.svg"
