"""The composition root: exit codes and sentences; the whole program is tested in tests/system."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import app
from adrastea.logbook.logbook import Logbook
from adrastea.settings import load_settings


@pytest.fixture(autouse=True)
def _settings_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))


def test_what_prevents_a_start_is_one_sentence_and_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = app.main(["serve", str(tmp_path), "--token", "two words"])

    shown = capsys.readouterr()
    assert code == 1
    assert shown.out == ""
    assert shown.err == "adrastea: The token may hold letters, digits and signs of ASCII only, no spaces.\n"


def test_ctrl_c_before_the_server_answers_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(argv: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("adrastea.cli.parse", interrupted)

    assert app.main(["serve"]) == 130


def test_everything_that_it_builds_starts_answers_and_ends(tmp_path: Path) -> None:
    async def scenario() -> str:
        server = app.build(load_settings({"root": tmp_path, "token": "T"}), Logbook(tmp_path, "test"))
        try:
            await server.start()
            return server.url
        finally:
            await server.stop()

    assert asyncio.run(scenario()).endswith("/?token=T")
