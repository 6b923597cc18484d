"""Where Pythons are found."""

from __future__ import annotations

from pathlib import Path

from adrastea.kernels.pythons import pythons


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
