"""How a process has ended, as a sentence."""

import pytest

from adrastea.kernels.exit import Exit


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (Exit(0), "The kernel has ended by itself, as after exit() or quit()."),
        (Exit(3), "The kernel has ended by itself with exit code 3."),
        (Exit(signal=9), "The kernel was killed by signal 9 (SIGKILL), possibly because memory ran out."),
        (Exit(signal=11), "The kernel was killed by signal 11 (SIGSEGV), usually a fault in a compiled library."),
        (Exit(signal=10), "The kernel was killed by signal 10 (SIGUSR1)."),
        (Exit(signal=40), "The kernel was killed by signal 40."),
        (Exit(3221225495), "The kernel has ended by itself with exit code 3221225495: memory ran out."),
        (Exit(), "The kernel has ended, and what had started it as well, so that the cause is not known."),
    ],
)
def test_an_end_has_a_cause(end: Exit, sentence: str) -> None:
    assert end.cause() == sentence
