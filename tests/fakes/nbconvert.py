"""An nbconvert that is small and quick, with exporters that do what real ones do on bad days; and where it lies."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.fakes.client import LIMIT_SECONDS

_BASE = """
import json, os, subprocess, sys, time

class Exporter:
    output_mimetype = "text/html"
    sanitize_html = False

    def from_notebook_node(self, notebook, resources):
        about = resources["metadata"]
        known = {"secret": os.environ.get("JUPYTER_TOKEN"), "folder": os.getcwd(), "sanitized": self.sanitize_html}
        text = json.dumps({**about, **known, "cells": len(notebook["cells"])})
        return "<p>" + text, {"output_extension": ".html"}

class Zipped(Exporter):
    output_mimetype = "text/markdown"

    def from_notebook_node(self, notebook, resources):
        return "# text", {"output_extension": ".md", "outputs": {"files/plot.png": b"png"}}

class Fails(Exporter):
    def from_notebook_node(self, notebook, resources):
        raise OSError("xelatex not found\\nin " + os.path.abspath("templates/base.tex") + ", see https://example.org/a/b")

class Dies(Exporter):
    def from_notebook_node(self, notebook, resources):
        print("about to die", file=sys.stderr)
        os._exit(3)

class Slow(Exporter):
    def from_notebook_node(self, notebook, resources):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        with open(os.path.join(os.environ["FAKE_NBCONVERT"], "pids"), "w") as file:
            file.write(f"{os.getpid()} {child.pid}\\n")
        print("begun", flush=True)
        time.sleep(600)

class Prints(Exporter):
    output_mimetype = None

    def from_notebook_node(self, notebook, resources):
        print("what a library says")
        return b"\\xff", {"output_extension": ".bin"}

class Unloadable(Exporter):
    pass

KINDS = {kind.__name__.lower(): kind for kind in (Zipped, Fails, Dies, Slow, Prints)}
KINDS["html"] = Exporter

def get_export_names():
    return [*KINDS, "unloadable"]

def get_exporter(name):
    return KINDS[name]
"""


def install(folder: Path) -> Path:
    """Install it; what to put on `PYTHONPATH`."""
    packages = folder / "packages"
    (packages / "nbconvert" / "exporters").mkdir(parents=True)
    for package in ("nbconvert", "nbconvert/exporters"):
        (packages / package / "__init__.py").write_text("")
    (packages / "nbconvert" / "exporters" / "base.py").write_text(_BASE)
    (packages / "nbformat.py").write_text("import json\n\ndef reads(text, as_version):\n    return json.loads(text)\n")
    return packages


def command(folder: Path) -> Path:
    """The command `jupyter-nbconvert` of this Python, as pip writes it; the folder in which it lies."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    script = bin_folder / "jupyter-nbconvert"
    script.write_text(f"#!{sys.executable}\nimport nbconvert\n")
    script.chmod(0o755)
    return bin_folder


class Begun:
    """Hears of slow conversions, when they have begun; made before them."""

    def __init__(self, folder: Path) -> None:
        os.mkfifo(folder / "pids")
        self._descriptor = os.open(folder / "pids", os.O_RDWR | os.O_NONBLOCK)

    async def pids(self) -> list[int]:
        """Wait for one; its process, and the one that it has started."""
        loop, heard = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._descriptor, heard.set)
        async with asyncio.timeout(LIMIT_SECONDS):
            await heard.wait()
        loop.remove_reader(self._descriptor)
        return [int(pid) for pid in os.read(self._descriptor, 100).split()]

    def is_silent(self) -> bool:
        """Whether none has begun that was not heard of."""
        try:
            return not os.read(self._descriptor, 100)
        except BlockingIOError:
            return True

    def close(self) -> None:
        """Hear no more."""
        os.close(self._descriptor)
