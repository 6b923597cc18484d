"""What others made and our program contains: which packages, in which versions, under which licences.

Taken from `requirements/app.txt`, from the packages of `ui/package-lock.json` that are not for development, and from
the Python that runs this. `sbom.py` and the licences in the installers are made from it.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import json
import platform
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import zmq

from build.console import ROOT

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_MODULES = "node_modules/"


@dataclass(frozen=True, slots=True)
class Component:
    """One package. `texts` are its licence files, as far as they are on this machine."""

    kind: Literal["pypi", "npm", "generic"]
    name: str
    version: str
    license: str
    texts: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def components(folder: Path = ROOT) -> tuple[Component, ...]:
    """All of them, by kind and name."""
    found = {*_python_packages(folder), *_ui_packages(folder), *_runtime()}
    return tuple(sorted(found, key=lambda part: (part.kind, part.name.lower(), part.version)))


def notices(parts: tuple[Component, ...]) -> str:
    """One text with the name, the licence and the licence's words of each."""
    return "\n".join(_notice(part) for part in parts)


def _notice(part: Component) -> str:
    head = f"{part.name} {part.version} ({part.license})"
    return "\n".join((head, "=" * len(head), "", *(f"{text.strip()}\n" for text in part.texts)))


def _python_packages(folder: Path) -> Iterator[Component]:
    for line in (folder / "requirements" / "app.txt").read_text(encoding="utf-8").splitlines():
        name, pinned, version = line.partition("==")
        if not pinned or line.startswith("#"):
            continue
        metadata, texts = _metadata(name)
        yield Component("pypi", name, version, metadata, texts)


def _metadata(name: str) -> tuple[str, tuple[str, ...]]:
    """The licence and the licence files of an installed package; those of one that is not installed are unknown."""
    try:
        found = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown", ()
    headers = found.metadata
    short = _header(headers, "License-Expression") or _classified(headers.get_all("Classifier") or [])
    files = sorted((file for file in found.files or () if _LICENCE_FILE.match(file.name)), key=str)
    texts = tuple(file.read_text(encoding="utf-8") for file in files if ".dist-info" in str(file))
    return short or (_header(headers, "License") or "unknown").splitlines()[0], texts


def _header(headers: importlib.metadata.PackageMetadata, name: str) -> str:
    return next(iter(headers.get_all(name) or []), "")


def _classified(classifiers: list[str]) -> str:
    licences = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: OSI Approved :: ")]
    return " AND ".join(licences)


def _ui_packages(folder: Path) -> Iterator[Component]:
    lock = cast("dict[str, dict[str, object]]", json.loads((folder / "ui" / "package-lock.json").read_text("utf-8")))
    for path, entry in cast("dict[str, dict[str, object]]", lock["packages"]).items():
        if path and not entry.get("dev") and not entry.get("optional") and not entry.get("link"):
            name = path.rpartition(_MODULES)[2]
            texts = _texts(folder / "ui" / path)
            yield Component("npm", name, str(entry["version"]), str(entry.get("license", "unknown")), texts)


def _texts(package: Path) -> tuple[str, ...]:
    files = sorted(file for file in package.glob("*") if file.is_file() and _LICENCE_FILE.match(file.name))
    return tuple(file.read_text(encoding="utf-8", errors="replace") for file in files)


def _runtime() -> Iterator[Component]:
    """What is frozen with us besides: the interpreter, libzmq, and PyGObject where there is GTK.

    The words of libzmq's licence are among pyzmq's.
    """
    yield Component("generic", "libzmq", zmq.zmq_version(), "MPL-2.0")
    with contextlib.suppress(ImportError):
        yield Component("generic", "pygobject", importlib.import_module("gi").__version__, "LGPL-2.1-or-later")
    library = Path(sysconfig.get_path("stdlib"))
    texts = tuple(file.read_text(encoding="utf-8") for file in (library / "LICENSE.txt",) if file.exists())
    yield Component("generic", "python", platform.python_version(), "PSF-2.0", texts)
