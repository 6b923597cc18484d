"""The code of the frozen program's modules: what is packed is what is run, in any order."""

from __future__ import annotations

import ast
import marshal
from pathlib import Path

import pytest

from build.frozen_code import HEAD, Store, pack, unpack

SOURCES = {"a": "value = 'of a'\n", "b.c": "value = __name__ * 2\n", "empty": ""}


def packed() -> bytes:
    return pack({name: marshal.dumps(compile(text, name, "exec")) for name, text in SOURCES.items()})


def test_the_code_of_a_module_runs_in_its_namespace(tmp_path: Path) -> None:
    (tmp_path / "modules").write_bytes(packed())
    store = Store(str(tmp_path / "modules"))
    one: dict[str, object] = {"__name__": "b.c"}
    two: dict[str, object] = {}

    store.run("b.c", one)
    store.run("a", two)

    assert one["value"] == "b.cb.c"
    assert two["value"] == "of a"


def test_it_can_be_read_when_the_file_has_been_removed(tmp_path: Path) -> None:
    (tmp_path / "modules").write_bytes(packed())
    store = Store(str(tmp_path / "modules"))
    (tmp_path / "modules").unlink()
    namespace: dict[str, object] = {}

    store.run("a", namespace)

    assert namespace["value"] == "of a"


def test_a_module_that_is_not_there_is_a_key_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "modules").write_bytes(packed())

    with pytest.raises(KeyError):
        Store(str(tmp_path / "modules")).run("d", {})


def test_the_same_modules_make_the_same_bytes_whatever_their_order() -> None:
    code = {name: marshal.dumps(compile(text, name, "exec")) for name, text in SOURCES.items()}

    assert pack(dict(reversed(code.items()))) == packed()
    assert unpack(packed()) == code
    assert len(pack({})) > HEAD


def test_it_imports_only_what_is_there_when_python_starts() -> None:
    """It is imported before anything else can be: not even `from __future__` could be found."""
    tree = ast.parse(Path(pack.__code__.co_filename).read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    assert [ast.unparse(node) for node in imported] == ["import marshal", "import os"]
