"""What the launcher of the one file tells the program that takes its place. Main thread, before anything else runs.

It unpacks the program into the user's cache and says in the environment where the file is that the user started: that
is what is said to the user. What the user has set for other Pythons (PYTHON…) it hides from the Python in here, which
would stumble over some of it. Kernels hear of none of this, and get what the user has set.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Final

_FILE: Final = "ADRASTEA_ONE_FILE"
_HIDDEN: Final = "ADRASTEA_HIDDEN_"  # before what the user has set for other Pythons: kernels get it back


def settle(environ: MutableMapping[str, str], *, compiled: bool) -> None:
    """Make `sys` say what it says in every frozen program; takes the launcher's word out of `environ`.

    `compiled`: whether Nuitka has frozen it, which leaves `sys.frozen` unset (PyInstaller sets it).
    """
    file = environ.pop(_FILE, "")
    for name in [name for name in environ if name.startswith(_HIDDEN)]:
        environ[name.removeprefix(_HIDDEN)] = environ.pop(name)
    if compiled:
        sys.frozen = True  # type: ignore[attr-defined] # by convention of the freezers
    if file and getattr(sys, "frozen", False):
        sys.executable = file
