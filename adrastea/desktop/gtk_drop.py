"""Where the files lie that are dragged over the page on Linux: the page itself is not told. Main thread."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adrastea.desktop.file_names import paths_of


class GtkDrop:
    """Listens to one web view."""

    def __init__(self, page: Any) -> None:
        self._paths: tuple[str, ...] = ()
        page.connect("drag-data-received", self._received)

    @property
    def paths(self) -> Sequence[str]:
        """Those of the last drag; absolute."""
        return self._paths

    def _received(self, _page: object, _drag: object, _x: int, _y: int, data: Any, *_: object) -> None:
        uris = data.get_uris()
        if uris:
            self._paths = paths_of(uris)
