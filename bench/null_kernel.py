"""Builds the null kernel (`null_kernel.c`) with the system's C compiler, and installs its kernelspec."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("null_kernel.c")
NAME = "null"


def build(folder: Path) -> Path:
    """The program, compiled into `folder` unless it is there and newer than its source."""
    program = folder / "null_kernel"
    if not program.exists() or program.stat().st_mtime < SOURCE.stat().st_mtime:
        compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            message = "There is no C compiler to build the null kernel with. On Debian: apt install gcc libc6-dev"
            raise SystemExit(message)
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([compiler, "-O2", "-D_GNU_SOURCE", "-o", str(program), str(SOURCE)], check=True)
    return program


def install(program: Path, data: Path) -> None:
    """Make the kernelspec `null` below the Jupyter data folder."""
    resource_dir = data / "kernels" / NAME
    resource_dir.mkdir(parents=True, exist_ok=True)
    spec = {"argv": [str(program), "{connection_file}"], "display_name": "Null", "language": "null"}
    (resource_dir / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
