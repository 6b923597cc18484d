"""JupyterHub is not installed into `.venv`."""

from build import environment, hub_environment


def test_it_has_an_environment_of_its_own() -> None:
    assert not hub_environment.PYTHON.is_relative_to(environment.VENV)
