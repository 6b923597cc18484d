"""The text of a notebook file as far as it is JSON, and what is said about a file that is none.

Every refusal is an `InvalidNotebook` with the line. Pure; any thread.
"""

from __future__ import annotations

import codecs
import json
from typing import NoReturn

from adrastea.documents import json_text
from adrastea.documents.json_text import Parts
from adrastea.errors import InvalidNotebook

_BLANKS = " \t\r\n"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def invalid(what: str, text: str, at: int) -> InvalidNotebook:
    """The error that says `what` is wrong at this position (a sentence without its end)."""
    line = text.count("\n", 0, at) + 1
    return InvalidNotebook(f"{what} (line {line}).", line)


def text_of(data: bytes) -> str:
    """The characters of a file.

    Raises:
        InvalidNotebook: they are not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        what = (
            "The file is in UTF-16, and a notebook is in UTF-8" if wide else "The file holds bytes that are not UTF-8"
        )
        raise InvalidNotebook(f"{what} (line {line}).", line) from None


def parse(text: str) -> tuple[str, Parts, str]:
    """The blanks before the outermost object, the object in parts, and the blanks behind it.

    Raises:
        InvalidNotebook: it is not JSON, or not an object.
    """
    begin = len(text) - len(text.lstrip(_BLANKS))
    try:
        if not text.startswith("{", begin):
            return _no_object(text, begin)
        top, end = json_text.split(text, begin, inside=("cells",))
    except json.JSONDecodeError as error:
        raise _not_json(error, text) from None
    except ValueError:
        raise invalid("The notebook holds a number with thousands of digits", text, begin) from None
    except RecursionError:
        raise invalid("The notebook is nested too deeply", text, begin) from None
    rest = text[end:].lstrip(_BLANKS)
    if rest:
        raise invalid("There is text behind the end of the notebook", text, len(text) - len(rest))
    return text[:begin], top, text[end:]


def _no_object(text: str, begin: int) -> NoReturn:
    json.loads(text)
    raise invalid("The file is JSON, and not a notebook", text, begin)


def _not_json(error: json.JSONDecodeError, text: str) -> InvalidNotebook:
    line_start = text.rfind("\n", 0, error.pos) + 1
    if text.startswith(_CONFLICT, line_start):
        return invalid("The file holds a merge conflict that is not resolved", text, error.pos)
    what = f"The file is not valid JSON: {error.msg.removesuffix(' at')} in column {error.colno}"
    return invalid(what, text, error.pos)
