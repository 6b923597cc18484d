"""nbconvert as a program of its own: where it is found, what it answers, and how it ends."""

from __future__ import annotations

import asyncio
import json
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from adrastea.documents.notebook import JsonObject
from adrastea.errors import ConversionFailed, NotFound
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.server.converting import MISSING, Conversion, Converted, pythons, readable
from tests.fakes import nbconvert, processes
from tests.fakes.nbconvert import Begun

PYTHON = (sys.executable,)


@pytest.fixture(name="folder")
def folder_with_nbconvert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(nbconvert.install(tmp_path)))
    monkeypatch.setenv("FAKE_NBCONVERT", str(tmp_path))
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    return tmp_path


def question(kind: str) -> JsonObject:
    notebook: JsonObject = {"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    about: JsonObject = {"name": "n", "folder": "", "modified": "May 1, 2026", "sanitize": None}
    return {"format": kind, "notebook": notebook, **about}


def convert(folder: Path, kind: str, *found: tuple[str, ...]) -> Converted:
    async def run() -> Converted:
        return await Conversion(asyncio.Semaphore(1)).convert(question(kind), found or [PYTHON], folder)

    return asyncio.run(run())


def test_a_notebook_becomes_what_an_exporter_makes_of_it(folder: Path) -> None:
    made = convert(folder, "html")

    assert (made.extension, made.mimetype) == (".html", "text/html")
    told = json.loads(made.data.removeprefix(b"<p>"))
    assert told["cells"] == 1
    assert (told["name"], told["modified_date"], told["folder"]) == ("n", "May 1, 2026", str(folder))
    assert told["secret"] is None


def test_more_than_one_file_is_packed(folder: Path) -> None:
    made = convert(folder, "zipped")

    assert (made.extension, made.mimetype) == (".zip", "application/zip")
    with zipfile.ZipFile(BytesIO(made.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"n.md": b"# text", "plot.png": b"png"}


def test_what_an_exporter_prints_is_no_part_of_the_result(folder: Path) -> None:
    assert convert(folder, "prints") == Converted(b"\xff", ".bin", "")


def test_the_exporters_that_can_be_loaded_are_listed(folder: Path) -> None:
    found = asyncio.run(Conversion(asyncio.Semaphore(1)).exporters([PYTHON], folder))

    assert found["html"] == {"output_mimetype": "text/html"}
    assert found["prints"] == {"output_mimetype": None}
    assert "unloadable" not in found


def test_a_module_beside_the_notebook_is_not_taken_for_one_of_pythons(folder: Path) -> None:
    (folder / "nbformat.py").write_text("raise SystemExit('taken')")
    (folder / "json.py").write_text("raise SystemExit('taken')")

    assert convert(folder, "html").extension == ".html"


def test_a_format_that_there_is_not_is_told(folder: Path) -> None:
    with pytest.raises(NotFound, match="no such format"):
        convert(folder, "gone")


def test_a_failure_is_told_in_one_sentence_without_folders_and_traceback(folder: Path) -> None:
    with pytest.raises(ConversionFailed) as raised:
        convert(folder, "fails")

    assert str(raised.value) == (
        "nbconvert could not do it. OSError: xelatex not found in base.tex, see https://example.org/a/b"
    )


def test_a_program_that_dies_is_told_with_its_last_words(folder: Path) -> None:
    with pytest.raises(ConversionFailed, match="about to die"):
        convert(folder, "dies")


def test_without_nbconvert_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pip install nbconvert"):
        convert(tmp_path, "html", (sys.executable, "-I", "-S"), ("/gone/python",))
    with pytest.raises(NotFound) as raised:
        asyncio.run(Conversion(asyncio.Semaphore(1)).exporters([], tmp_path))
    assert str(raised.value) == MISSING


def test_the_next_python_is_asked_where_one_has_no_nbconvert(folder: Path) -> None:
    assert convert(folder, "html", (sys.executable, "-I", "-S"), PYTHON).extension == ".html"


# Its end


@pytest.fixture(name="slow")
def slow_conversions(folder: Path) -> Iterator[Begun]:
    begun = Begun(folder)
    yield begun
    begun.close()


async def gone(pids: list[int]) -> None:
    assert len(pids) == 2
    for pid in pids:
        await processes.gone(pid)


def test_one_that_nobody_waits_for_is_killed_with_what_it_has_started(folder: Path, slow: Begun) -> None:
    async def run() -> None:
        conversion = Conversion(asyncio.Semaphore(1))
        task = asyncio.get_running_loop().create_task(conversion.convert(question("slow"), [PYTHON], folder))
        pids = await slow.pids()
        conversion.cancel()
        with pytest.raises(ConversionFailed):
            await task
        await gone(pids)

    asyncio.run(run())


@pytest.mark.slow
def test_one_that_takes_too_long_is_killed_and_it_is_said_why(folder: Path, slow: Begun) -> None:
    async def run() -> None:
        conversion = Conversion(asyncio.Semaphore(1), limit_seconds=2.0)
        with pytest.raises(ConversionFailed, match="more than 2 seconds"):
            await conversion.convert(question("slow"), [PYTHON], folder)
        await gone(await slow.pids())

    asyncio.run(run())


def test_one_that_is_cancelled_while_it_waits_for_its_turn_never_begins(folder: Path, slow: Begun) -> None:
    async def run() -> None:
        turns = asyncio.Semaphore(1)
        conversion = Conversion(turns)
        async with turns:
            task = asyncio.get_running_loop().create_task(conversion.convert(question("slow"), [PYTHON], folder))
            await asyncio.sleep(0)
            conversion.cancel()
        with pytest.raises(ConversionFailed, match="ended"):
            await task

    asyncio.run(run())
    assert slow.is_silent()


# Where it is


def spec(*argv: str) -> KernelSpec:
    return KernelSpec("x", argv, "X", "python", Path("/"))


def test_the_python_of_the_command_comes_first_and_then_those_of_kernels(tmp_path: Path) -> None:
    found = pythons(
        [
            spec("/a/bin/python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            spec("/usr/bin/deno", "jupyter", "{connection_file}"),
            spec("/a/bin/python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
        ],
        {"PATH": str(nbconvert.command(tmp_path))},
    )

    assert found == [(sys.executable,), ("/a/bin/python3",)]


def test_a_command_that_is_no_script_of_python_has_its_python_beside_it(tmp_path: Path) -> None:
    folder = nbconvert.command(tmp_path)
    (folder / "jupyter-nbconvert").write_bytes(b"MZ")
    (folder / "python3").touch()

    assert pythons([], {"PATH": str(folder)}) == [(str(folder / "python3"),)]


def test_without_both_there_is_none(tmp_path: Path) -> None:
    assert pythons([], {"PATH": str(tmp_path)}) == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a\n  File x, line 1\nb", "a b"),
        ("no /home/ada/x y/z.tex", "no x y/z.tex"),
        ("no '/home/ada/x.tex': gone", "no 'x.tex': gone"),
        (r"no C:\Users\ada\x.tex", "no x.tex"),
        ("in /home/ada/", "in a folder"),
        ("see https://example.org/a/b.html and a/b/c", "see https://example.org/a/b.html and a/b/c"),
        ("x" * 600, "x" * 500 + "…"),
    ],
)
def test_what_is_said_names_no_folder(said: str, shown: str) -> None:
    assert readable(said) == shown
