"""What the installers say about Adrastea: `spec/product.toml` as a value, and templates that are filled with it.

A template holds `@name@` where the value `name` belongs. Everything that goes into a package is made from files of the
repository and the time of the last commit (or `SOURCE_DATE_EPOCH`), so that two builds of one commit are equal byte
for byte. Source of truth for the time: https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
import re
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from build.console import ROOT, SetupFailed, answer

SPEC = ROOT / "spec"
DIST = ROOT / "dist"

_VERSION = re.compile(r'^__version__ = "([0-9]+\.[0-9]+\.[0-9]+)"$', re.MULTILINE)
_HOLE = re.compile(r"@([a-z][a-z0-9_]*)@")


@dataclass(frozen=True, slots=True)
class Linux:
    """The table `linux`: what the Debian package needs."""

    oldest_glibc: str
    depends: tuple[str, ...]
    recommends: tuple[str, ...]
    suggests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The program as its installers present it. `when` is in seconds since 1970, UTC."""

    name: str
    command: str
    id: str
    summary: str
    description: tuple[str, ...]
    developer: str
    maintainer: str
    license: str
    homepage: str
    downloads: str
    files: str
    version: str
    when: int
    linux: Linux
    oldest_macos: str
    winget_id: str

    def values(self) -> dict[str, str]:
        """What every template may use."""
        words = ("name", "command", "id", "summary", "developer", "maintainer", "license")
        links = ("homepage", "downloads", "version", "winget_id")
        values = {word: str(getattr(self, word)) for word in (*words, *links)}
        return values | {"date": day(self.when), "files": fill(self.files, {"version": self.version})}


def load(folder: Path = ROOT) -> Product:
    """The product of the repository in `folder`."""
    table = tomllib.loads((folder / "spec" / "product.toml").read_text(encoding="utf-8"))
    linux, macos, windows = table.pop("linux"), table.pop("macos"), table.pop("windows")
    table["description"] = tuple(table["description"])
    lists = {name: tuple(linux[name]) for name in ("depends", "recommends", "suggests")}
    table["linux"] = Linux(linux["oldest_glibc"], **lists)
    systems = {"oldest_macos": macos["oldest"], "winget_id": windows["winget_id"]}
    return Product(**table, **systems, version=version(folder), when=source_date())


def version(folder: Path = ROOT) -> str:
    """The version in `adrastea/__init__.py`.

    Raises:
        SetupFailed: there is none.
    """
    found = _VERSION.search((folder / "adrastea" / "__init__.py").read_text(encoding="utf-8"))
    if found is None:
        raise SetupFailed("adrastea/__init__.py has no version of the form 1.2.3.")
    return found[1]


def source_date() -> int:
    """When the sources were last changed: `SOURCE_DATE_EPOCH`, else the last commit, else the change of the log."""
    given = os.environ.get("SOURCE_DATE_EPOCH") or answer(["git", "-C", ROOT, "log", "-1", "--format=%ct"]) or ""
    return int(given) if given.isdigit() else int((ROOT / "CHANGELOG.md").stat().st_mtime)


def day(when: int) -> str:
    """A time as its day, in UTC: 2026-11-26."""
    return time.strftime("%Y-%m-%d", time.gmtime(when))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its values.

    Raises:
        SetupFailed: it asks for a value that is not there.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            message = f"A template asks for @{found[1]}@, which nobody gives."
            raise SetupFailed(message)
        return values[found[1]]

    return _HOLE.sub(value, template)


def fill_xml(template: str, values: Mapping[str, str]) -> str:
    """The same, with the values as text of XML."""
    return fill(template, {name: escape(value, {'"': "&quot;"}) for name, value in values.items()})


def spec(name: str) -> str:
    """A file of `spec/`, as text."""
    return (SPEC / name).read_text(encoding="utf-8")
