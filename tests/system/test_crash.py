"""`kill -9` at any moment, a full disk: the next start shows everything that was acknowledged, and no file is torn."""

from __future__ import annotations

import asyncio
import json
import signal
from pathlib import Path

import pytest

from adrastea.documents.edits import SetSource
from adrastea.documents.notebook import CellId, JsonObject
from tests.documents.bad_disks import full_disk
from tests.server.page import opened_at
from tests.system import crashes
from tests.system.crashes import FIRST, PATH, found, moments, notebook, place, served, worked_until_killed
from tests.system.document import Cell, running_cell, write
from tests.system.program import Program

pytestmark = pytest.mark.slow

NEVER, OFTEN = 3600.0, 0.02


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("autosave_seconds", [NEVER, OFTEN])
def test_whenever_it_is_killed_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, root: Path, autosave_seconds: float
) -> None:
    file = notebook(root)
    number = 0
    for seconds in moments(6, 0.4, seed=1):
        with served(tmp_path / "home", root, autosave_seconds) as (running, url):
            work = asyncio.run(worked_until_killed(running, url, number, seconds))
        assert crashes.on_disk(file) <= work.sent
        with served(tmp_path / "home", root, NEVER) as (running, url):
            shown = asyncio.run(found(url))
            running.popen.send_signal(signal.SIGKILL)  # before it has saved what it found
        assert work.acknowledged <= shown.number <= work.sent
        assert shown.cells == 2 + shown.number // 5
        assert shown.state in {"saved", "unsaved"}
        number = shown.number


def test_what_a_kernel_had_said_is_there_after_the_program_was_killed(tmp_path: Path, root: Path) -> None:
    write(root, PATH, Cell("first", "0"), Cell("talks", "for n in range(5): print(n)"))

    async def run(running: Program, url: str) -> None:
        async with opened_at(*place(url), PATH) as page:
            await running_cell(url, PATH, "talks", "0\n1\n2\n3\n4\n")
            await page.hear_ack(await page.edit(SetSource(FIRST, "1")))  # and so what came before it
            running.popen.send_signal(signal.SIGKILL)

    async def look(url: str) -> None:
        async with opened_at(*place(url), PATH) as page:
            assert page.text("talks") == "0\n1\n2\n3\n4\n"
            assert crashes.was_restored(page)

    with served(tmp_path / "home", root, NEVER) as (running, url):
        asyncio.run(run(running, url))
    with served(tmp_path / "home", root, NEVER) as (_, url):
        asyncio.run(look(url))


def test_what_a_full_disk_did_not_take_is_there_after_the_program_was_killed(tmp_path: Path) -> None:
    text = "x" * 200_000
    with full_disk() as root:
        notebook(root)

        async def fill(url: str) -> None:
            async with opened_at(*place(url), PATH) as page:
                await page.hear_ack(await page.edit(SetSource(FIRST, text)))
                await page.hear(lambda said: said["type"] == "document" and said["state"] == "failed")

        async def look(url: str) -> None:
            async with opened_at(*place(url), PATH) as page:
                assert page.source("first") == text

        with served(tmp_path / "home", root, OFTEN) as (running, url):
            asyncio.run(fill(url))
            running.end(signal.SIGKILL)
        assert crashes.on_disk(root / PATH) == 0
        with served(tmp_path / "home", root, OFTEN) as (_, url):
            asyncio.run(look(url))


def test_the_version_that_had_been_saved_is_offered_and_can_be_left_again(tmp_path: Path, root: Path) -> None:
    file = notebook(root)

    async def edit(running: Program, url: str) -> None:
        async with opened_at(*place(url), PATH) as page:
            await page.hear_ack(await page.edit(SetSource(FIRST, "7")))
            running.popen.send_signal(signal.SIGKILL)  # before the page is closed: that saves

    async def choose(url: str) -> None:
        async with opened_at(*place(url), PATH) as page:
            await page.send({"type": "show", "version": "saved"})
            await page.hear(lambda _: page.source("first") == "0")
            await page.send({"type": "show", "version": "restored"})
            await page.hear(lambda _: page.source("first") == "7")
            await page.send({"type": "show", "version": "saved"})
            await page.send({"type": "settle"})
            await page.hear(lambda said: said["type"] == "document" and said["restored"] is None)
            await page.send({"type": "save", "seq": 1})
            await page.hear_type("saved")

    with served(tmp_path / "home", root, NEVER) as (running, url):
        asyncio.run(edit(running, url))
    with served(tmp_path / "home", root, NEVER) as (running, url):
        asyncio.run(choose(url))
        running.end(signal.SIGKILL)
    assert crashes.on_disk(file) == 0
    with served(tmp_path / "home", root, NEVER) as (_, url):
        assert asyncio.run(found(url)).restored is False


def test_a_notebook_without_ids_finds_its_cells_again(tmp_path: Path, root: Path) -> None:
    old: JsonObject = {
        "cells": [{"cell_type": "code", "source": "0", "metadata": {}, "outputs": [], "execution_count": None}]
    }
    (root / PATH).write_text(json.dumps({**old, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))

    async def edit(running: Program, url: str) -> CellId:
        async with opened_at(*place(url), PATH) as page:
            made = page.notebook.cells[0].id
            await page.hear_ack(await page.edit(SetSource(made, "7")))
            running.popen.send_signal(signal.SIGKILL)
            return made

    async def look(url: str, made: CellId) -> None:
        async with opened_at(*place(url), PATH) as page:
            assert page.source(made) == "7"

    with served(tmp_path / "home", root, NEVER) as (running, url):
        made = asyncio.run(edit(running, url))
    with served(tmp_path / "home", root, NEVER) as (_, url):
        asyncio.run(look(url, made))
