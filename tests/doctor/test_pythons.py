"""Where Pythons are found, and which have no kernel."""

from __future__ import annotations

from pathlib import Path

from adrastea.doctor.pythons import Python, finding, pythons, without_kernel


def install(prefix: Path, *names: str) -> Path:
    """A Python there, by these names; the others are links to the last one."""
    folder = prefix / "bin"
    folder.mkdir(parents=True)
    *links, real = names or ("python3",)
    (folder / real).write_text(str(prefix), encoding="utf-8")
    for name in links:
        (folder / name).symlink_to(real)
    return folder / (links[0] if links else real)


def test_one_python_under_several_names_is_found_once_by_its_plainest(tmp_path: Path) -> None:
    executable = install(tmp_path / "usr", "python", "python3", "python3.11")
    (tmp_path / "bin").symlink_to(tmp_path / "usr" / "bin")

    found = pythons({"PATH": f"{executable.parent}:{tmp_path / 'bin'}"}, tmp_path, tmp_path)

    assert [python.executable for python in found] == [executable]


def test_an_environment_is_not_its_base_although_it_links_to_it(tmp_path: Path) -> None:
    base = install(tmp_path / "usr", "python3")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    own = tmp_path / ".venv" / "bin" / "python"
    own.symlink_to(base)

    found = pythons({"PATH": str(base.parent)}, tmp_path / "home", tmp_path)

    assert {python.executable for python in found} == {base, own}


def test_those_of_pyenv_conda_uv_pixi_and_the_folder_are_found(tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    wanted = {
        install(prefix)
        for prefix in (
            home / ".pyenv/versions/3.12.1",
            home / "miniforge3",
            home / "miniforge3/envs/forest",
            home / ".local/share/uv/python/cpython-3.13",
            here / ".pixi/envs/default",
            here / ".venv",
            tmp_path / "listed",
        )
    }
    (home / ".conda").mkdir()
    (home / ".conda" / "environments.txt").write_text(f"{tmp_path / 'listed'}\n/gone\n", encoding="utf-8")

    assert {python.executable for python in pythons({"PATH": ""}, home, here)} == wanted


def test_the_shims_of_pyenv_stand_for_the_others(tmp_path: Path) -> None:
    (tmp_path / "shims").mkdir()
    (tmp_path / "shims" / "python3").touch()

    assert pythons({"PATH": str(tmp_path / "shims")}, tmp_path, tmp_path) == []


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
