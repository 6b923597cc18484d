"""Where the window of each folder was, remembered between runs in `state_dir/windows.json`.

The file is a list, the window that was closed last at the front: `{"folder": …, "width": …, …}`; a window without a
folder has none. Folders that have not been used for long are forgotten. Main thread.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

from adrastea.desktop.placement import Placement, parse

log = logging.getLogger(__name__)

_REMEMBERED = 50  # folders


class Places:
    """The remembered places."""

    def __init__(self, state_dir: Path) -> None:
        self._file = state_dir / "windows.json"
        self._places = dict(_load(self._file, state_dir / "window.json"))

    def of(self, folder: Path | None) -> Placement:
        """The place of the folder's window; of one that has none yet: as large as the last, where the system likes."""
        known = self._places.get(folder)
        if known is not None:
            return known
        last = next(iter(self._places.values()), Placement())
        return replace(last, x=None, y=None)

    def remember(self, folder: Path | None, at: Placement) -> None:
        """Note the place and write it down. If it cannot be written, that is no reason to bother anybody."""
        others = [(other, place) for other, place in self._places.items() if other != folder]
        self._places = dict([(folder, at), *others][:_REMEMBERED])
        rows = [{**_named(known), **asdict(place)} for known, place in self._places.items()]
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.write_text(json.dumps(rows), encoding="utf-8")
        except OSError as error:
            log.warning("The window's place could not be remembered: %s", error.strerror)


def _named(folder: Path | None) -> dict[str, str]:
    return {} if folder is None else {"folder": str(folder)}


def _load(file: Path, before: Path) -> Iterator[tuple[Path | None, Placement]]:
    """What is remembered; from before there were several windows: the place of the one."""
    raw = _read(file)
    rows = cast("list[object]", raw) if isinstance(raw, list) else [_read(before)]
    for row in rows[:_REMEMBERED]:
        if isinstance(row, dict):
            place = cast("dict[str, object]", row)
            folder = place.get("folder")
            yield (Path(folder) if isinstance(folder, str) else None), parse(place)


def _read(file: Path) -> object:
    try:
        raw: object = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return raw
