"""jupyter-kernel-client, Datalayer's client of a kernel, with a kernel of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from build import other_clients
from tests.clients.trying import client, serving

pytestmark = pytest.mark.slow

USE = """
import json, os, sys
from jupyter_kernel_client import JupyterKernelClient

# The limit is that of its end, and the exit is hard: its thread hears late that its socket is closed, with any server.
with JupyterKernelClient(server_url=sys.argv[1], token=sys.argv[2], client_kwargs={"timeout": 3}) as kernel:
    first = kernel.execute("import sys\\nprint('out')\\nprint('err', file=sys.stderr)\\n6 * 7")
    kernel.set_variable("there", {"a": [1, 2]})
    there = kernel.get_variable("there")
    names = [variable["name"] for variable in kernel.list_variables()]
    failed = kernel.execute("1 / 0")
    alive = kernel.is_alive()
    count = len(kernel.list_kernels())
    language = kernel.kernel_info["language_info"]["name"]
    kernel.restart()
    after = kernel.execute("'there' in globals()")
print(json.dumps({
    "first": first, "there": there, "names": names, "failed": failed["outputs"][0]["ename"], "alive": alive,
    "count": count, "language": language, "after": after["outputs"],
}), flush=True)
os._exit(0)
"""


def test_it_runs_code_and_moves_variables(tmp_path: Path) -> None:
    with serving(tmp_path, "/deep/", str(other_clients.PYTHON)) as served:  # the kernel needs its package for variables
        said = client(served, USE, served.address, served.token)

        assert served.rest("/deep/api/kernels") == []

    first = cast("dict[str, Any]", said["first"])
    assert first["status"] == "ok"
    assert first["execution_count"] == 1
    assert [output["output_type"] for output in first["outputs"]] == ["stream", "stream", "execute_result"]
    assert first["outputs"][2]["data"] == {"text/plain": "42"}
    assert said["failed"] == "ZeroDivisionError"
    assert "there" in str(said["names"])
    assert "[1, 2]" in str(said["there"])
    assert (said["alive"], said["count"], said["language"]) == (True, 1, "python")
    assert "False" in str(said["after"])
