"""jupyter_server with us as its gateway: the documents are its own, the kernels and kernelspecs are ours.

So JupyterLab and Notebook keep their own server and run their kernels with us.
"""

from __future__ import annotations

import re
import select
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

import pytest

from build import other_clients
from tests.clients.trying import Served, client, serving
from tests.system.program import ask

pytestmark = pytest.mark.slow

LIMIT_SECONDS: Final = 60.0
TOKEN: Final = "theirs"
ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+(?=/)")  # whole: the log is read while it is written

USE: Final = """
import json, os, sys
from jupyter_kernel_client import JupyterKernelClient

limit = {"timeout": 3}  # of its end: its thread hears late that its own socket is closed, with any server; so os._exit
with JupyterKernelClient(
    server_url=sys.argv[1], token=sys.argv[2], kernel_id=sys.argv[3], client_kwargs=limit
) as kernel:
    kernel.execute("known = 42")
    known = kernel.execute("known")
    kernel.restart()
    after = kernel.execute("known")
said = {"known": known["outputs"], "after": after["outputs"][0]["ename"]}
print(json.dumps(said), flush=True)
os._exit(0)
"""


@contextmanager
def jupyter_server(served: Served) -> Generator[str]:
    """jupyter_server with `served` as its gateway; its address."""
    folder = served.home / "theirs"
    folder.mkdir()
    command = [str(other_clients.PYTHON), "-m", "jupyter_server", "--gateway-url", served.address, "--no-browser"]
    options = [
        "--ip=127.0.0.1",
        "--port=0",
        f"--IdentityProvider.token={TOKEN}",
        "--allow-root",
        f"--ServerApp.root_dir={folder}",
    ]
    with (served.home / "theirs.log").open("wb") as log:
        popen = subprocess.Popen([*command, *options], env=served.environ(), stderr=log, stdout=log)
    try:
        yield address_of(popen, served.home / "theirs.log")
    finally:
        popen.terminate()
        popen.wait(LIMIT_SECONDS)


def address_of(popen: subprocess.Popen[bytes], log: Path) -> str:
    """Where it listens, as soon as it says so."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and popen.poll() is None:
        found = ADDRESS.search(log.read_text(encoding="utf-8"))
        if found is not None:
            return found.group()
        select.select([], [], [], 0.05)
    pytest.fail(log.read_text(encoding="utf-8"))


def test_its_kernels_are_ours(tmp_path: Path) -> None:
    with serving(tmp_path) as served, jupyter_server(served) as theirs:
        url = f"{theirs}/?token={TOKEN}"
        specs = cast("dict[str, dict[str, dict[str, dict[str, str]]]]", ask(url, "/api/kernelspecs").json())
        icon = ask(url, specs["kernelspecs"]["python3"]["resources"]["logo-svg"])
        wanted = {"path": "n.ipynb", "type": "notebook", "name": "n", "kernel": {"name": "python3"}}
        session = cast("dict[str, dict[str, str]]", ask(url, "/api/sessions", "POST", wanted).json())
        kernel_id = session["kernel"]["id"]
        ours = cast("list[dict[str, str]]", served.rest("/api/kernels"))
        said = client(served, USE, theirs, TOKEN, kernel_id)
        interrupted = ask(url, f"/api/kernels/{kernel_id}/interrupt", "POST", {})
        ended = ask(url, f"/api/sessions/{session['id']}", "DELETE")

        assert icon.status == 200
        assert icon.body.startswith(b"<svg")
        assert [kernel["id"] for kernel in ours] == [kernel_id]
        assert "42" in str(said["known"])
        assert said["after"] == "NameError"
        assert (interrupted.status, ended.status) == (204, 204)
        assert served.rest("/api/kernels") == []
