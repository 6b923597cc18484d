"""The recipes by which package managers fetch a release: Homebrew's formula and cask, winget's manifests.

`python3 -m build.recipes` writes them to `dist/recipes/`, with the sums of the files that lie in `dist/`: it is run
when a release is complete, on any system. Templates: `spec/homebrew/`, `spec/windows/winget/`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from build.console import ROOT, SetupFailed, say
from build.product import DIST, Product, fill, load, spec

RECIPES = DIST / "recipes"

_FILES = {
    "linux_x86_64": "adrastea-@version@-linux-x86_64.tar.xz",
    "linux_aarch64": "adrastea-@version@-linux-aarch64.tar.xz",
    "macos_arm64": "adrastea-@version@-macos-arm64.dmg",
    "macos_x86_64": "adrastea-@version@-macos-x86_64.dmg",
    "windows_x64_msi": "adrastea-@version@-windows-x64.msi",
}


def main() -> int:
    """Write the recipes. Returns the exit code."""
    try:
        product = load()
        made = {**homebrew(product, sums(product, DIST)), **winget(product, sums(product, DIST))}
    except SetupFailed as error:
        say(str(error))
        return 1
    for path, text in made.items():
        (RECIPES / path).parent.mkdir(parents=True, exist_ok=True)
        (RECIPES / path).write_text(text, encoding="utf-8")
        say(f"{(RECIPES / path).relative_to(ROOT)}")
    return 0


def sums(product: Product, folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of the release, by the names that the templates use.

    Raises:
        SetupFailed: a file is missing: a recipe without its sum is none.
    """
    files = {name: folder / fill(file, {"version": product.version}) for name, file in _FILES.items()}
    missing = [file.name for file in files.values() if not file.exists()]
    if missing:
        message = f"A recipe names the sum of every file of the release. Missing in dist: {', '.join(missing)}."
        raise SetupFailed(message)
    return {f"sha256_{name}": hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def homebrew(product: Product, given: Mapping[str, str]) -> dict[str, str]:
    """The formula and the cask, by their paths in a tap."""
    values = {**product.values(), **given}
    return {
        "homebrew/Formula/adrastea.rb": fill(spec("homebrew/adrastea.formula.rb"), values),
        "homebrew/Casks/adrastea.rb": fill(spec("homebrew/adrastea.cask.rb"), values),
    }


def winget(product: Product, given: Mapping[str, str]) -> dict[str, str]:
    """The three manifests, by the names that winget wants."""
    values = {**product.values(), **{name: value.upper() for name, value in given.items()}}
    folder = f"winget/{product.version}"
    return {
        f"{folder}/{product.winget_id}.yaml": fill(spec("windows/winget/version.yaml"), values),
        f"{folder}/{product.winget_id}.installer.yaml": fill(spec("windows/winget/installer.yaml"), values),
        f"{folder}/{product.winget_id}.locale.en-US.yaml": fill(spec("windows/winget/locale.en-US.yaml"), values),
    }


if __name__ == "__main__":
    sys.exit(main())
