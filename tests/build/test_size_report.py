"""What the one file costs, part by part, and whether it stays within its budget."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from build import frozen_code, one_file, size_report
from build.size_report import Part


def code(text: str) -> bytes:
    return marshal.dumps(compile(text, "x", "exec"))


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A one file with a few parts; its launcher is six bytes."""
    folder = tmp_path / "folder"
    (folder / "ui" / "dist").mkdir(parents=True)
    (folder / "zmq").mkdir()
    (folder / "adrastea").write_bytes(b"python" * 100)
    (folder / "libzmq-1.so").write_bytes(b"queue" * 100)
    (folder / "zmq" / "_zmq.so").write_bytes(b"binding")
    (folder / "ui" / "dist" / "a.js.gz").write_bytes(b"page")
    modules = {"adrastea.cli": code("a = 1"), "json": code("b = 2"), "tornado.web": code("c = 3")}
    (folder / frozen_code.NAME).write_bytes(frozen_code.pack(modules))
    archive = one_file.compress(one_file.pack(folder, 0))
    file = tmp_path / "app"
    where = (6).to_bytes(8, "little") + len(archive).to_bytes(8, "little")
    file.write_bytes(b"launch" + archive + where + b"0" * 24 + one_file.MAGIC)
    return file


def test_each_part_has_what_belongs_to_it(app: Path) -> None:
    plain = {part.name: part.plain for part in size_report.parts(app)}

    assert plain == {
        "Python itself, with its extension modules": 600,
        "pyzmq, libzmq, libsodium": 507,
        "the interface": 4,
        "our own code, bytecode": len(code("a = 1")),
        "Python's standard library, bytecode": len(code("b = 2")),
        "Tornado": len(code("c = 3")),
        "the launcher": 6,
    }


def test_the_most_expensive_part_stands_first(app: Path) -> None:
    packed = [part.packed for part in size_report.parts(app)]

    assert packed == sorted(packed, reverse=True)
    assert Part("the launcher", 6, 6) in size_report.parts(app)


def test_the_report_ends_with_the_whole(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert size_report.main([str(app)]) == 0

    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith(f"**{app.stat().st_size:,}** |")


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other").write_bytes(bytes(100))

    assert size_report.main([str(tmp_path / "other")]) == 1
    assert size_report.main([str(tmp_path / "missing")]) == 1
    assert "make app" in capsys.readouterr().out


def test_what_is_over_its_budget_is_said_by_how_much(
    app: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "freeze.toml"
    spec.write_text(
        "[budget]\nwhole = 10\ninterface = 1000000\nown_code = 1000000\npage_at_first = 1\npage_in_all = 1\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(size_report, "_APP", app)
    monkeypatch.setattr("build.lean.SPEC", spec)
    monkeypatch.setattr(size_report, "interface", lambda: None)
    monkeypatch.setattr(size_report, "page", lambda: (2, None))

    assert size_report.main(["--check"]) == 1

    said = capsys.readouterr().out
    assert f"whole has {app.stat().st_size:,} bytes, {app.stat().st_size - 10:,} over its budget" in said
    assert "interface not there" in said
    assert "page at first has 2 bytes, 1 over its budget" in said
    assert "page in all not there" in said
