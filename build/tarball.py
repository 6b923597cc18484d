"""The archive for every Linux: `python3 -m build.tarball` makes `dist/adrastea-VERSION-linux-MACHINE.tar.xz`.

    adrastea-VERSION/   install.sh, README, LICENSE, files (a list), bin/, share/

`install.sh` copies the tree below `~/.local` or another prefix, and takes it away again. Standard library and what the
tree needs.
"""

from __future__ import annotations

import sys

from build import archives, linux_tree
from build.archives import PROGRAM, File, below
from build.console import ROOT, SetupFailed, say
from build.deb import architecture, read_app
from build.product import DIST, Product, fill, load, spec

_MACHINES = {"amd64": "x86_64", "arm64": "aarch64", "armhf": "armv7l", "all": "any"}


def main() -> int:
    """Make the archive. Returns the exit code."""
    try:
        product, app = load(), read_app(DIST / "adrastea")
        file = DIST / f"{name(product, app)}.tar.xz"
        file.write_bytes(archive(product, app))
    except SetupFailed as error:
        say(str(error))
        return 1
    say(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes.")
    return 0


def name(product: Product, app: bytes) -> str:
    """The archive's name, without its ending."""
    debian = architecture(app)
    return f"{product.command}-{product.version}-linux-{_MACHINES.get(debian, debian)}"


def archive(product: Product, app: bytes) -> bytes:
    """The archive as bytes."""
    tree = linux_tree.tree(product, app)
    values = product.values()
    listing = "".join(f"{file.path}\n" for file in sorted(tree, key=lambda file: file.path))
    extra = (
        File("install.sh", fill(spec("linux/install.sh"), values).encode(), PROGRAM),
        File("README", fill(spec("linux/README"), values).encode()),
        File("LICENSE", (ROOT / "LICENSE").read_bytes()),
        File("files", listing.encode()),
    )
    files = below(f"{product.command}-{product.version}", (*extra, *tree))
    return archives.xz(archives.tar(files, product.when))


if __name__ == "__main__":
    sys.exit(main())
