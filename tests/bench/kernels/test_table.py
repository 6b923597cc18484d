"""The table of languages: eight kinds, each with code of its own."""

from __future__ import annotations

from bench.kernels import table
from bench.kernels.questions import QUESTIONS, limits


def test_there_are_kernels_of_eight_kinds() -> None:
    assert len({language.kernel for language in table.ALL}) >= 8
    assert len({language.name for language in table.ALL}) == len(table.ALL)


def test_what_a_kernel_cannot_do_has_a_reason_and_is_a_question() -> None:
    found = {name: limit for language in table.ALL for name, limit in limits(language).items()}

    assert found.keys() <= QUESTIONS.keys()
    assert all(limit.why for limit in found.values())


def test_no_kernel_is_excused_from_running_code_or_from_a_million_characters() -> None:
    excused = {name for language in table.ALL for name in limits(language)}

    assert excused.isdisjoint({"execute", "many requests", "1 MB of output", "shutdown"})
    assert len(table.DIGITS) == 1_000_000
