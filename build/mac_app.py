"""The application for macOS: `python3 -m build.mac_app` makes `dist/adrastea-VERSION-macos-ARCH.dmg`.

    Adrastea.app/Contents/   Info.plist, PkgInfo, MacOS/adrastea, Resources/adrastea.icns, Resources/notebook.icns

From `dist/adrastea`. Signed and notarised when the environment says how:

    ADRASTEA_SIGN_IDENTITY     "Developer ID Application: …", in the keychain; without it the signature is ad hoc
    ADRASTEA_NOTARY_KEY        the file of an App Store Connect key (.p8), with
    ADRASTEA_NOTARY_KEY_ID     its id and
    ADRASTEA_NOTARY_ISSUER     its issuer; without them nothing is sent to Apple

The layout can be made on any system; codesign, hdiutil and notarytool have not been run yet: docs/platforms.md.
Source of truth: Apple's Information Property List and "Notarizing macOS software before distribution".
"""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from build import icons
from build.archives import PROGRAM, File
from build.console import CACHE, ROOT, SetupFailed, Task, run, say
from build.deb import read_app
from build.product import DIST, SPEC, Product, load

NOTEBOOK_UTI = "org.jupyter.ipynb"

_NOTARY = ("ADRASTEA_NOTARY_KEY", "ADRASTEA_NOTARY_KEY_ID", "ADRASTEA_NOTARY_ISSUER")
_AD_HOC = "-"
_XCODE = "Xcode's command line tools are needed: xcode-select --install"


def main() -> int:
    """Make the application and, on a Mac, its disk image. Returns the exit code."""
    try:
        product = load()
        app = stage(product, read_app(DIST / product.command), CACHE / "macos")
        say(f"{app.relative_to(ROOT)} is laid out.")
        for task in steps(product, app, image(product, DIST, platform.machine()), os.environ):
            if sys.platform == "darwin":
                say(f"{task.name}: {task.command[0]}")
                run(task)
            else:
                say(" ".join(str(word) for word in task.command))
    except SetupFailed as error:
        say(str(error))
        return 1
    return 0


def bundle(product: Product, app: bytes) -> tuple[File, ...]:
    """The files of the application, by their paths in it."""
    return (
        File("Contents/Info.plist", plistlib.dumps(info(product))),
        File("Contents/PkgInfo", b"APPL????"),
        File(f"Contents/MacOS/{product.command}", app, PROGRAM),
        File("Contents/Resources/adrastea.icns", icons.icns(icons.APPLICATION)),
        File("Contents/Resources/notebook.icns", icons.icns(icons.NOTEBOOK)),
    )


def info(product: Product) -> dict[str, object]:
    """Info.plist: what the Finder knows. An editor of notebooks, but not the owner: who has chosen another keeps it."""
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDisplayName": product.name,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeIconFile": "notebook",
                "CFBundleTypeName": "Jupyter notebook",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": [NOTEBOOK_UTI],
            },
            {"CFBundleTypeName": "Folder", "CFBundleTypeRole": "Viewer", "LSHandlerRank": "None"}
            | {"LSItemContentTypes": ["public.folder"]},
        ],
        "CFBundleExecutable": product.command,
        "CFBundleIconFile": "adrastea",
        "CFBundleIdentifier": product.id,
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleName": product.name,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": product.version,
        "CFBundleVersion": product.version,
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": product.oldest_macos,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"© {product.developer}, {product.license}",
        "NSRequiresAquaSystemAppearance": False,
        "NSAppTransportSecurity": {"NSAllowsLocalNetworking": True},  # the window shows our server on this machine
        "UTImportedTypeDeclarations": [
            {
                "UTTypeConformsTo": ["public.json"],
                "UTTypeDescription": "Jupyter notebook",
                "UTTypeIdentifier": NOTEBOOK_UTI,
                "UTTypeReferenceURL": "https://nbformat.readthedocs.io",
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["ipynb"],
                    "public.mime-type": ["application/x-ipynb+json"],
                },
            }
        ],
    }


def stage(product: Product, app: bytes, folder: Path) -> Path:
    """Lay out what the disk image shows: the application, and the folder to drag it to. Returns the application."""
    shutil.rmtree(folder, ignore_errors=True)
    for file in bundle(product, app):
        path = folder / f"{product.name}.app" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        path.chmod(file.mode)
    (folder / "Applications").symlink_to("/Applications")
    return folder / f"{product.name}.app"


def image(product: Product, folder: Path, machine: str) -> Path:
    """The disk image's name."""
    return folder / f"{product.command}-{product.version}-macos-{machine}.dmg"


def steps(product: Product, app: Path, dmg: Path, environ: Mapping[str, str]) -> tuple[Task, ...]:
    """What is to be run, in order: sign, check, make the image, sign that, have it notarised, staple the ticket.

    Raises:
        SetupFailed: only a part of what notarising needs is given.
    """
    identity = environ.get("ADRASTEA_SIGN_IDENTITY") or _AD_HOC
    entitlements = SPEC / "macos" / "entitlements.plist"
    sign: list[str | Path] = ["codesign", "--force", "--sign", identity, "--identifier", product.id]
    if identity != _AD_HOC:
        sign += ["--timestamp"]
    hardened: list[str | Path] = ["--options", "runtime", "--entitlements", entitlements]
    made = (
        Task("codesign", [*sign, *hardened, app], _XCODE),
        Task("codesign-verify", ["codesign", "--verify", "--strict", "--verbose=2", app], "The signature is broken."),
        Task(
            "hdiutil",
            ["hdiutil", "create", "-volname", product.name, "-srcfolder", app.parent, "-ov", "-format", "ULFO", dmg],
            "Is there room on the disk?",
        ),
        Task("codesign-image", [*sign, dmg], _XCODE),
    )
    return (*made, *_notarise(dmg, identity, environ))


def _notarise(dmg: Path, identity: str, environ: Mapping[str, str]) -> tuple[Task, ...]:
    given = [environ.get(name, "") for name in _NOTARY]
    if not any(given):
        return ()
    if not all(given) or identity == _AD_HOC:
        message = (
            f"Notarising needs ADRASTEA_SIGN_IDENTITY, {', '.join(_NOTARY)}: all of them, or none of the last three."
        )
        raise SetupFailed(message)
    key, key_id, issuer = given
    words = ["xcrun", "notarytool", "submit", str(dmg), "--wait", "--key", key, "--key-id", key_id, "--issuer", issuer]
    advice = "Apple says why: xcrun notarytool log ID, with the same key."
    return (
        Task("notarytool", words, advice),
        Task("stapler", ["xcrun", "stapler", "staple", dmg], advice),
    )


if __name__ == "__main__":
    sys.exit(main())
