"""What frontends keep in Jupyter's configuration, by sections: JSON objects in the folders `serverconfig`.

A section is put together from every folder that Jupyter reads, and written into the user's own only. Objects are
merged into each other; null takes a value away. A file that is no JSON is passed over, and never overwritten by a
change of something else in it. Files are replaced whole or not at all (S1). Blocks; from the loop's pool only.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html#config
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from adrastea.documents import store
from adrastea.documents.json_values import finite, is_object, is_too_deep
from adrastea.documents.notebook import EMPTY, JsonObject, JsonValue
from adrastea.errors import AppError, BadRequest, Conflict, NotFound, StorageFailed
from adrastea.kernels.jupyter_paths import (
    jupyter_config_dir,
    jupyter_config_dirs,
    python_on_path,
    this_interpreter,
)

log = logging.getLogger(__name__)

_FOLDER: Final = "serverconfig"
_PRIVATE: Final = 0o700  # the folder also holds hashes of passwords, of other programs


class ConfigSections:
    """The sections in these folders: `own` is written, `others` are read as well, the first counting for more."""

    def __init__(self, own: Path, others: Sequence[Path] = ()) -> None:
        self._own = own / _FOLDER
        self._all = tuple(dict.fromkeys(folder / _FOLDER for folder in (*others, own)))

    def get(self, name: str) -> JsonObject:
        """A section as all folders together have it; empty where none has it."""
        found: JsonObject = EMPTY
        for folder in reversed(self._all):
            found = merged(found, self._in_folder(folder, name))
        return found

    def put(self, name: str, section: JsonObject) -> None:
        """Let the user's own file hold this section.

        Raises:
            BadRequest: it is nested too deeply. AppError: the disk refused.
        """
        self._write(name, section, None)

    def patch(self, name: str, change: JsonObject) -> JsonObject:
        """Merge into what the user's own folder has; the section as it has it then.

        Raises:
            Conflict: the file is there and holds no JSON object, or somebody else has just changed it.
            BadRequest: it is nested too deeply. AppError: the disk refused.
        """
        file = self._own / f"{name}.json"
        try:
            data, before = store.read(file)
        except NotFound:
            data, before = b"", None
        if data.strip() and _parse(data) is None:
            raise Conflict(f"{file.name} in Jupyter's configuration is no JSON object. Mend it, or take it away.")
        section = merged(self._in_folder(self._own, name), change)
        self._write(name, section, before)
        return section

    def _write(self, name: str, section: JsonObject, before: store.Fingerprint | None) -> None:
        if is_too_deep(section):
            raise BadRequest("The section is nested too deeply.")
        kept = without(section, self._defaults(self._own, name))
        try:
            self._own.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            self._own.mkdir(exist_ok=True)
        except OSError as error:
            reason = error.strerror or "the disk refused it"
            raise StorageFailed(f"The folder of Jupyter's configuration cannot be made: {reason}.") from None
        store.replace(self._own / f"{name}.json", json.dumps(finite(kept), indent=2).encode(), before)

    def _in_folder(self, folder: Path, name: str) -> JsonObject:
        return merged(self._defaults(folder, name), _read(folder / f"{name}.json"))

    def _defaults(self, folder: Path, name: str) -> JsonObject:
        """What packages have put beside a section: the files in `<section>.d`, in the order of their names."""
        found: JsonObject = EMPTY
        for file in sorted((folder / f"{name}.d").glob("*.json")):
            found = merged(found, _read(file))
        return found


def users_sections(environ: Mapping[str, str], temporary: Path) -> ConfigSections:
    """Those of this user's Jupyter; below `temporary` where the environment wants no configuration."""
    if environ.get("JUPYTER_NO_CONFIG"):
        return ConfigSections(temporary / "jupyter-config")
    home, python = Path.home().resolve(), this_interpreter(environ, python_on_path(environ))
    own = jupyter_config_dir(environ, home, sys.platform)
    return ConfigSections(own, jupyter_config_dirs(environ, home, sys.platform, python))


def merged(old: JsonObject, change: JsonObject) -> JsonObject:
    """`old` with `change` in it: objects are merged, null takes away, anything else takes its place. Pure.

    An object of which nothing is left goes too.
    """
    result = dict(old)
    for name, value in change.items():
        if is_object(value):
            before = result.get(name)
            inner = merged(before if is_object(before) else EMPTY, value)
            if inner:
                result[name] = inner
            else:
                result.pop(name, None)
        elif value is None:
            result.pop(name, None)
        else:
            result[name] = value
    return result


def without(section: JsonObject, defaults: JsonObject) -> JsonObject:
    """What of a section is not the same in the defaults. Pure."""
    result: dict[str, JsonValue] = {}
    for name, value in section.items():
        default = defaults.get(name)
        if is_object(value) and is_object(default):
            inner = without(value, default)
            result |= {name: inner} if inner else {}
        elif name not in defaults or value != default:
            result[name] = value
    return result


def _read(file: Path) -> JsonObject:
    try:
        data = store.read(file)[0]
    except AppError as error:
        if not isinstance(error, NotFound):
            log.warning("A configuration file is passed over: %s", error)
        return EMPTY
    found = _parse(data) if data.strip() else EMPTY
    if found is None:
        log.warning("%s in Jupyter's configuration is no JSON object; it is passed over", file.name)
    return found or EMPTY


def _parse(data: bytes) -> JsonObject | None:
    try:
        value: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    found = cast("JsonObject", value) if isinstance(value, dict) else None
    return None if found is None or is_too_deep(found) else found
