"""Kernels of eight kinds, real ones: what is asked of each, by REST and WebSocket, and what it answers.

The questions and the languages are those of `python -m bench.languages` (bench/kernels), which asks another server too.
All are asked once, several at a time, of the program as a user starts it; Deno, whose ZeroMQ is not libzmq, with
either transport.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.comparison.rest import Address
from bench.kernels import asking, table
from bench.kernels.questions import QUESTIONS
from bench.kernels.table import Language
from build import other_kernels
from tests.system.program import Program, program

pytestmark = pytest.mark.slow

TOKEN = "T"
ASKED: Mapping[str, Sequence[Language]] = {"native": table.ALL, "pyzmq": [table.DENO]}


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, asking.Answers]:
    """The answers, by transport; after the end of both programs nothing that they started is left."""
    assert other_kernels.PYTHON.exists(), "the kernels are not installed: make test does that"
    with ExitStack() as stack:
        homes = {transport: tmp_path_factory.mktemp(transport) for transport in ASKED}
        programs = {
            transport: stack.enter_context(
                program(
                    *(home, "serve", str(home), "--token", TOKEN, "--transport", transport),
                    environ={"JUPYTER_DATA_DIR": str(home / "jupyter")},
                )
            )
            for transport, home in homes.items()
        }

        async def all_of_both() -> Mapping[str, asking.Answers]:
            found = await asyncio.gather(*(asked(programs[name], homes[name], ASKED[name]) for name in ASKED))
            return dict(zip(ASKED, found, strict=True))

        found = asyncio.run(all_of_both())
        for one in programs.values():
            one.end()
            assert one.processes() == []
            assert one.errors() == ""
    return found


async def asked(served: Program, home: Path, languages: Sequence[Language]) -> asking.Answers:
    marks = asking.install(home / "jupyter" / "kernels", languages)
    return await asking.answers(Address(urlsplit(served.url()).port or 0, TOKEN), languages, marks)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", [language.name for language in table.ALL])
def test_a_kernel_does_what_it_can(answered: Mapping[str, asking.Answers], language: str, question: str) -> None:
    assert answered["native"][language][question] == asking.PASSED


@pytest.mark.parametrize("question", QUESTIONS)
def test_libzmq_on_our_side_serves_a_kernel_that_has_another_as_well(
    answered: Mapping[str, asking.Answers], question: str
) -> None:
    assert answered["pyzmq"]["deno"][question] == asking.PASSED
