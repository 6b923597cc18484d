"""What Nuitka asks us while it freezes: a plugin, loaded by `--user-plugin`. `build/lean.py` has the answers.

Nothing but the main module is compiled to C: that would be larger and take more memory (docs/binary.md). Code of
modules goes into the file `modules` (`build/frozen_code.py`); what Python needs before it can read that file stays in
the program.
"""

# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUntypedBaseClass=false, reportMissingTypeArgument=false, reportIncompatibleMethodOverride=false
# pyright: reportUnknownArgumentType=false
# (Nuitka is installed for freezing only.)

from __future__ import annotations

import marshal
from pathlib import Path
from types import CodeType
from typing import Final

from nuitka.freezer.ImportDetection import detectEarlyImports
from nuitka.plugins.PluginBase import NuitkaPluginBase

from build import frozen_code, lean

_IN_PLACE: Final = "from build.frozen_code import run; run(__name__, globals())"
_BEFORE: Final = frozenset({"build", "build.frozen_code"})
_ENCODINGS: Final = frozenset({"encodings", "encodings.aliases", "encodings.utf_8"})  # Python starts in its UTF-8 mode


class NuitkaPluginLean(NuitkaPluginBase):  # type: ignore[misc] # Nuitka carries no types
    """See the module."""

    plugin_name = "adrastea-lean"

    def __init__(self) -> None:
        self._plan = lean.load()
        self._code: dict[str, bytes] = {}

    def onModuleEncounter(  # noqa: N802 -- Nuitka's names
        self, using_module_name: object, module_name: object, module_filename: str, module_kind: str
    ) -> tuple[bool, str] | None:
        """Whether to include a module: None leaves that to Nuitka."""
        return (False, "left out in spec/freeze.toml") if self._plan.leaves_out(str(module_name)) else None

    def onModuleSourceCode(self, module_name: object, source_filename: str, source_code: str) -> str:  # noqa: N802
        """The source that is frozen."""
        return self._plan.mended(str(module_name), source_code)

    def decideCompilation(self, module_name: object) -> str:  # noqa: N802
        """`compiled` or `bytecode`."""
        return "compiled" if str(module_name) == "__main__" else "bytecode"

    def onFrozenModuleBytecode(self, module_name: object, is_package: bool, bytecode: CodeType) -> CodeType:  # noqa: FBT001, N802
        """The code that is in the program itself."""
        name = str(module_name)
        if name in _BEFORE or name in _ENCODINGS or (name in _early() and not name.startswith("encodings.")):
            return bytecode
        self._code[name] = marshal.dumps(bytecode)
        return compile(_IN_PLACE, name, "exec", dont_inherit=True)

    def onStandaloneDistributionFinished(self, dist_dir: str) -> None:  # noqa: N802
        """The folder is ready: the code of the modules is added."""
        (Path(dist_dir) / frozen_code.NAME).write_bytes(frozen_code.pack(self._code))


def _early() -> frozenset[str]:
    return frozenset(str(name) for name in detectEarlyImports())
