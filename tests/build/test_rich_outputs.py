"""What draws the rich outputs of the tests is not installed into `.venv`."""

from build import environment, rich_outputs


def test_it_has_an_environment_of_its_own() -> None:
    assert not rich_outputs.PYTHON.is_relative_to(environment.VENV)
