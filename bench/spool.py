"""A cell prints a gigabyte and nobody watches: what the server's memory grows by, and whether the spool holds it all.

Run it with `python -m bench.spool` from the root of the repository. A page asks for the run of a cell of a notebook and
goes away; a real ipykernel prints lines of 100 bytes. Shown are by how much the resident set of the server grew at the
most while it printed, and how long the kernel took, beside the same code in a kernel with a bare jupyter_client that
throws away what it reads. Then the notebook is opened again, and the file that its output names is compared with what
was printed. `--megabytes` says how much (1000).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import platform
import re
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.serving import LIMIT_SECONDS, TOKEN, Serving, serving

LINE_BYTES = 100
LOOK_SECONDS = 0.05
CODE = "for number in range({lines}):\n    print(f'{{number:099d}}')"
KEPT = re.compile(r"the whole is kept as ([0-9a-f]{16})")


def main() -> int:
    """Measure and print; 1 when something is missing."""
    parser = argparse.ArgumentParser("bench.spool")
    parser.add_argument("--megabytes", type=int, default=1000)
    lines = parser.parse_args().megabytes * 1_000_000 // LINE_BYTES
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}, {lines:,} lines of {LINE_BYTES} bytes", flush=True)
    print(f"bare jupyter_client: {bare(lines):.1f} s", flush=True)
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        empty: dict[str, object] = {"metadata": {}, "outputs": [], "execution_count": None}
        cell = {**empty, "id": "a", "cell_type": "code", "source": CODE.format(lines=lines)}
        notebook: dict[str, object] = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
        (Path(folder) / "n.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        with serving(Path(folder)) as server:
            return asyncio.run(measured(server, lines))


def bare(lines: int) -> float:
    """Seconds that a kernel takes with a client that only reads."""
    manager, client = start_new_kernel()
    try:
        begun = time.monotonic()
        client.execute_interactive(CODE.format(lines=lines), output_hook=thrown_away)
        return time.monotonic() - begun
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def thrown_away(_: Any) -> None:  # noqa: ANN401 -- a message
    """Read, and no more."""


async def measured(server: Serving, lines: int) -> int:
    """The run, its cost, and what is there behind it."""
    body = {"path": "n.ipynb", "name": "n.ipynb", "type": "notebook", "kernel": {"name": "python3"}}
    session = await asyncio.to_thread(server.ask, "api/sessions", body)
    await become(server, session, "idle")
    page = await opened(server)
    await snapshot(page)
    before = most = server.resident_mib()
    await page.write_message(json.dumps({"type": "run", "cells": ["a"]}))
    begun = time.monotonic()
    await become(server, session, "busy")
    page.close()
    looks = 0
    while looks % 10 or await state(server, session) != "idle":
        most = max(most, server.resident_mib())
        looks += 1
        await asyncio.sleep(LOOK_SECONDS)
    seconds = time.monotonic() - begun
    print(f"nobody watches: {seconds:.1f} s, RSS {before:.1f} MiB and at most {most - before:.1f} MiB more")
    notebook = (await snapshot(await opened(server)))["notebook"]
    (shown,) = notebook["cells"][0]["outputs"]
    kept = KEPT.search(shown["text"])
    if kept is None:
        print("the output names no file")
        return 1
    whole = await asyncio.to_thread(spooled, server, kept[1]) == printed(lines)
    print(f"{len(shown['text']):,} characters inline; the spool holds {'all' if whole else 'NOT all'}")
    return 0 if whole else 1


async def become(server: Serving, session: dict[str, Any], wanted: str) -> None:
    """Return when the kernel is in this state."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while await state(server, session) != wanted:  # noqa: ASYNC110 -- asked for, as any client would
            await asyncio.sleep(LOOK_SECONDS)


async def state(server: Serving, session: dict[str, Any]) -> str:
    """The state of the kernel."""
    kernel = await asyncio.to_thread(server.ask, f"api/kernels/{session['kernel']['id']}")
    return str(kernel["execution_state"])


async def opened(server: Serving) -> WebSocketClientConnection:
    """A page that shows the notebook."""
    address = f"ws://127.0.0.1:{server.port}/api/documents/socket?path=n.ipynb&token={TOKEN}"
    return await websocket_connect(address, max_message_size=1 << 30)


async def snapshot(page: WebSocketClientConnection) -> dict[str, Any]:
    """What it is told first."""
    while True:
        message: dict[str, Any] = json.loads(await page.read_message() or "{}")
        if message["type"] == "snapshot":
            return message


def spooled(server: Serving, spool_id: str) -> str:
    """SHA-256 of what the spool holds."""
    address = f"http://127.0.0.1:{server.port}/api/adrastea/spool/{spool_id}"
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=LIMIT_SECONDS) as answer:  # noqa: S310
        return hashlib.file_digest(answer, "sha256").hexdigest()


def printed(lines: int) -> str:
    """SHA-256 of what was printed."""
    digest = hashlib.sha256()
    for number in range(lines):
        digest.update(b"%099d\n" % number)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
