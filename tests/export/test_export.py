"""`adrastea export`: what is written where, and what is left when something goes wrong."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from adrastea.cli import Export, parse
from adrastea.documents.notebook import Notebook
from adrastea.errors import ConversionFailed
from adrastea.export.export import run

TREES = Path(__file__).parent.parent / "vectors" / "export" / "trees.ipynb"


class Pages:
    """A browser that makes very short pages, or has had enough."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self._failure = failure

    def html(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        if self._failure is not None:
            raise self._failure
        return f"{path.stem} {len(notebook.cells)} {with_input}".encode()

    def pdf(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        return b"%PDF " + self.html(path, notebook, with_input=with_input)


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    return Path(shutil.copy(TREES, tmp_path / "trees.ipynb"))


def export(*argv: str, pages: Pages | None = None) -> tuple[int, bytes, str]:
    command = parse(["export", *argv])
    assert isinstance(command, Export)
    out, err = io.BytesIO(), io.StringIO()
    return run(command, pages or Pages(), out, err), out.getvalue(), err.getvalue()


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_result_lies_beside_the_notebook_and_is_said(trees: Path) -> None:
    code, out, err = export(str(trees), "--to", "html")

    assert (code, out, err) == (0, b"", "adrastea: trees.ipynb → trees.html\n")
    assert trees.with_suffix(".html").read_bytes() == b"trees 10 True"


def test_images_of_markdown_lie_in_a_folder_beside_it(trees: Path) -> None:
    assert export(str(trees), "--to", "md")[0] == 0

    assert names(trees.parent) == ["trees.ipynb", "trees.md", "trees_files/1-attachment-1.png", "trees_files/5-1.png"]


def test_images_can_be_in_the_text(trees: Path) -> None:
    assert export(str(trees), "--to", "md", "--embed")[0] == 0

    assert names(trees.parent) == ["trees.ipynb", "trees.md"]


def test_a_script_has_the_ending_of_its_language(tmp_path: Path) -> None:
    shutil.copy(TREES.with_name("in-r.ipynb"), tmp_path / "in-r.ipynb")

    assert export(str(tmp_path / "in-r.ipynb"), "--to", "py")[0] == 0
    assert (tmp_path / "in-r.r").exists()


def test_stdout_gets_the_result_and_nothing_else(trees: Path) -> None:
    code, out, err = export(str(trees), "--to", "py", "--output", "-")

    assert (code, err) == (0, "")
    assert out.startswith(b"# %% [markdown]\n# # Trees")
    assert names(trees.parent) == ["trees.ipynb"]


def test_a_file_can_be_named(trees: Path) -> None:
    assert export(str(trees), "--to", "pdf", "--output", str(trees.parent / "new" / "a.pdf"))[0] == 0

    assert (trees.parent / "new" / "a.pdf").read_bytes().startswith(b"%PDF")


def test_several_go_into_a_folder_which_is_made(trees: Path) -> None:
    other = Path(shutil.copy(trees, trees.with_name("oaks.ipynb")))
    folder = trees.parent / "pages"

    code, _, err = export(str(trees), str(other), "--to", "html", "--output", f"{folder}/")

    assert code == 0
    assert names(folder) == ["oaks.html", "trees.html"]
    assert err.splitlines()[1] == "adrastea: [2/2] oaks.ipynb → oaks.html"


def test_two_notebooks_of_one_name_do_not_become_one_file(trees: Path) -> None:
    (trees.parent / "b").mkdir()
    other = Path(shutil.copy(trees, trees.parent / "b" / "trees.ipynb"))

    code, _, err = export(str(trees), str(other), "--to", "py", "--force", "--output", f"{trees.parent}/out/")

    assert code == 1
    assert "Export them one by one" in err


def test_what_is_there_stays_unless_it_is_to_be_replaced(trees: Path) -> None:
    trees.with_suffix(".html").write_text("mine", encoding="utf-8")

    code, _, err = export(str(trees), "--to", "html")

    assert code == 1
    assert "trees.html is there already. --force replaces it" in err
    assert trees.with_suffix(".html").read_text(encoding="utf-8") == "mine"
    assert export(str(trees), "--to", "html", "--force")[0] == 0
    assert trees.with_suffix(".html").read_bytes() == b"trees 10 True"


def test_an_image_that_is_there_stays_too(trees: Path) -> None:
    (trees.parent / "trees_files").mkdir()
    (trees.parent / "trees_files" / "5-1.png").write_bytes(b"mine")

    assert export(str(trees), "--to", "md")[0] == 1
    assert names(trees.parent) == ["trees.ipynb", "trees_files/5-1.png"]


def test_one_that_cannot_be_exported_does_not_hold_up_the_others(trees: Path) -> None:
    (trees.parent / "bad.ipynb").write_text("{", encoding="utf-8")
    missing = str(trees.parent / "missing.ipynb")

    code, _, err = export(missing, str(trees.parent / "bad.ipynb"), str(trees), "--to", "py")

    assert code == 1
    assert "[1/3] missing.ipynb: missing.ipynb does not exist." in err
    assert "[3/3] trees.ipynb → trees.py" in err


def test_what_a_browser_could_not_do_is_said(trees: Path) -> None:
    code, _, err = export(str(trees), "--to", "html", pages=Pages(ConversionFailed("It broke.")))

    assert (code, err) == (1, "adrastea: trees.ipynb: It broke.\n")


def test_ctrl_c_leaves_no_file(trees: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        export(str(trees), "--to", "html", pages=Pages(KeyboardInterrupt()))

    assert names(trees.parent) == ["trees.ipynb"]


def test_a_folder_that_cannot_be_made_is_said(trees: Path) -> None:
    (trees.parent / "file").write_text("", encoding="utf-8")

    code, _, err = export(str(trees), "--to", "py", "--output", f"{trees.parent}/file/x/")

    assert code == 1
    assert "The folder x cannot be made" in err


def test_a_terminal_shows_which_notebook_is_at_work(trees: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    command = parse(["export", str(trees), "--to", "py"])
    assert isinstance(command, Export)
    err = Terminal()

    assert run(command, Pages(), io.BytesIO(), err) == 0
    assert err.getvalue() == "adrastea: trees.ipynb …\radrastea: trees.ipynb → trees.py\n"


def test_a_reader_of_stdout_who_has_gone_is_no_traceback(trees: Path) -> None:
    class Gone(io.BytesIO):
        def flush(self) -> None:
            raise BrokenPipeError(32, "Broken pipe")

    command = parse(["export", str(trees), "--to", "py", "--output", "-"])
    assert isinstance(command, Export)
    err = io.StringIO()

    assert run(command, Pages(), Gone(), err) == 1
    assert err.getvalue() == "adrastea: trees.ipynb: The result could not be written to stdout: Broken pipe.\n"


def test_stdout_that_takes_a_part_at_a_time_gets_everything(trees: Path) -> None:
    class Narrow(io.BytesIO):
        def write(self, data: memoryview, /) -> int:  # type: ignore[override]  # what it is given here
            return super().write(data[:7])

    command = parse(["export", str(trees), "--to", "py", "--output", "-"])
    assert isinstance(command, Export)
    out = Narrow()

    assert run(command, Pages(), out, io.StringIO()) == 0
    assert out.getvalue() == TREES.with_name("trees.py.txt").read_bytes()
