"""The thread of the past runs: in order, never waited for, and a disk that refuses is for the log."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from adrastea.documents.past_runs import PastRuns
from adrastea.documents.run_keeping import RunKeeping
from tests.documents.test_past_runs import PLENTY, ran


def test_a_run_is_kept_under_the_name_that_its_notebook_gets_afterwards(tmp_path: Path) -> None:
    async def main() -> None:
        keeping = RunKeeping(PastRuns(tmp_path / "runs", PLENTY))
        old, new = tmp_path / "old.ipynb", tmp_path / "new.ipynb"
        keeping.keep(old, ran(1))
        await keeping.move(old, new)

        run, source, outputs = await keeping.one(new, "1")
        assert (run.id, source, outputs) == ("1", ran(1).source, ran(1).outputs)
        await keeping.forget(new)
        assert await keeping.of_cell(new, "a") == []
        await keeping.close()

    asyncio.run(main())


def test_what_was_asked_for_is_done_at_the_end(tmp_path: Path) -> None:
    async def main() -> None:
        keeping = RunKeeping(PastRuns(tmp_path / "runs", PLENTY))
        for number in range(20):
            keeping.keep(tmp_path / "n.ipynb", ran(number))
        await keeping.close()
        keeping.keep(tmp_path / "n.ipynb", ran(20))  # somebody who has not heard of the end

    asyncio.run(main())
    assert len(PastRuns(tmp_path / "runs", PLENTY).of_cell(tmp_path / "n.ipynb", "a")) == 20


def test_a_disk_that_refuses_is_for_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "runs").write_bytes(b"")
    file = tmp_path / "n.ipynb"

    async def main() -> None:
        keeping = RunKeeping(PastRuns(tmp_path / "runs", PLENTY))
        keeping.keep(file, ran(1))
        await keeping.move(file, file)
        await keeping.forget(file)
        await keeping.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(main())
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "a run is not kept",
        "past runs keep the old name of their notebook",
        "past runs of a deleted notebook are still there",
    ]


def test_what_waits_for_a_slow_disk_is_bounded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adrastea.documents.run_keeping._MOST_WAITING", 2)

    async def main() -> None:
        keeping = RunKeeping(PastRuns(tmp_path / "runs", PLENTY))
        for number in range(5):  # without a turn of the loop in between: to it, none of them is done
            keeping.keep(tmp_path / "n.ipynb", ran(number))
        await keeping.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(main())
    assert len(caplog.records) == 3
    assert len(PastRuns(tmp_path / "runs", PLENTY).of_cell(tmp_path / "n.ipynb", "a")) == 2
