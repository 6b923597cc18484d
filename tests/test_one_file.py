"""What the launcher of the one file tells: heard by the program, and by nobody that it starts."""

from __future__ import annotations

import sys

import pytest

from adrastea.one_file import settle


@pytest.fixture(autouse=True)
def own_sys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/cache/python")
    monkeypatch.setattr(sys, "frozen", False, raising=False)


def test_a_frozen_program_knows_the_file_that_the_user_started(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"ADRASTEA_ONE_FILE": "/opt/adrastea", "LANG": "C"}

    settle(environ, compiled=True)

    assert getattr(sys, "frozen", None) is True
    assert sys.executable == "/opt/adrastea"
    assert environ == {"LANG": "C"}


def test_from_source_nothing_changes_and_a_foreign_word_is_not_believed() -> None:
    environ = {"ADRASTEA_ONE_FILE": "/tmp/other"}

    settle(environ, compiled=False)

    assert getattr(sys, "frozen", None) is False
    assert sys.executable == "/cache/python"
    assert environ == {}


def test_what_was_set_for_other_pythons_is_set_for_kernels_again() -> None:
    environ = {"ADRASTEA_ONE_FILE": "/opt/adrastea", "ADRASTEA_HIDDEN_PYTHONIOENCODING": "latin-1"}

    settle(environ, compiled=True)

    assert environ == {"PYTHONIOENCODING": "latin-1"}


def test_without_a_launcher_the_executable_stays() -> None:
    settle({}, compiled=True)

    assert sys.executable == "/cache/python"
