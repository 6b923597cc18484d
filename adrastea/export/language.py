"""The language of a notebook, and how a script of it is written: the ending of its file and the sign of a comment.

Source of truth: `language_info` and `kernelspec` in the notebook's metadata. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from adrastea.documents.json_values import is_object
from adrastea.documents.notebook import JsonObject

_COMMENTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("javascript", "typescript", "c", "c++", "cpp", "c#", "csharp", "f#", "fsharp"), "//"),
    **dict.fromkeys(("rust", "go", "java", "kotlin", "scala", "swift", "groovy", "php", "dart"), "//"),
    **dict.fromkeys(("sql", "haskell", "lua", "ada", "postgresql"), "--"),
    **dict.fromkeys(("matlab", "octave", "erlang", "prolog", "latex", "tex"), "%"),
    **dict.fromkeys(("scheme", "lisp", "clojure", "racket", "common lisp"), ";"),
    **dict.fromkeys(("fortran", "f90"), "!"),
    "stata": "*",
}
_ENDINGS: Final[Mapping[str, str]] = {"python": ".py", "r": ".r", "julia": ".jl", "javascript": ".js", "bash": ".sh"}
_ENDING: Final = re.compile(r"\.[A-Za-z0-9_+-]{1,16}")


@dataclass(frozen=True, slots=True)
class Language:
    """What a script in it is written like."""

    name: str
    """Lower case, as in a fence of Markdown; empty where the notebook does not say."""
    ending: str
    """Of a file, with its dot."""
    comment: str
    """What a line begins with that is not run."""

    @property
    def has_magics(self) -> bool:
        """Whether IPython's magics may stand in it."""
        return self.name == "python"


def language_of(metadata: JsonObject) -> Language:
    """The language of a notebook with these metadata; one that says nothing is taken for Python, as Jupyter does."""
    info, spec = metadata.get("language_info"), metadata.get("kernelspec")
    said = (info.get("name") if is_object(info) else None) or (spec.get("language") if is_object(spec) else None)
    name = said.strip().lower() if isinstance(said, str) and said.strip() else "python"
    name = "python" if name in ("ipython", "python3") else name
    ending = info.get("file_extension") if is_object(info) else None
    if not isinstance(ending, str) or not _ENDING.fullmatch(ending):  # it becomes the end of a file's name
        ending = _ENDINGS.get(name, ".txt")
    return Language(name, ending, _COMMENTS.get(name, "#"))
