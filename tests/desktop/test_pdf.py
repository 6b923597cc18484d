"""A PDF that the window prints: whole, or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from adrastea.desktop.pdf import Heard, PdfFile

WHOLE = b"%PDF-1.7\n...\n%%EOF\n"


class Paper:
    """A printer that writes what it is given, when the test says so."""

    def __init__(self, content: bytes | None = WHOLE, said: str = "") -> None:
        self.content = content
        self.said = said
        self.ends: list[Callable[[], None]] = []

    def print_to(self, file: Path, done: Heard) -> None:
        def end() -> None:
            if self.content is not None and file.parent.exists():
                file.write_bytes(self.content)
            done(self.said)

        self.ends.append(end)


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is printed first."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_what_is_printed_stands_where_the_user_wanted_it(tmp_path: Path, temporary: Path, heard: list[str]) -> None:
    paper = Paper()
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return str(tmp_path / "trees.pdf")

    pdf = PdfFile(paper, ask)
    assert pdf.choose("../trees.pdf")
    pdf.write(heard.append)
    assert heard == []
    paper.ends[0]()

    assert (asked, heard) == (["trees.pdf"], [""])
    assert (tmp_path / "trees.pdf").read_bytes() == WHOLE
    assert list(temporary.iterdir()) == []


def test_who_wants_none_any_more_is_asked_for_none(tmp_path: Path, heard: list[str]) -> None:
    pdf = PdfFile(Paper(), lambda _: None)

    assert not pdf.choose("trees.pdf")
    pdf.write(heard.append)
    assert heard == ["No file has been chosen for the PDF."]


@pytest.mark.parametrize(("content", "said"), [(None, "The printer has gone"), (b"%PDF-1.7\nhalf", ""), (b"", "")])
def test_a_half_one_is_not_kept_and_the_old_one_stays(
    content: bytes | None, said: str, tmp_path: Path, temporary: Path, heard: list[str]
) -> None:
    there = tmp_path / "trees.pdf"
    there.write_bytes(b"old")
    paper = Paper(content, said)
    pdf = PdfFile(paper, lambda _: str(there))
    pdf.choose("trees.pdf")
    pdf.write(heard.append)
    paper.ends[0]()

    assert heard == [
        f"The system has not printed a whole PDF: {said}." if said else "The system has not printed a whole PDF."
    ]
    assert there.read_bytes() == b"old"
    assert list(temporary.iterdir()) == []


def test_one_that_is_given_up_leaves_nothing(tmp_path: Path, temporary: Path, heard: list[str]) -> None:
    paper = Paper()
    pdf = PdfFile(paper, lambda _: str(tmp_path / "trees.pdf"))
    pdf.choose("trees.pdf")
    pdf.write(heard.append)
    pdf.cancel()
    pdf.choose("trees.pdf")
    pdf.write(heard.append)
    assert heard == ["Another PDF is still being printed. Wait for it, then try again."]
    paper.ends[0]()
    paper.ends[0]()

    assert heard[1:] == [""]
    assert [entry.name for entry in tmp_path.iterdir()] == ["temporary"]
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("place", ["gone/trees.pdf", "file/trees.pdf", "folder.pdf"])
def test_a_place_that_cannot_be_written_is_said(place: str, tmp_path: Path, heard: list[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.pdf").mkdir()
    paper = Paper()
    pdf = PdfFile(paper, lambda _: str(tmp_path / place))
    pdf.choose("trees.pdf")
    pdf.write(heard.append)
    for end in paper.ends:
        end()

    assert len(heard) == 1
    assert Path(place).name in heard[0]
    assert heard[0] != ""


def test_a_web_view_that_refuses_is_heard(tmp_path: Path, temporary: Path, heard: list[str]) -> None:
    class Refusing:
        def print_to(self, file: Path, done: Heard) -> None:
            raise RuntimeError("no printer")

    pdf = PdfFile(Refusing(), lambda _: str(tmp_path / "trees.pdf"))
    pdf.choose("trees.pdf")
    pdf.write(heard.append)

    assert heard == ["The system has not printed a whole PDF: no printer."]
    assert list(temporary.iterdir()) == []


def test_a_name_without_its_ending_replaces_nothing(tmp_path: Path, heard: list[str]) -> None:
    (tmp_path / "trees.pdf").write_bytes(b"old")
    paper = Paper()
    pdf = PdfFile(paper, lambda _: str(tmp_path / "trees"))
    pdf.choose("trees.pdf")
    pdf.write(heard.append)
    paper.ends[0]()

    assert (tmp_path / "trees.pdf").read_bytes() == b"old"
    assert (tmp_path / "trees 2.pdf").read_bytes() == WHOLE
