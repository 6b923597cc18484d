"""The command line as values."""

from __future__ import annotations

from pathlib import Path

import pytest

from adrastea.cli import Desktop, Doctor, Export, Password, Serve, parse
from adrastea.errors import StartFailed


def test_no_arguments_open_the_window_without_paths() -> None:
    assert parse([]) == Desktop(())


def test_paths_become_absolute_so_that_another_process_understands_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert parse(["trees.ipynb", "/data"]) == Desktop((tmp_path / "trees.ipynb", Path("/data")))


def test_a_file_called_serve_can_be_opened_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert parse(["./serve"]) == Desktop((tmp_path / "serve",))


def test_serve_takes_this_folder_and_leaves_the_rest_to_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert parse(["serve"]) == Serve(tmp_path)


def test_serve_takes_every_option(tmp_path: Path) -> None:
    options = ["--ip", "0.0.0.0", "--port", "8888", "--token", "T", "--base-url", "/a", "--transport", "native"]

    tls = ["--protected", "--certfile", "/c.pem", "--keyfile", "/k.pem"]

    assert parse(["serve", str(tmp_path), *options, *tls, "--browser"]) == Serve(
        tmp_path,
        "0.0.0.0",
        8888,
        "T",
        "/a",
        "native",
        protected=True,
        certfile=Path("/c.pem"),
        keyfile=Path("/k.pem"),
        open_browser=True,
    )


def test_no_browser_is_accepted_and_is_the_default(tmp_path: Path) -> None:
    assert parse(["serve", str(tmp_path), "--no-browser"]) == parse(["serve", str(tmp_path)])


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8888x", "٣"])
def test_a_port_that_does_not_exist_is_refused_with_a_sentence(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["serve", f"--port={port}"])

    assert ended.value.code == 2
    assert "give a number from 0 to 65535" in capsys.readouterr().err


def test_serving_what_is_not_a_folder_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["serve", str(tmp_path / "missing")])

    assert ended.value.code == 2
    assert "is not a folder" in capsys.readouterr().err


def test_an_unknown_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--nonsense"])

    assert ended.value.code == 2
    assert "--nonsense" in capsys.readouterr().err


def test_a_password_is_chosen_or_removed() -> None:
    assert parse(["password"]) == Password()
    assert parse(["password", "--remove"]) == Password(remove=True)


def test_doctor_is_a_command_for_people_and_for_programs() -> None:
    assert parse(["doctor"]) == Doctor(as_json=False)
    assert parse(["doctor", "--json"]) == Doctor(as_json=True)


def test_version_names_the_program_how_it_runs_and_its_python(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--version"])

    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Adrastea 0.")
    assert "(from source, Python 3." in shown


def test_help_shows_examples_and_how_to_serve(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["--help"])

    shown = capsys.readouterr().out
    assert "trees.ipynb" in shown
    assert "serve" in shown
    assert "adrastea doctor" in shown


@pytest.mark.parametrize("argv", [["serve"], ["serve", "."], ["trees.ipynb"]])
def test_a_current_folder_that_is_gone_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    with pytest.raises(StartFailed, match="does not exist any more"):
        parse(argv)


def test_export_takes_every_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    command = parse(["export", "a.ipynb", "b.ipynb", "--to", "md", "-o", "out/", "--no-input", "--embed", "--force"])

    paths = (tmp_path / "a.ipynb", tmp_path / "b.ipynb")
    assert command == Export(paths, "md", tmp_path / "out", True, False, False, True, True)  # noqa: FBT003


@pytest.mark.parametrize(
    "argv",
    [
        ["a.ipynb"],
        ["--to", "py"],
        ["a.ipynb", "--to", "docx"],
        ["a.ipynb", "--to", "py", "--no-input"],
        ["a.ipynb", "b.ipynb", "--to", "py", "--output", "-"],
        ["a.ipynb", "b.ipynb", "--to", "py", "--output", "one.py"],
    ],
)
def test_an_export_that_makes_no_sense_is_refused_with_the_usage(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["export", *argv])

    assert ended.value.code == 2
