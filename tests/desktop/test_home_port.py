"""The port that stays the same."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from adrastea.desktop import home_port


def test_the_port_of_the_first_time_is_that_of_the_next(tmp_path: Path) -> None:
    first = home_port.choose(tmp_path / "state")

    assert first > 0
    assert home_port.choose(tmp_path / "state") == first


def test_while_another_program_has_it_there_is_another_one_for_once(tmp_path: Path) -> None:
    first = home_port.choose(tmp_path)
    with socket.create_server(("127.0.0.1", first)):
        meanwhile = home_port.choose(tmp_path)

    assert meanwhile not in {0, first}
    assert home_port.choose(tmp_path) == first


@pytest.mark.parametrize("text", ["", "http", "-1", "80", "70000", "9" * 5000, "²", "\xff"])
def test_a_file_that_makes_no_sense_is_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / "port").write_text(text, encoding="latin-1")

    chosen = home_port.choose(tmp_path)

    assert chosen >= 1024
    assert (tmp_path / "port").read_text(encoding="ascii") == str(chosen)


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    assert home_port.choose(tmp_path / "file") > 0
