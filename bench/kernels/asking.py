"""Asks the kernels of a server all questions, several kernels at a time, and says how each was answered.

The kernelspecs are written first. Each names a word in its `env` that the kernel's processes must bear: so an `env`
that the server does not hand on is noticed, and so are processes of a kernel that was shut down. What a server keeps
ready for the next kernel bears it too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias
from uuid import uuid4

from bench.comparison import rest
from bench.kernels.questions import QUESTIONS
from bench.kernels.table import Language
from bench.kernels.talk import Wrong, talking

PASSED: Final = "passed"
Answers: TypeAlias = Mapping[str, Mapping[str, str]]
"""`PASSED`, or what was wrong: by the name of the language and of the question."""

_AT_A_TIME: Final = 4
_MARK: Final = "ADRASTEA_LANGUAGE"
_GONE_SECONDS: Final = 10.0
_POLL_SECONDS: Final = 0.05


def install(kernels: Path, languages: Sequence[Language]) -> Mapping[str, str]:
    """Write the kernelspecs into a folder of them; the words that the processes bear, by the name of the language."""
    marks = {language.name: uuid4().hex for language in languages}
    for language in languages:
        folder = kernels / language.name
        folder.mkdir(parents=True)
        spec = {
            "argv": language.argv,
            "display_name": language.title,
            "language": language.name,
            "interrupt_mode": language.interrupt_mode,
            "env": {**language.env, _MARK: marks[language.name]},
        }
        (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return marks


async def answers(where: rest.Address, languages: Sequence[Language], marks: Mapping[str, str]) -> Answers:
    """Ask all languages whose kernelspecs `install` has written."""
    places = asyncio.Semaphore(_AT_A_TIME)

    async def asked(language: Language) -> Mapping[str, str]:
        async with places:
            return await _answers(where, language, marks[language.name])

    found = await asyncio.gather(*map(asked, languages))
    return {language.name: answered for language, answered in zip(languages, found, strict=True)}


async def _answers(where: rest.Address, language: Language, mark: str) -> Mapping[str, str]:
    """One language: a kernel that has failed a question is replaced, so that the next finds one in order."""
    found: dict[str, str] = {}
    names = list(QUESTIONS)
    while names:
        try:
            kernel = await rest.ask(where, "POST", "api/kernels", {"name": language.name})
            done = await _asked(where, language, str(kernel["id"]), names, mark)
            names = names[len(done) :]
            found |= done
        except (OSError, rest.Refused) as error:
            found |= dict.fromkeys(names, f"the server: {error}")
            names = []
    return found


async def _asked(
    where: rest.Address, language: Language, kernel_id: str, names: Sequence[str], mark: str
) -> dict[str, str]:
    """The answers up to the first that is wrong; then the kernel has been shut down."""
    found: dict[str, str] = {}
    async with talking(where, kernel_id) as talk:
        for name in names:
            try:
                before = set(bearing(mark)) if name == "shutdown" else set[int]()
                await QUESTIONS[name](talk, language)
                if before and not await _ended(mark, before):
                    raise Wrong("its process is left")  # noqa: TRY301 -- told like all that is wrong
                if name == "execute" and not bearing(mark):
                    raise Wrong("its process lacks what kernel.json has in env")  # noqa: TRY301 -- the same
            except (Wrong, OSError, rest.Refused) as error:
                found[name] = str(error)
                if name != "shutdown":
                    await talk.ask("DELETE")
                break
            found[name] = PASSED
    return found


async def _ended(mark: str, before: set[int]) -> bool:
    """Whether one of these processes has ended, or does within a while. Linux only: it reads /proc."""
    for _ in range(int(_GONE_SECONDS / _POLL_SECONDS)):
        if not before <= set(bearing(mark)):
            return True
        await asyncio.sleep(_POLL_SECONDS)
    return False


def bearing(mark: str) -> list[int]:
    """The processes that bear the word in their environment, by their numbers."""
    wanted, found = f"{_MARK}={mark}".encode(), list[int]()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:  # it has ended, or is another user's
                continue
    return found
