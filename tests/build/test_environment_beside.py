"""An environment beside `.venv`, made for real, for requirements that ask for nothing."""

from pathlib import Path

import pytest

from build.console import answer
from build.environment_beside import EnvironmentBeside

ASKED = "a6ad7b420d04165d634b3e8829a00abc06edfed297b979f6995efecf809df957"  # sha256 of a==1


def test_nothing_is_ready_before_it_was_made(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("a==1\n", encoding="utf-8")

    assert not EnvironmentBeside(tmp_path, wanted).is_ready()


def test_what_was_installed_is_ready_until_another_version_is_asked_for(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("a==1\n", encoding="utf-8")
    (tmp_path / ".installed").write_text(ASKED, encoding="utf-8")
    environment = EnvironmentBeside(tmp_path, wanted)
    assert environment.is_ready()

    wanted.write_text("a==2\n", encoding="utf-8")

    assert not environment.is_ready()


@pytest.mark.slow
def test_it_is_made_once_and_again_when_the_requirements_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    environment = EnvironmentBeside(tmp_path / "beside", tmp_path / "wanted.txt")
    said: list[str] = []
    for text in ("# chosen\n", "# chosen\n", "# chosen, again\n"):
        environment.requirements.write_text(text, encoding="utf-8")
        environment.ensure("Installing.")
        said.append(capsys.readouterr().out.partition("\n")[0])

    assert said == ["Installing.", "", "Installing."]
    assert answer([environment.python, "-c", "import sys; print(sys.prefix)"]) == str(tmp_path / "beside")
