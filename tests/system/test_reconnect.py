"""Connections that are cut hard while a real Python kernel displays: what a client that comes back gets.

The program of the benchmark does it, with its proxy: what is under way in both directions is dropped, then both
connections are reset. A client that says what it had last gets everything, once and in order. One that does not, as
JupyterLab's, misses nothing, and gets again what it may not have had.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from adrastea.settings import Settings
from bench.reconnect import Result, measured
from tests.server.running import TOKEN, running

pytestmark = pytest.mark.slow


def test_of_400_outputs_over_ten_cut_connections_none_is_lost(tmp_path: Path) -> None:
    spec = tmp_path / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python", "language": "python"}), encoding="utf-8")

    with running(tmp_path, Settings(), tmp_path / "kernels") as server:
        kernel_id = str(server.api("POST", "api/kernels").object()["id"])
        says = asyncio.run(measured(server.port, TOKEN, kernel_id, 0.005, says_last_seen=True))
        plain = asyncio.run(measured(server.port, TOKEN, kernel_id, 0.005))

    assert says == Result(lost=0, twice=0, in_order=True)
    assert (plain.lost, plain.in_order) == (0, True)
