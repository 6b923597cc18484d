"""Processor time and memory, from texts as /proc has them."""

from pathlib import Path

import pytest

from bench.comparison.accounting import descendants, descendants_mib, number, scheduled_seconds, usage

STATUS = "Name:\tpython3\nVmHWM:\t   40960 kB\nVmRSS:\t   32768 kB\nvoluntary_ctxt_switches:\t{}\n"
ROLLUP = "55d0c0a00000-7ffd5f1e6000 ---p 00000000 00:00 0    [rollup]\nRss:   32768 kB\nPss:   {} kB\nPss_Anon: 9 kB\n"


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """Process 10 with threads 10 and 11; thread 11 has started 20, which has started 30."""
    put(tmp_path, 10, tasks=(10, 11), pss=20480)
    put(tmp_path, 20, tasks=(20,), pss=2048)
    put(tmp_path, 30, tasks=(30,), pss=1024)
    (tmp_path / "10" / "task" / "11" / "children").write_text("20 ")
    (tmp_path / "20" / "task" / "20" / "children").write_text("30 ")
    return tmp_path


def put(proc: Path, pid: int, tasks: tuple[int, ...], pss: int) -> None:
    for task in tasks:
        folder = proc / str(pid) / "task" / str(task)
        folder.mkdir(parents=True)
        (folder / "schedstat").write_text("1500000000 250000 77\n")
        (folder / "status").write_text(STATUS.format(5))
        (folder / "children").write_text("")
    (proc / str(pid) / "status").write_text(STATUS.format(5))
    (proc / str(pid) / "smaps_rollup").write_text(ROLLUP.format(pss))


def test_all_threads_count_and_children_do_not(proc: Path) -> None:
    found = usage(10, proc)

    assert found.cpu_seconds == 3.0
    assert found.wakeups == 10


def test_memory_is_in_mebibytes(proc: Path) -> None:
    found = usage(10, proc)

    assert (found.rss_mib, found.rss_peak_mib, found.pss_mib) == (32.0, 40.0, 20.0)


def test_a_process_that_has_ended_is_not_nothing(proc: Path) -> None:
    with pytest.raises(ProcessLookupError):
        usage(99, proc)


def test_a_thread_that_has_ended_meanwhile_is_left_out(proc: Path) -> None:
    (proc / "10" / "task" / "11" / "schedstat").unlink()

    assert usage(10, proc).cpu_seconds == 1.5


def test_descendants_are_children_of_any_thread_and_theirs(proc: Path) -> None:
    assert descendants(10, proc) == [20, 30]
    assert descendants(99, proc) == []


def test_memory_of_descendants_is_shared_out_among_them(proc: Path) -> None:
    assert descendants_mib(10, proc) == 3.0


def test_schedstat_is_in_nanoseconds() -> None:
    assert scheduled_seconds("2500000000 9 9\n") == 2.5


def test_a_number_stands_behind_its_whole_name() -> None:
    assert number("Pss_Anon: 1 kB\nPss: 2 kB\n", "Pss") == 2
    assert number("Pss_Anon: 1 kB\n", "Pss") == 0
