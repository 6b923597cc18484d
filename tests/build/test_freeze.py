"""The program that freezes: what it says when it is not understood. What it makes is tested by `make test-app`."""

from __future__ import annotations

import pytest

from build import freeze


@pytest.mark.parametrize("arguments", [[], ["other"], ["nuitka", "pyinstaller"]])
def test_it_says_which_freezers_there_are(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert freeze.main(arguments) == 2
    assert "nuitka|pyinstaller" in capsys.readouterr().out
