"""The Debian package: `python3 -m build.deb` makes `dist/adrastea_VERSION_ARCH.deb` from `dist/adrastea`.

    ar of    debian-binary | control.tar.xz (control, md5sums) | data.tar.xz (the tree below /usr)

No scripts are in it: the databases of MIME types, desktop entries, icons and manual pages are kept by the triggers of
the packages that own them. Made without dpkg; equal byte for byte when made twice.

Source of truth: deb(5), deb-control(5), Debian policy §5.3 and §12.7.
"""

from __future__ import annotations

import email.utils
import hashlib
import re
import sys
import textwrap
from pathlib import Path

from build import archives, linux_tree
from build.archives import File, below, gz
from build.console import ROOT, SetupFailed, say
from build.product import DIST, Product, fill, load, spec

_ARCHITECTURES = {0x3E: "amd64", 0xB7: "arm64", 0x28: "armhf", 0xF3: "riscv64", 0x03: "i386"}  # e_machine of ELF
_MACHINE_AT = 18
_GLIBC = re.compile(rb"\0GLIBC_(2\.[0-9]{1,2})(?=\0)")
_ENTRY = re.compile(r"^- (.*(?:\n  .*)*)", re.MULTILINE)
_SECTION = re.compile(r"^## ", re.MULTILINE)


def main() -> int:
    """Make the package. Returns the exit code."""
    try:
        product, app = load(), read_app(DIST / "adrastea")
        file = DIST / f"{product.command}_{product.version}_{architecture(app)}.deb"
        file.write_bytes(package(product, app))
    except SetupFailed as error:
        say(str(error))
        return 1
    say(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes.")
    return 0


def read_app(file: Path) -> bytes:
    """The program.

    Raises:
        SetupFailed: it has not been made.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read ({error.strerror}). Make it first: make app"
        raise SetupFailed(message) from None


def package(product: Product, app: bytes) -> bytes:
    """The package as bytes."""
    files = (*below("usr", linux_tree.tree(product, app)), *_documents(product))
    data = archives.xz(archives.tar(files, product.when, "./"))
    control = (File("control", _control(product, app, files).encode()), File("md5sums", _md5sums(files).encode()))
    members = (
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", archives.xz(archives.tar(control, product.when, "./"))),
        ("data.tar.xz", data),
    )
    return archives.ar(members, product.when)


def architecture(app: bytes) -> str:
    """For which processors the program is, in Debian's words; `all` for a script.

    Raises:
        SetupFailed: Debian has no name for its kind.
    """
    if not app.startswith(b"\x7fELF"):
        return "all"
    machine = int.from_bytes(app[_MACHINE_AT : _MACHINE_AT + 2], "little")
    if machine not in _ARCHITECTURES:
        message = f"The program is for a processor (ELF machine {machine:#x}) that the package has no name for."
        raise SetupFailed(message)
    return _ARCHITECTURES[machine]


def glibc(app: bytes, oldest: str) -> str:
    """The glibc that the program asks for, and at least `oldest`: its compressed parts do not show what they need."""
    asked = (found[1].decode("ascii") for found in _GLIBC.finditer(app))
    return max((oldest, *asked), key=lambda text: int(text.partition(".")[2]))


def _control(product: Product, app: bytes, files: tuple[File, ...]) -> str:
    linux = product.linux
    paragraphs = (textwrap.wrap(text, 78, initial_indent=" ", subsequent_indent=" ") for text in product.description)
    summary = product.summary
    return fill(
        spec("linux/control"),
        {
            **product.values(),
            "architecture": architecture(app),
            "kibibytes": str(sum(-(-len(file.data) // 1024) for file in files)),
            "depends": ", ".join((*linux.depends, f"libc6 (>= {glibc(app, linux.oldest_glibc)})")),
            "recommends": ", ".join(linux.recommends),
            "suggests": ", ".join(linux.suggests),
            "debian_summary": summary[0].lower() + summary[1:],
            "debian_description": "\n .\n".join("\n".join(lines) for lines in paragraphs),
        },
    )


def _md5sums(files: tuple[File, ...]) -> str:
    sums = ((file.path, hashlib.md5(file.data, usedforsecurity=False).hexdigest()) for file in files)
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums))


def _documents(product: Product) -> tuple[File, ...]:
    changes = changelog(product, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    return (
        File(f"usr/share/doc/{product.command}/changelog.gz", gz(changes.encode())),
        File(f"usr/share/lintian/overrides/{product.command}", spec("linux/lintian-overrides").encode()),
    )


def changelog(product: Product, text: str) -> str:
    """The newest section of our changelog in Debian's form."""
    newest = [*_SECTION.split(text), ""][1]
    entries = [" ".join(entry.split()) for entry in _ENTRY.findall(newest)] or ["A new version."]
    lines = (textwrap.fill(entry, 76, initial_indent="  * ", subsequent_indent="    ") for entry in entries)
    head = f"{product.command} ({product.version}) stable; urgency=medium"
    foot = f" -- {product.maintainer}  {email.utils.formatdate(product.when)}"
    return "\n\n".join((head, "\n".join(lines), foot)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
