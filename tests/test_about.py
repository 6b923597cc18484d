"""What the program says about itself."""

from __future__ import annotations

import sys

import pytest

from adrastea.about import about, form, one_line, pretty_name


@pytest.mark.parametrize(
    ("frozen", "executable", "module", "said"),
    [
        (True, "/home/ada/adrastea", "", "one file"),
        (True, "/usr/bin/adrastea", "", "installed, one file"),
        (
            False,
            "/usr/bin/python3",
            "/x/lib/python3.11/site-packages/adrastea/about.py",
            "installed as a Python package",
        ),
        (False, "/usr/bin/python3", "/home/ada/adrastea/adrastea/about.py", "from source"),
    ],
)
def test_how_it_runs_is_told_by_where_it_lies(frozen: bool, executable: str, module: str, said: str) -> None:  # noqa: FBT001 -- a parameter of the test
    assert form(frozen, executable, module) == said


def test_the_name_of_the_distribution_is_read_with_and_without_quotes() -> None:
    assert pretty_name('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n') == "Debian GNU/Linux 12 (bookworm)"
    assert pretty_name("PRETTY_NAME=Alpine") == "Alpine"
    assert pretty_name("ID=other") == ""


def test_this_run_is_from_source_in_this_python() -> None:
    ours = about()

    assert ours.form == "from source"
    assert ours.python == sys.version.split()[0]
    assert ours.system
    assert one_line() == f"Adrastea {ours.version} (from source, Python {ours.python})"
