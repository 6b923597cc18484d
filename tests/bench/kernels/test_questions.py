"""The questions fail where a kernel does not do what its language says.

That they pass where it does is what tests/system/test_other_kernels.py looks at, with real ones.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.kernels import questions, table
from bench.kernels.table import Cannot
from bench.kernels.talk import Talk, Wrong
from tests.bench.kernels.test_talk import play


@pytest.mark.slow
def test_a_failure_that_a_kernel_does_not_tell_is_wrong(tmp_path: Path) -> None:
    async def scenario(talk: Talk) -> None:
        await questions.error(talk, replace(table.BASH, fails="print hello"))

    with pytest.raises(Wrong, match="the reply is ok"):
        play(tmp_path, scenario)


def test_the_last_question_is_the_one_that_ends_the_kernel() -> None:
    assert list(questions.QUESTIONS)[-1] == "shutdown"


def test_what_a_kernel_cannot_do_is_known_by_the_name_of_the_question() -> None:
    deaf = replace(table.PYTHON, asks=Cannot("it is deaf", "code"))

    assert {name: limit.why for name, limit in questions.limits(deaf).items()} == {"stdin": "it is deaf"}
