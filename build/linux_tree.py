"""What an installation on Linux consists of, as files below a prefix such as `/usr` or `~/.local`.

The Debian package and the archive with `install.sh` hold the same tree. Source of truth for the places: the FHS, the
XDG specifications for desktop entries, icon themes and MIME types, and AppStream.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from build import components, icons
from build.archives import PROGRAM, File, gz
from build.console import ROOT
from build.man_page import man_page
from build.product import Product, fill, fill_xml, spec

NOTEBOOK_ICON = "adrastea-notebook"
"""The icon that `spec/linux/mime.xml` names; not the type's own name, which another package may have taken."""


def tree(product: Product, app: bytes) -> tuple[File, ...]:
    """All files; `app` is the program."""
    values = product.values()
    share = (
        File(f"applications/{product.command}.desktop", fill(spec("linux/adrastea.desktop"), values).encode()),
        File(f"mime/packages/{product.command}.xml", spec("linux/mime.xml").encode()),
        File(f"metainfo/{product.id}.metainfo.xml", _metainfo(product).encode()),
        File(f"man/man1/{product.command}.1.gz", gz(man_page(spec("linux/adrastea.1"), values).encode())),
        *_documents(product),
        *_icons(product),
    )
    return (
        File(f"bin/{product.command}", app, PROGRAM),
        *(File(f"share/{file.path}", file.data, file.mode) for file in share),
    )


def _metainfo(product: Product) -> str:
    paragraphs = "\n".join(f"    <p>{escape(text)}</p>" for text in product.description)
    return fill_xml(spec("linux/metainfo.xml"), product.values()).replace("PARAGRAPHS", paragraphs)


def _documents(product: Product) -> Iterator[File]:
    folder = f"doc/{product.command}"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    indented = "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())
    values = {**product.values(), "license_text": indented}
    yield File(f"{folder}/copyright", fill(spec("linux/copyright"), values).encode())
    yield File(f"{folder}/third-party-licenses.txt.gz", gz(components.notices(components.components()).encode()))


def _icons(product: Product) -> Iterator[File]:
    theme = "icons/hicolor"
    for svg, kind, name in (
        (icons.APPLICATION, "apps", product.command),
        (icons.NOTEBOOK, "mimetypes", NOTEBOOK_ICON),
    ):
        yield File(f"{theme}/scalable/{kind}/{name}.svg", svg.read_bytes())
        for side in icons.LINUX_SIZES:
            yield File(f"{theme}/{side}x{side}/{kind}/{name}.png", icons.png(svg, side))
