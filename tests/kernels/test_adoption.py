"""Records of kernels on the disk: who has a kernel, what is left, and what is cleared away."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.kernels import adoption_record, connection, process_identity
from adrastea.kernels.adoption import Kept, Left, Records, kill_group, place_of
from adrastea.kernels.adoption_record import Joined, Record
from adrastea.kernels.connection import Ports
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.kernels.starting import Place

SPEC = KernelSpec("fake", ("fake",), "Fake", "fake", Path("/nowhere"))
SLEEP = [sys.executable, "-S", "-E", "-c", "import signal; signal.pause()"]
GONE = (2**30, "1")
"""A server that has ended."""


@contextmanager
def process() -> Generator[int]:
    """A process of its own group, for a kernel's."""
    with subprocess.Popen(SLEEP, start_new_session=True) as popen:
        try:
            yield popen.pid
        finally:
            popen.kill()


def placed(folder: Path) -> tuple[Place, socket.socket]:
    """A place at which somebody listens."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    info = replace(connection.new_connection("fake", Ports()), shell_port=port)
    file = connection.write(info, folder / "run")
    log = file.with_suffix(".log")
    log.touch()
    return Place(info, file, log), listening


def same(record: Record) -> Record:
    return record


def abandoned(folder: Path, pid: int, kernel_id: str = "k1", change: Callable[[Record], Record] = same) -> Place:
    """The record of a kernel whose program has ended."""
    place, listening = placed(folder)
    records = Records(folder / "kernels", Path("/data"), GONE)
    kept = records.keep(kernel_id, SPEC, Path("/data"))
    kept.runs(place, pid)
    kept.record = change(kept.record)
    kept.join(Joined("s1", "n.ipynb", "notebook", "n.ipynb", "o1"))
    kept.let_go()
    _LISTENING.append(listening)
    return place


_LISTENING: list[socket.socket] = []


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    for listening in _LISTENING:
        listening.close()
    _LISTENING.clear()


def left(folder: Path) -> list[tuple[str, str]]:
    found = Records(folder / "kernels", Path("/data")).left()
    return [("?" if one.record is None else one.record.id, one.reach) for one in found]


def the(folder: Path) -> Left:
    (one,) = Records(folder / "kernels", Path("/data")).left()
    return one


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def test_a_kernel_that_a_program_has_is_not_left(tmp_path: Path) -> None:
    place, listening = placed(tmp_path)
    with process() as pid, listening:
        kept = Records(tmp_path / "kernels").keep("k1", SPEC, tmp_path)
        kept.runs(place, pid)

        assert kept.is_written
        assert left(tmp_path) == []
        kept.ended()
        assert files(tmp_path / "kernels") == []


def test_the_record_of_a_kernel_whose_program_has_ended_is_left_with_all_that_it_says(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)

        found = the(tmp_path)

        assert found.reach == "reachable"
        assert found.record is not None
        assert (found.record.id, found.record.process[0], found.record.root) == ("k1", pid, "/data")
        assert found.record.sessions == (Joined("s1", "n.ipynb", "notebook", "n.ipynb", "o1"),)


def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)

        assert stat.S_IMODE((tmp_path / "kernels").stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "kernels").iterdir()} == {0o600}


def test_of_two_programs_one_gets_it(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)
        found = the(tmp_path)
        records = Records(tmp_path / "kernels", Path("/data"))

        first, second = records.take(found), records.take(found)

        assert first is not None
        assert first.record.server[0] == os.getpid()
        assert second is None
        assert left(tmp_path) == []
        first.let_go()


def test_what_was_taken_and_has_ended_meanwhile_is_not_taken_again(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)
        found = the(tmp_path)
        records = Records(tmp_path / "kernels", Path("/data"))
        first = records.take(found)
        assert first is not None
        first.ended()

        assert records.take(found) is None
        assert [name for name in files(tmp_path / "kernels") if name.endswith(".json")] == []


def test_only_those_of_this_root_are_here(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)

        assert len(Records(tmp_path / "kernels", Path("/data")).here()) == 1
        assert Records(tmp_path / "kernels", Path("/other")).here() == ()


def test_of_a_kernel_that_has_ended_nothing_stays(tmp_path: Path) -> None:
    with process() as pid:
        place = abandoned(tmp_path, pid)
    assert place.connection_file.exists()

    assert left(tmp_path) == []
    Records(tmp_path / "kernels").sweep()

    assert files(tmp_path / "kernels") == files(tmp_path / "run") == []


def test_another_process_that_got_the_number_is_not_taken_for_the_kernel(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid, change=lambda record: replace(record, process=(pid, "1")))
        found = adoption_record.decode(next((tmp_path / "kernels").glob("*.json")).read_bytes())
        assert isinstance(found, Record)

        assert left(tmp_path) == []
        kill_group(found)

        assert process_identity.begun(pid) != ""


def test_one_that_nobody_can_reach_is_left_and_can_be_ended(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid).connection_file.unlink()
        found = the(tmp_path)
        assert found.reach == "unreachable"
        assert found.record is not None

        kill_group(found.record)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

        assert left(tmp_path) == []


def test_looking_changes_nothing(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid)
    before = sorted(files(tmp_path / "kernels"))

    left(tmp_path)

    assert sorted(files(tmp_path / "kernels")) == before


def test_a_process_that_was_kept_ready_is_ended_and_not_left(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid, "")
        assert left(tmp_path) == []

        Records(tmp_path / "kernels").sweep()

        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert files(tmp_path / "kernels") == []


def test_one_of_another_machine_is_not_judged(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid, change=lambda record: replace(record, machine="another", host="another"))

        assert left(tmp_path) == [("k1", "elsewhere")]
        Records(tmp_path / "kernels").sweep()
        assert left(tmp_path) == [("k1", "elsewhere")]


def test_one_from_before_a_restart_of_the_machine_has_ended(tmp_path: Path) -> None:
    with process() as pid:
        abandoned(tmp_path, pid, change=lambda record: replace(record, machine="another"))

        assert left(tmp_path) == []


def test_one_of_a_later_version_stays(tmp_path: Path) -> None:
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels" / "x.json").write_bytes(b'{"kernel": 99}')
    records = Records(tmp_path / "kernels")

    records.sweep()

    assert left(tmp_path) == [("?", "later")]
    assert records.take(the(tmp_path)) is None


def test_what_is_no_record_goes(tmp_path: Path) -> None:
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels" / "x.json").write_bytes(b"{")

    Records(tmp_path / "kernels").sweep()

    assert files(tmp_path / "kernels") == []


def test_a_session_that_has_gone_is_in_the_record_no_more(tmp_path: Path) -> None:
    place, listening = placed(tmp_path)
    with process() as pid, listening:
        kept = Records(tmp_path / "kernels").keep("k1", SPEC, tmp_path)
        kept.runs(place, pid)
        kept.join(Joined("s1", "a", "notebook", "a", "o"))
        kept.join(Joined("s1", "b", "notebook", "b", "o"))
        kept.join(Joined("s2", "c", "notebook", "c", "o"))
        assert [joined.path for joined in read(tmp_path).sessions] == ["b", "c"]

        kept.part("s1")

        assert [joined.path for joined in read(tmp_path).sessions] == ["c"]
        kept.let_go()


def read(folder: Path) -> Record:
    record = adoption_record.decode(next((folder / "kernels").glob("*.json")).read_bytes())
    assert isinstance(record, Record)
    return record


def test_where_nothing_is_written_nothing_is_found_and_kernels_end_with_us(tmp_path: Path) -> None:
    records = Records(None)
    kept = records.keep("k1", SPEC, tmp_path)
    place, listening = placed(tmp_path)
    with listening:
        kept.runs(place, os.getpid())

    assert records.parent is None
    assert not kept.is_written
    assert records.left() == records.here() == ()
    assert records.take(Left("x", "reachable", kept.record)) is None


def test_a_disk_that_takes_nothing_costs_only_the_record(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "kernels").write_text("no folder")
    place, listening = placed(tmp_path)
    with listening:
        kept = Kept(tmp_path / "kernels", "x", Records(None).keep("k1", SPEC, tmp_path).record)
        kept.runs(place, os.getpid())
        kept.join(Joined("s1", "a", "notebook", "a", "o"))

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert not kept.is_written


def test_who_takes_over_has_the_name_of_who_has_gone_only_where_the_kernel_hands_over(tmp_path: Path) -> None:
    with process() as pid:
        place = abandoned(tmp_path, pid)
        record = the(tmp_path).record
        assert record is not None

        old, new = place_of(record, hands_over=True).info, place_of(record).info

        assert old == place.info
        assert new.identity != old.identity
