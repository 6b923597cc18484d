"""The environment of the kernels that the tests run, made for real, for requirements that ask for nothing."""

from pathlib import Path

import pytest

from build import other_kernels
from build.console import answer


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose tests need no kernel."""
    requirements = tmp_path / "kernels.txt"
    requirements.write_text("# chosen\n")
    monkeypatch.setattr("build.console.ROOT", tmp_path)
    monkeypatch.setattr("build.console.CACHE", tmp_path / ".cache")
    monkeypatch.setattr(other_kernels, "FOLDER", tmp_path / "kernels")
    monkeypatch.setattr(other_kernels, "PYTHON", tmp_path / "kernels" / "bin" / "python")
    monkeypatch.setattr(other_kernels, "_REQUIREMENTS", requirements)
    return tmp_path


@pytest.mark.slow
def test_it_is_made_once_and_again_when_the_requirements_change(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    for text in ("# chosen\n", "# chosen\n", "# chosen, again\n"):
        (empty / "kernels.txt").write_text(text)
        other_kernels.ensure()
        said.append(capsys.readouterr().out.partition(" the kernels")[0])

    assert said == ["Installing", "", "Installing"]
    assert answer([other_kernels.PYTHON, "-c", "import sys; print(sys.prefix)"]) == str(empty / "kernels")
