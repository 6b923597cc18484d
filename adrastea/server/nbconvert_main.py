"""Data that we ship, run by the user's own Python: nbconvert, asked one question by `converting.py`.

Imagine being there: no Adrastea can be imported, only the standard library, nbconvert and what it needs. The question
is one JSON object on stdin; the answer is one line of JSON on stdout, and after it the bytes of the result.
"""

from __future__ import annotations

import sys

sys.path[:] = [place for place in sys.path if place]  # not the notebook's folder: a file in it may be named as a module

import importlib
import io
import json
import os
from types import ModuleType
from typing import Any


def main() -> None:
    """Read the question, write the answer."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what an exporter prints is no part of the answer
    question = json.load(sys.stdin.buffer)
    try:
        base = importlib.import_module("nbconvert.exporters.base")
        head, body = listed(base) if question["do"] == "list" else converted(base, question)
    except ImportError as error:
        head, body = {"error": "missing", "message": str(error)}, b""
    except Exception as error:  # whatever an exporter raises
        head, body = {"error": "failed", "message": "{}: {}".format(type(error).__name__, error)}, b""
    with answers:
        answers.write(json.dumps(head).encode() + b"\n")
        answers.write(body)


def listed(base: ModuleType) -> tuple[dict[str, Any], bytes]:
    """The exporters that can be loaded."""
    found: dict[str, Any] = {}
    for name in base.get_export_names():
        try:
            found[name] = {"output_mimetype": base.get_exporter(name).output_mimetype}
        except Exception:  # noqa: S112 -- one that cannot be loaded is none
            continue
    return {"exporters": found}, b""


def converted(base: ModuleType, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A notebook in another format."""
    try:
        kind = base.get_exporter(question["format"])
    except (KeyError, NameError, ValueError):  # by its versions
        return {"error": "format", "message": ""}, b""
    exporter = kind()
    if question["sanitize"] is not None and question["format"] == "html":
        exporter.sanitize_html = question["sanitize"]
    notebook = importlib.import_module("nbformat").reads(json.dumps(question["notebook"]), as_version=4)
    about = {"name": question["name"], "modified_date": question["modified"], "path": question["folder"]}
    output, resources = exporter.from_notebook_node(
        notebook, resources={"metadata": {name: value for name, value in about.items() if value}}
    )
    data = output.encode("utf-8", "replace") if isinstance(output, str) else bytes(output)
    extension = resources.get("output_extension") or ""
    files: dict[str, bytes] = resources.get("outputs") or {}
    if files:
        return {"extension": ".zip", "mimetype": "application/zip"}, packed(question["name"] + extension, data, files)
    return {"extension": extension, "mimetype": exporter.output_mimetype or ""}, data


def packed(name: str, data: bytes, files: dict[str, bytes]) -> bytes:
    """The result and the files that belong to it, in one."""
    zipfile = importlib.import_module("zipfile")  # not by name: the one file need not hold it
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        for other, content in files.items():
            archive.writestr(os.path.basename(other), content)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
