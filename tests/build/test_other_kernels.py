"""The kernels that the tests run are not installed into `.venv`."""

from build import environment, other_kernels


def test_they_have_an_environment_of_their_own() -> None:
    assert not other_kernels.PYTHON.is_relative_to(environment.VENV)
