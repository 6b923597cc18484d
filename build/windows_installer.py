r"""The installer for Windows: `python -m build.windows_installer` makes `dist\adrastea-VERSION-windows-x64.msi`.

From `dist\adrastea.exe` and `spec\windows\adrastea.wxs`, with WiX 5 (`dotnet tool install --global wix --version 5.*`).
With `ADRASTEA_SIGN_THUMBPRINT`, the thumbprint of a certificate in the user's store, program and installer are signed.
Not run yet: docs/platforms.md. On other systems it makes the icons and says what is to be run.

Source of truth: https://docs.firegiant.com/wix/tools/wixexe/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from build import icons
from build.console import CACHE, SetupFailed, Task, run, say
from build.product import DIST, SPEC, Product, load

_TIMESTAMPS = "http://timestamp.digicert.com"
_ICONS = CACHE / "windows-icons"


def main() -> int:
    """Make the installer. Returns the exit code."""
    try:
        write_icons(_ICONS)
        for task in steps(load(), DIST, _ICONS, os.environ):
            if os.name == "nt":
                say(f"{task.name}: {task.command[0]}")
                run(task)
            else:
                say(" ".join(str(word) for word in task.command))
    except SetupFailed as error:
        say(str(error))
        return 1
    return 0


def write_icons(folder: Path) -> None:
    """`adrastea.ico` and `notebook.ico`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adrastea.ico").write_bytes(icons.ico(icons.APPLICATION))
    (folder / "notebook.ico").write_bytes(icons.ico(icons.NOTEBOOK))


def steps(product: Product, dist: Path, drawn: Path, environ: Mapping[str, str]) -> tuple[Task, ...]:
    """What is to be run, in order: sign the program, make the installer, sign that."""
    app, package = dist / "adrastea.exe", dist / f"adrastea-{product.version}-windows-x64.msi"
    values = {"Version": product.version, "App": app, "Icons": drawn, "Homepage": product.homepage}
    defines = [word for name, value in values.items() for word in ("-d", f"{name}={value}")]
    source = SPEC / "windows" / "adrastea.wxs"
    make: list[str | Path] = ["wix", "build", source, "-arch", "x64", *defines, "-o", package]
    built = Task("wix", make, "WiX 5 is needed: dotnet tool install --global wix --version 5.*")
    thumbprint = environ.get("ADRASTEA_SIGN_THUMBPRINT")
    if not thumbprint:
        return (built,)
    return (_sign(app, thumbprint), built, _sign(package, thumbprint))


def _sign(file: Path, thumbprint: str) -> Task:
    command: list[str | Path] = ["signtool", "sign", "/sha1", thumbprint, "/fd", "SHA256", "/tr", _TIMESTAMPS]
    advice = "signtool is part of the Windows SDK; is the certificate in the user's store?"
    return Task(f"sign-{file.suffix[1:]}", [*command, "/td", "SHA256", file], advice)


if __name__ == "__main__":
    sys.exit(main())
