"""Kernelspecs whose processes can be found again, and kernels that are replaced when they have failed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.kernels import asking, table


def test_a_kernelspec_says_what_its_processes_bear(tmp_path: Path) -> None:
    marks = asking.install(tmp_path, [table.DENO])

    spec = json.loads((tmp_path / "deno" / "kernel.json").read_text(encoding="utf-8"))
    assert marks["deno"] in spec["env"].values()
    assert spec["interrupt_mode"] == "message"
    assert spec["argv"][-1] == "{connection_file}"


def test_a_process_is_found_by_what_it_bears_until_it_has_ended(tmp_path: Path) -> None:
    mark = asking.install(tmp_path, [table.BASH])["bash"]
    env = json.loads((tmp_path / "bash" / "kernel.json").read_text(encoding="utf-8"))["env"]
    with subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], env=env, stdin=-1, stdout=-1) as one:
        assert one.stdout is not None
        one.stdout.readline()  # until then it bears what we do

        assert asking.bearing(mark) == [one.pid]

        one.communicate(b"\n")
    assert asking.bearing(mark) == []
