"""Kernels that no program has are found, with what to do about them."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.doctor import left_kernels
from adrastea.kernels import connection
from adrastea.kernels.adoption import Records
from adrastea.kernels.adoption_record import Joined
from adrastea.kernels.connection import Ports
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import Place

SPEC = KernelSpec("fake", ("fake",), "Fake", "fake", Path("/nowhere"))
GONE = (2**30, "1")


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def leave(folder: Path, port: int, host: str = "") -> None:
    """The record of a kernel, this process, whose program has ended."""
    info = replace(connection.new_connection("fake", Ports()), shell_port=port)
    place = Place(info, connection.write(info, folder / "run"), folder / "log")
    kept = Records(folder / "adrastea" / "kernels", Path("/data"), GONE).keep("k1", SPEC, folder)
    kept.runs(place, os.getpid())
    if host:
        kept.record = replace(kept.record, host=host, machine=host)
    kept.join(Joined("s1", "n.ipynb", "notebook", "n.ipynb", "o"))
    kept.let_go()


def test_where_none_is_left_that_is_said(tmp_path: Path) -> None:
    (finding,) = left_kernels.examine({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert (finding.state, finding.found) == ("ok", "none")


def test_one_that_runs_is_told_with_its_notebook_its_memory_and_what_to_do(
    tmp_path: Path, listening: socket.socket
) -> None:
    leave(tmp_path, listening.getsockname()[1])

    (finding,) = left_kernels.examine({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert finding.state == "warning"
    assert finding.found.startswith("Fake of n.ipynb in /data runs, and no program has it; since ")
    assert finding.found.endswith(" MB")
    assert finding.mend == f"Take it over: adrastea serve /data. End it: kill {os.getpid()}"


def test_one_that_cannot_be_reached_can_be_ended(tmp_path: Path) -> None:
    leave(tmp_path, 1)

    (finding,) = left_kernels.examine({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert "reached no more" in finding.found
    assert finding.mend == f"End it: kill {os.getpid()}"


def test_one_of_another_machine_is_to_be_looked_for_there(tmp_path: Path) -> None:
    leave(tmp_path, 1, "far")

    (finding,) = left_kernels.examine({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert finding.mend == "Look on far whether it still runs."


def test_one_of_a_later_version_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "adrastea" / "kernels").mkdir(parents=True)
    (tmp_path / "adrastea" / "kernels" / "x.json").write_bytes(b'{"kernel": 99}')

    (finding,) = left_kernels.examine({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})

    assert "newer version" in finding.found


def test_a_machine_without_a_home_has_none() -> None:
    (finding,) = left_kernels.examine({"HOME": "", "USERPROFILE": ""})

    assert finding.area == "kernels"
