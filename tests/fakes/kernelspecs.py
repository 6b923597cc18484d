"""Kernelspecs of the fake kernel (`kernel.py`), installed into a folder of the test's."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from adrastea.kernels.kernelspec import KernelSpecs

_PROGRAM = Path(__file__).with_name("kernel.py")


def install(
    folder: Path, *options: str, name: str = "fake", fields: Mapping[str, object] = MappingProxyType({})
) -> KernelSpecs:
    """Install the fake kernel with these options of its command line, and these fields of its `kernel.json`."""
    resource_dir = folder / "kernels" / name
    resource_dir.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, str(_PROGRAM), "{connection_file}", *options],
        "display_name": "Fake",
        "language": "fake",
        **fields,
    }
    (resource_dir / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return KernelSpecs([folder / "kernels"])
