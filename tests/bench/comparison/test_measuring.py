"""Loads on our own server with the null kernel: figures come, and nothing is lost."""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench import null_kernel
from bench.comparison import accounting
from bench.comparison.figures import Measurement
from bench.comparison.loads import Cell, Load
from bench.comparison.measuring import measured
from bench.comparison.servers import Server, known
from build.console import CACHE, ROOT

pytestmark = pytest.mark.slow


def figures_of(load: Load) -> Measurement:
    return asyncio.run(measured(known()["adrastea"], Cell("adrastea", load, 0), null_kernel.build(CACHE / "bench")))


@pytest.mark.parametrize("dialect", ["v1", "json"])
def test_two_kernels_for_a_second_are_counted_and_lose_nothing(dialect: str) -> None:
    found = figures_of(Load("paced", 2, 1, 10, dialect="json" if dialect == "json" else "v1"))

    assert found.trouble is None
    assert (found.figures["sent"], found.figures["received"]) == (20, 100)
    assert (found.figures["lost_messages"], found.figures["lost_kernels"]) == (0, 0)
    assert found.figures["cpu_us"] > 0
    assert 0 < found.figures["reply_p50_ms"] <= found.figures["reply_p99_ms"]
    assert found.figures["rss_peak_mib"] >= found.figures["rss_end_mib"] > found.figures["kernels_mib"] > 0


def test_a_closed_loop_keeps_going_until_its_time_is_up() -> None:
    found = figures_of(Load("closed", 2, 0.5, 4))

    assert found.trouble is None
    assert found.figures["sent"] > 8
    assert found.figures["lost_messages"] == 0


def test_a_flood_ends_with_an_interrupt_while_the_other_kernel_answers() -> None:
    found = figures_of(Load("flood", 2, 0.5, 20))

    assert found.trouble is None
    assert found.figures["interrupt_ms"] > 0
    assert found.figures["reply_p99_ms"] > 0


def test_kernels_are_started_one_by_one_and_together() -> None:
    assert figures_of(Load("start", 1, 0)).figures["first_answer_ms"] > 0
    together = figures_of(Load("start", 3, 0)).figures
    assert together["all_ready_s"] > 0
    assert together["lost_kernels"] == 0


def test_ctrl_c_ends_what_was_started_and_writes_what_there_is(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "bench.compare", "adrastea", "--quick", "--only", "null", "--seconds", "1"]
    quiet = {**os.environ, "PYTHONASYNCIODEBUG": ""}  # nothing on stderr but steps
    described = f"--server=mine={sys.executable} {ROOT / 'app.py'} serve {{root}} --port {{port}} --token {{token}}"
    process = subprocess.Popen(
        [*argv, described, "--results", str(tmp_path)],
        cwd=ROOT,
        env=quiet,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    steps = [process.stderr.readline() for _ in range(3)]  # two cells are done, the third one begins
    started = [os.pidfd_open(pid) for pid in accounting.descendants(process.pid)]

    process.send_signal(signal.SIGINT)
    process.wait(60)
    process.stderr.close()

    assert b"mine" in steps[1]
    assert process.returncode == 0
    assert select.select(started, [], [], 0)[0] == started  # they have ended
    measured = json.loads((tmp_path / "results.json").read_text())
    assert [one["server"] for one in measured["measurements"]] == ["adrastea", "mine"]
    assert [one["trouble"] for one in measured["measurements"]] == [None, None]
    assert measured["left_out"]


def test_an_idle_server_is_measured_by_the_minute() -> None:
    assert figures_of(Load("idle", 1, 0.2)).figures["idle_wakeups"] >= 0


def test_a_server_that_does_not_start_is_trouble_and_no_end() -> None:
    server = Server("other", [sys.executable, "-c", "raise SystemExit('no port')"])

    found = asyncio.run(measured(server, Cell("other", Load("idle", 0, 0), 0), Path(os.devnull)))

    assert found.trouble == "other does not answer: no port"
