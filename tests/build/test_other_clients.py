"""The clients that the tests try are not installed into `.venv`."""

from build import environment, other_clients


def test_they_have_an_environment_of_their_own() -> None:
    assert not other_clients.PYTHON.is_relative_to(environment.VENV)
