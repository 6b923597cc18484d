"""Our folders, settings and instance."""

from __future__ import annotations

from pathlib import Path

import pytest

from adrastea.desktop.single_instance import SingleInstance
from adrastea.doctor.finding import Finding
from adrastea.doctor.folders import examine


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment with folders of its own, which are not there yet."""
    folders = {"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run"}
    return {name: str(tmp_path / folder) for name, folder in folders.items()}


def look(environ: dict[str, str]) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(environ)}


def test_folders_that_are_not_made_yet_are_fine_and_stay_unmade(environ: dict[str, str], tmp_path: Path) -> None:
    found = look(environ)

    assert {finding.state for finding in found.values()} == {"ok"}
    assert "not made yet" in found["state-folder"].found
    assert found["instance"].found == "none"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_others_can_look_into_is_told_with_the_command_that_closes_it(
    environ: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "run" / "adrastea"
    folder.mkdir(parents=True)
    folder.chmod(0o755)

    found = look(environ)["runtime-folder"]

    assert (found.state, found.found) == ("warning", f"{folder}, mode 0755")
    assert f"chmod 700 {folder}" in found.mend


def test_a_folder_that_the_program_refuses_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    for name in ("state", "run", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "state" / "adrastea").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "run" / "adrastea").mkdir()
    (tmp_path / "run" / "adrastea").chmod(0o777)

    found = look(environ)

    assert found["state-folder"].found == f"{tmp_path}/state/adrastea is a link"
    assert found["runtime-folder"].mend.startswith("Others can write into it, so it is not used")


def test_a_folder_that_is_ours_alone_is_fine_and_tells_the_free_space(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "state" / "adrastea").mkdir(mode=0o700, parents=True)

    found = look(environ)["state-folder"]

    assert found.state == "ok"
    assert found.found.endswith(" free")


def test_what_is_no_folder_and_what_leads_nowhere_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    for name in ("state", "run"):
        (tmp_path / name).mkdir()
    (tmp_path / "state" / "adrastea").touch()
    (tmp_path / "run" / "adrastea").symlink_to(tmp_path / "gone")

    found = look(environ)

    assert "is not a folder" in found["state-folder"].found
    assert "No such file" in found["runtime-folder"].found


def test_a_settings_file_that_makes_no_sense_is_missing_what_serving_needs(
    environ: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "config" / "adrastea" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("port = 'x'", encoding="utf-8")

    found = look(environ)["settings-file"]

    assert found.state == "missing"
    assert "wrong type" in found.mend


def test_no_secret_of_the_settings_is_shown(environ: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "config" / "adrastea" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('token = "hushhush"', encoding="utf-8")

    assert "hushhush" not in repr(examine(environ))


def test_an_instance_that_runs_answers_and_opens_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    opened: list[Path] = []

    def note(paths: tuple[Path, ...]) -> str:
        opened.extend(paths)
        return ""

    with SingleInstance(tmp_path / "run" / "adrastea") as instance:
        assert instance.claim_or_hand_over([]) is None
        instance.on_open(note)

        assert look(environ)["instance"].found == "one runs and answers"
        assert opened == []


def test_an_instance_that_does_not_answer_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    with SingleInstance(tmp_path / "run" / "adrastea") as instance:
        assert instance.claim_or_hand_over([]) is None
        (tmp_path / "run" / "adrastea" / "instance.json").unlink()

        assert look(environ)["instance"].state == "warning"


def test_what_a_crash_has_left_is_no_instance(environ: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "run" / "adrastea"
    folder.mkdir(mode=0o700, parents=True)
    (folder / "instance.lock").touch()
    (folder / "instance.json").write_text('{"port": 1, "secret": "x"}', encoding="utf-8")

    assert look(environ)["instance"].found == "none"


def test_a_place_where_no_folder_can_be_made_is_told(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "state").touch()

    assert "cannot be made" in look(environ)["state-folder"].found
