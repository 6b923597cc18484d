"""Names and paths of files, as toolkits give and want them."""

from __future__ import annotations

from pathlib import Path

import pytest

from adrastea.desktop.file_names import paths_of, printed_name


def test_files_have_paths_and_what_lies_elsewhere_has_none() -> None:
    here = Path("/data/a b/\u00e9.csv")
    uris = [here.as_uri(), "https://example.org/a.csv", "file://elsewhere/a.csv", "nonsense", "file://[/a"]

    assert paths_of(uris) == (str(here),)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("* (busy) trees.ipynb - work", "trees"),
        ("notes.txt - work", "notes.txt"),
        ("Adrastea", "Adrastea"),
        ("", "Adrastea"),
    ],
)
def test_a_printed_file_is_called_after_the_notebook(title: str, name: str) -> None:
    assert printed_name(title) == name
