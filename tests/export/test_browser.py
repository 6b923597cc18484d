"""What a browser is asked, and what becomes of its answer. A real one is part of the stories (`ui/e2e`)."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adrastea.documents.notebook import Cell, CellId, Notebook
from adrastea.errors import ConversionFailed, Unavailable
from adrastea.export.browser import BrowserPages, exported, find, page_address

NOTEBOOK = Notebook((Cell(CellId("a"), "code", "x = 1"),))
PAGE = '<html><head></head><body><pre id="exported">&lt;!doctype html&gt;\n&amp;lt;</pre></body></html>'


@contextmanager
def served(scratch: Path) -> Generator[Callable[[], str]]:
    yield lambda: "http://127.0.0.1:1/?token=T"


def program(folder: Path, script: str) -> Path:
    file = folder / "chromium"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o700)
    return file


def test_the_page_hands_over_the_file_that_it_has_made() -> None:
    assert exported(PAGE) == "<!doctype html>\n&lt;"


def test_what_the_page_could_not_do_it_says() -> None:
    with pytest.raises(ConversionFailed, match="no <b>"):
        exported('<pre id="export-failed">no &lt;b&gt;</pre>')


def test_half_a_page_is_none() -> None:
    with pytest.raises(ConversionFailed):
        exported('<pre id="exported">abc')


def test_the_address_names_the_notebook_by_its_path_on_the_disk() -> None:
    address = page_address("http://127.0.0.1:1/?token=T", Path("/a b/c&d.ipynb"), with_input=False)

    assert address == "http://127.0.0.1:1/?token=T&export=a+b%2Fc%26d.ipynb&title=c%26d&input=0"


def test_the_browser_that_is_named_counts(tmp_path: Path) -> None:
    named = program(tmp_path, "true")

    assert find({"ADRASTEA_BROWSER": str(named), "PATH": "/nowhere"}) == named
    assert find({"PATH": str(tmp_path)}, "linux") == named
    assert find({"PATH": "/nowhere"}, "linux") is None


def test_a_name_that_leads_nowhere_is_said() -> None:
    with pytest.raises(Unavailable, match="names nothing-here"):
        find({"ADRASTEA_BROWSER": "nothing-here", "PATH": ""})


def test_without_a_browser_html_is_plain_and_that_is_said() -> None:
    err = io.StringIO()

    with BrowserPages(None, served, err) as pages:
        made = pages.html(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True)

    assert b'<pre class="code">x = 1</pre>' in made
    assert "no browser was found" in err.getvalue()


def test_without_a_browser_there_is_no_paper() -> None:
    with BrowserPages(None, served, io.StringIO()) as pages, pytest.raises(Unavailable, match="Install Chromium"):
        pages.pdf(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True)


def test_html_is_what_the_browser_hands_over(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE, encoding="utf-8")

    with BrowserPages(program(tmp_path, f"cat {tmp_path}/page"), served, io.StringIO()) as pages:
        assert pages.html(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True) == b"<!doctype html>\n&lt;"


def test_a_browser_that_prints_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE, encoding="utf-8")

    silent = BrowserPages(program(tmp_path, f"cat {tmp_path}/page"), served, io.StringIO())
    with silent as pages, pytest.raises(ConversionFailed, match="chromium has printed nothing"):
        pages.pdf(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True)


def test_a_browser_that_does_not_start_is_said(tmp_path: Path) -> None:
    with BrowserPages(tmp_path / "gone", served, io.StringIO()) as pages, pytest.raises(ConversionFailed, match="gone"):
        pages.html(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True)


def test_a_browser_that_ends_badly_is_said(tmp_path: Path) -> None:
    failing = BrowserPages(program(tmp_path, "exit 7"), served, io.StringIO())
    with failing as pages, pytest.raises(ConversionFailed, match="chromium has ended with code 7"):
        pages.html(Path("/a/trees.ipynb"), NOTEBOOK, with_input=True)
