"""Which ways there are."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from adrastea.kernels.starters import cold, warm
from adrastea.kernels.starting import NewProcess
from adrastea.kernels.zygotes import Zygotes


def test_without_warm_kernels_each_is_a_new_process(tmp_path: Path) -> None:
    assert isinstance(cold(tmp_path), NewProcess)


def test_nothing_is_started_and_nothing_written_before_the_first_kernel(tmp_path: Path) -> None:
    async def scenario() -> None:
        starter = warm(tmp_path / "run", os.environ)
        await starter.close()

    asyncio.run(scenario())

    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("system", "forks"), [("linux", True), ("darwin", False), ("win32", False)])
def test_kernels_are_forked_only_where_a_fork_is_known_to_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, *, forks: bool
) -> None:
    async def scenario() -> bool:
        monkeypatch.setattr(sys, "platform", system)
        starter = warm(tmp_path, os.environ)
        monkeypatch.undo()
        return isinstance(starter, Zygotes)

    assert asyncio.run(scenario()) is forks
