"""What the disk holds of a notebook with an image of 5 MB that is saved twenty times, an edit before each.

Run it with `python -m bench.versions` from the root of the repository. A page edits a cell and saves, as with Mod+S:
each save keeps a version. Shown are the bytes of the file, of the versions, of the journals and of everything in the
state folder behind that, beside what whole copies would take; and how long a version takes to be kept and to be read.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import platform
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from bench.large import Page, connected
from bench.serving import Serving, serving

IMAGE_BYTES = 3_750_000  # 5 MB in base64
CELLS = 100
SAVES = 20
LIMIT_SECONDS = 60.0


def main() -> int:
    """Measure and print."""
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, ", end="")
    print(f"Python {platform.python_version()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="b") as name:
        folder = Path(name)
        (folder / "adrastea").mkdir()
        (folder / "adrastea" / "settings.toml").write_text("autosave_seconds = 3600.0\n", encoding="ascii")
        write(folder / "n.ipynb")
        with serving(folder) as server:
            asyncio.run(saved(server))
            size = (folder / "n.ipynb").stat().st_size
            state = folder / "adrastea"
            versions = held(state / "checkpoints")
            print(f"the file: {size:,} bytes; {SAVES} whole copies would be {SAVES * size:,}")
            print(f"{SAVES} versions: {versions:,} bytes, the rest of the state folder: {held(state) - versions:,}")
    return 0


def write(file: Path) -> None:
    """The notebook."""
    chance = random.Random(1)  # noqa: S311 -- content, no secret
    image = base64.b64encode(chance.randbytes(IMAGE_BYTES)).decode()
    shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": image}}
    code: dict[str, object] = {"cell_type": "code", "metadata": {}, "execution_count": 1}
    cells = [
        {
            **code,
            "id": f"c{number}",
            "source": [f"x = {number}\n", "print(x)"],
            "outputs": [shown] if number == 1 else [],
        }
        for number in range(CELLS)
    ]
    notebook: dict[str, object] = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")


async def saved(server: Serving) -> None:
    """Edit and save; each time until the version is there, and then it is read."""
    path = quote("n.ipynb")
    page = Page(await connected(server))
    await page.until(b'"type":"snapshot"')
    began = time.perf_counter()
    for number in range(SAVES):
        await page.edit(f"edit {number}")
        await page.save()
        async with asyncio.timeout(LIMIT_SECONDS):
            while len(await asyncio.to_thread(server.ask, f"api/adrastea/versions/{path}")) <= number:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    print(f"an edit, its save and its version: {1e3 * (time.perf_counter() - began) / SAVES:.0f} ms")
    newest = (await asyncio.to_thread(server.ask, f"api/adrastea/versions/{path}"))[0]
    began = time.perf_counter()
    await asyncio.to_thread(server.ask, f"api/adrastea/versions/{path}/versions/{newest['id']}")
    print(f"a version, until it is there to be looked at: {1e3 * (time.perf_counter() - began):.0f} ms")
    page.close()


def held(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
