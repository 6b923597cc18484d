"""Which Node serves."""

import pytest

from build.node import is_new_enough


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v23.0.0", "v24.1.0", "v100.0.0"])
def test_a_node_that_vite_runs_on_is_taken(version: str) -> None:
    assert is_new_enough(version)


@pytest.mark.parametrize("version", ["", "node", "v18.20.4", "v20.18.3", "v21.7.0", "v22.11.0", "v9.0.0"])
def test_a_node_that_vite_does_not_run_on_is_refused(version: str) -> None:
    assert not is_new_enough(version)
