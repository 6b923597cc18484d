"""Where the packages of a kernel lie, without importing them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.package_folders import PackageFolders


def spec(*argv: str, prefix: str = "", env: Mapping[str, str] | None = None) -> KernelSpec:
    return KernelSpec(
        name="k", argv=argv, display_name="K", language="python", resource_dir=Path(), prefix=prefix, env=env or {}
    )


def of_ours(package_path: Path) -> KernelSpec:
    return spec(sys.executable, "-m", "ipykernel_launcher", "-f", "x", env={"PYTHONPATH": str(package_path)})


@pytest.fixture(name="packages")
def folder_with_a_package_that_must_not_be_imported(tmp_path: Path) -> Path:
    folder = tmp_path / "packages"
    (folder / "plots").mkdir(parents=True)
    (folder / "plots" / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / "single.py").write_text("")
    return folder


def test_the_kernels_python_says_where_a_package_lies(packages: Path) -> None:
    assert PackageFolders().find(of_ours(packages), "plots") == packages / "plots"


@pytest.mark.parametrize("package", ["single", "nothing_of_that_name"])
def test_what_is_no_package_is_not_found(packages: Path, package: str) -> None:
    assert PackageFolders().find(of_ours(packages), package) is None


def test_what_is_installed_later_is_found_then(packages: Path) -> None:
    folders = PackageFolders()
    assert folders.find(of_ours(packages), "later") is None

    (packages / "later").mkdir()

    assert folders.find(of_ours(packages), "later") == packages / "later"


def test_what_was_found_is_remembered_as_long_as_it_is_there(packages: Path) -> None:
    folders = PackageFolders()
    folders.find(of_ours(packages), "plots")
    elsewhere = of_ours(packages.parent)  # the same Python: it is not asked again

    assert folders.find(elsewhere, "plots") == packages / "plots"
    (packages / "plots").rename(packages / "gone")
    assert folders.find(elsewhere, "plots") is None


def test_a_kernel_of_another_kind_is_looked_for_below_its_prefix(tmp_path: Path) -> None:
    folder = tmp_path / "lib" / "python3.12" / "site-packages" / "plots"
    folder.mkdir(parents=True)

    assert PackageFolders().find(spec("xpython", prefix=str(tmp_path)), "plots") == folder
    assert PackageFolders().find(spec("xpython", prefix=str(tmp_path)), "other") is None
    assert PackageFolders().find(spec("xpython"), "plots") is None


def test_a_python_that_cannot_be_executed_has_no_packages(tmp_path: Path) -> None:
    gone = spec(str(tmp_path / "python3"), "-m", "ipykernel_launcher", "-f", "x")

    assert PackageFolders().find(gone, "plots") is None


def test_the_folder_that_we_run_in_is_not_searched(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(packages)

    assert PackageFolders().find(of_ours(tmp_path), "plots") is None
