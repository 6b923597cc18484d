"""The table of terminals: names, limits, and the end of all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from adrastea.errors import BadRequest, Conflict, NotFound
from adrastea.terminals.terminals import Terminals


@pytest.fixture(autouse=True)
def plain_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/sh")


@pytest.mark.slow
def test_names_are_given_or_the_first_free_number(tmp_path: Path) -> None:
    async def story() -> None:
        terminals = Terminals()
        names = [terminals.start(name, tmp_path).name for name in (None, "2", None, "mine")]
        assert names == ["1", "2", "3", "mine"]
        await terminals.get("1").end()
        assert terminals.start(None, tmp_path).name == "1"
        await terminals.close()
        assert terminals.all() == ()

    asyncio.run(story())


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    async def story() -> None:
        terminals = Terminals()
        terminals.start("mine", tmp_path)
        with pytest.raises(Conflict):
            terminals.start("mine", tmp_path)
        await terminals.close()

    asyncio.run(story())


@pytest.mark.parametrize("name", ["", "..", "a/b", "a b", "a\n", "x" * 65, "\0"])
def test_what_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        Terminals().start(name, tmp_path)


def test_a_terminal_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        Terminals().get("1")
