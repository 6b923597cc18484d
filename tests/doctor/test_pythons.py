"""Which Pythons have no kernel, and what is said about them."""

from __future__ import annotations

from pathlib import Path

from adrastea.doctor.pythons import finding, without_kernel
from adrastea.kernels.pythons import Python
from tests.kernels.test_pythons import install


def test_what_a_kernelspec_starts_has_a_kernel_by_whichever_name(tmp_path: Path) -> None:
    with_one = install(tmp_path / "a", "python", "python3")
    without = install(tmp_path / "b")

    idle = without_kernel([Python(with_one), Python(without)], [with_one.with_name("python3")])

    assert [python.executable for python in idle] == [without]


def test_each_is_named_and_the_system_s_own_gets_an_environment_first(tmp_path: Path) -> None:
    own, system = install(tmp_path / "own"), install(tmp_path / "system")
    (tmp_path / "system/lib/python3.11").mkdir(parents=True)
    (tmp_path / "system/lib/python3.11/EXTERNALLY-MANAGED").touch()

    said = finding([Python(own), Python(system)])

    assert said.state == "ok"
    assert said.details == {"executables": [str(own), str(system)]}
    assert "-m ipykernel install --user" in said.mend
    assert f"{system} -m venv" in said.mend
    assert "venv" not in finding([Python(own)]).mend
