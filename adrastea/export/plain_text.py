"""Outputs as text: without the escape sequences of terminals, and the best of a mimebundle that text can hold. Pure."""

from __future__ import annotations

import base64
import re
from typing import Final, NamedTuple

from adrastea.documents import terminal
from adrastea.documents.json_values import is_object
from adrastea.documents.notebook import Cell, ErrorOutput, JsonObject

_ESCAPES: Final = re.compile(
    r"\x1b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])"
)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

IMAGES: Final = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/bmp": ".bmp",
}
"""Types of images that are exported, best first, each with the ending of its file."""


class Representation(NamedTuple):
    """One member of a mimebundle."""

    mime: str
    text: str


def plain(text: str) -> str:
    """What a terminal would have left on the screen, without colours."""
    return _CONTROLS.sub("", _ESCAPES.sub("", terminal.shown(text)))


def best(data: JsonObject, order: tuple[str, ...]) -> Representation | None:
    """The first type of `order` that the mimebundle holds as text."""
    for mime in order:
        value = data.get(mime)
        if isinstance(value, str) and value:
            return Representation(mime, value)
    return None


def image_bytes(image: Representation) -> bytes | None:
    """The bytes of an image; None where its data are none."""
    if image.mime == "image/svg+xml" and image.text.lstrip().startswith("<"):
        return image.text.encode("utf-8", "replace")
    try:
        return base64.b64decode("".join(image.text.split()), validate=True)
    except ValueError:
        return None


def error_text(error: ErrorOutput) -> str:
    """An error as it is read: its traceback, or what there is without one."""
    return plain("\n".join(error.traceback) or f"{error.ename}: {error.evalue}")


def description(data: JsonObject) -> str | None:
    """The first line of what the kernel says of an output in words; None: it says nothing."""
    text = best(data, ("text/plain",))
    return None if text is None else plain(text.text).strip().partition("\n")[0]


def is_hidden(cell: Cell, part: str) -> bool:
    """Whether the notebook hides the `source` or the `outputs` of a cell."""
    jupyter = cell.metadata.get("jupyter")
    if is_object(jupyter) and jupyter.get(f"{part}_hidden") is True:
        return True
    return part == "outputs" and cell.metadata.get("collapsed") is True
