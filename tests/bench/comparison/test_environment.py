"""The other servers are not installed into `.venv`."""

from bench.comparison.environment import PYTHON
from build import environment


def test_they_have_an_environment_of_their_own() -> None:
    assert not PYTHON.is_relative_to(environment.VENV)
