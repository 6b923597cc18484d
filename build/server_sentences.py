"""The sentences that the server may say to the page, read from the Python source: the keys of the German ones.

    python -m build.server_sentences        what has no German yet, and German that nothing says any more

A sentence is the text of an error (`raise NotFound(f"{name} does not exist.")`), or what a function returns that makes
such texts. Where a value stands, the key has `{}`. What is put into a sentence and reads like words (`why = "the disk
is full"`) is a key of its own. The German stands in `ui/src/i18n/de/server.json`. In it `{0}` is the first value as it
is, `{0~}` a value that is such a sentence itself (`{0?}`: that, or a name), and `{0!}` one in the words of somebody
else: of the system, of a kernel.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
GERMAN: Final = ROOT / "ui" / "src" / "i18n" / "de" / "server.json"

_ERRORS: Final = frozenset(
    {
        "AppError", "BadRequest", "ChangedOnDisk", "Conflict", "ConversionFailed", "Forbidden", "InvalidNotebook",
        "KernelFailed", "NotFound", "PackageMissing", "StorageFailed", "Unauthorized", "Unavailable", "XsrfMissing",
    }
)  # fmt: skip
_SAY_SO: Final = {"_fail": 0, "invalid": 0, "object_from_json": 1}  # which argument they pass on to an error
_MORE: Final = {  # where errors that mostly speak to a terminal or to a program reach the page
    "kernels/kernelspec.py": frozenset({"ProtocolError"}),
    "private_folder.py": frozenset({"StartFailed"}),
    "state_folder.py": frozenset({"StartFailed"}),
}
_RETURNED: Final = frozenset({"kernels/exit.py", "kernels/failure.py"})  # whose functions return sentences
_SILENT: Final = {  # what our own page never shows, and why
    "desktop/": "the window's own; the page does not ask for what it refuses, but for a PDF",
    "export/": "the command line",
    "server/event_bus.py": "for programs that post events",
    "server/document_messages.py": "for who writes another page",
    "server/widget_requests.py": "for who writes another page",
    "server/fields.py": "for who writes a client",
    "documents/edit": "for who writes another page",
    "server/login_reply.py": "the login page has its own words",
    "server/hub_login.py": "the login page has its own words",
    "server/login.py": "the login page has its own words",
    "server/listening.py": "the command line",
    "server/thread.py": "the program to itself",
    "server/config": "for Jupyter's own pages",
    "server/nbconvert.py": "for who asks for nbconvert by its address",
}
_HEARD: Final = frozenset({"desktop/pdf.py"})  # nevertheless
_PASSED_ON: Final = re.compile(r"\bstr\(error\)|\bself\.cause\b|^end\.cause\(")  # texts that were said elsewhere
_WORDS: Final = re.compile(r"[a-z]+[ ,'][a-z]+|^[A-Z].*\.$|^[a-z]{4,} \{\}", re.IGNORECASE)


class Unclear(Exception):
    """A text of an error whose words cannot be found in the source."""


def sentences(folder: Path = ROOT / "adrastea") -> frozenset[str]:
    """All of them, with `{}` where a value stands.

    Raises:
        Unclear: of some text it cannot be told what it may be; it has to be written so that it can.
    """
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        if name in _HEARD or not name.startswith(tuple(_SILENT)):
            found.update(_Module(name, ast.parse(path.read_text(encoding="utf-8"))).sentences())
    return frozenset(found)


def main() -> int:
    """Say what differs; 1 if something does."""
    english = sentences()
    german: dict[str, str] = json.loads(GERMAN.read_text(encoding="utf-8")) if GERMAN.exists() else {}
    for text in sorted(english - german.keys()):
        print("no German:", json.dumps(text, ensure_ascii=False))
    for text in sorted(german.keys() - english):
        print("said by nothing:", json.dumps(text, ensure_ascii=False))
    return int(english != german.keys())


class _Module:
    """One file, and what is named in it."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name = name
        self._tree = tree
        self._functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._values = dict(_assigned(tree.body))
        self._places = dict.fromkeys(_ERRORS | _MORE.get(name, frozenset()), 0) | _SAY_SO

    def sentences(self) -> Iterator[str]:
        for scope, node in _with_scope(self._tree, {}):
            if isinstance(node, ast.Call) and (at := self._places.get(_called(node), len(node.args))) < len(node.args):
                yield from self._text(node.args[at], scope, is_part=at > 0)
            if isinstance(node, ast.Assign) and any(_is_cause(target) for target in node.targets):
                yield from self._text(node.value, scope, is_part=True)
            if isinstance(node, ast.Return) and node.value is not None and self._name in _RETURNED:
                yield from self._text(node.value, scope, is_part=True)

    def _text(self, node: ast.expr, scope: dict[str, list[ast.expr]], *, is_part: bool) -> Iterator[str]:
        """What this may be. A part of a sentence may be a mere value; a whole one may not."""
        match node:
            case ast.Constant(value=str(text)) if not is_part or _WORDS.search(text):
                yield text.strip(" ,:") if is_part else text
            case ast.JoinedStr(values=pieces):
                text = "".join(str(piece.value) if isinstance(piece, ast.Constant) else "{}" for piece in pieces)
                if "{}{}" in text:
                    raise Unclear(f"{self._name}:{node.lineno}: say it in whole sentences: {text}")
                if not is_part or _WORDS.search(text):
                    yield text.strip(" ,:") if is_part else text
                for piece in pieces:
                    if isinstance(piece, ast.FormattedValue):
                        yield from self._text(piece.value, scope, is_part=True)
            case ast.IfExp(body=one, orelse=other):
                yield from self._text(one, scope, is_part=is_part)
                yield from self._text(other, scope, is_part=is_part)
            case ast.BoolOp(values=values):
                for value in values:
                    yield from self._text(value, scope, is_part=True)
            case _:
                yield from self._named(node, scope, is_part=is_part)

    def _named(self, node: ast.expr, scope: dict[str, list[ast.expr]], *, is_part: bool) -> Iterator[str]:
        """What a name, a function of this file or an entry of a table may be."""
        match node:
            case ast.Name(id=name) if name in scope or name in self._values:
                for value in scope.get(name) or [self._values[name]]:
                    yield from self._text(value, scope, is_part=is_part)
            case ast.Call(func=ast.Name(id=name)) if name in self._functions:
                for inner, each in _with_scope(self._functions[name], {}):
                    if isinstance(each, ast.Return) and each.value is not None:
                        yield from self._text(each.value, inner, is_part=True)
            case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if (
                isinstance(table := self._values.get(name), ast.Dict)
            ):
                for value in table.values:
                    yield from self._text(value, scope, is_part=True)
            case ast.Call(keywords=[ast.keyword(value=value)]):
                yield from self._text(value, scope, is_part=True)
            case _ if not is_part and _PASSED_ON.search(ast.unparse(node)) is None:
                raise Unclear(f"{self._name}:{node.lineno}: which text is that? {ast.unparse(node)}")
            case _:
                pass


def _with_scope(node: ast.AST, scope: dict[str, list[ast.expr]]) -> Iterator[tuple[dict[str, list[ast.expr]], ast.AST]]:
    """Every node below, with what is assigned to the names of the function around it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        scope = {}
        for each in ast.walk(node):
            for name, value in _assigned([each] if isinstance(each, ast.stmt) else []):
                scope.setdefault(name, []).append(value)
    for child in ast.iter_child_nodes(node):
        yield scope, child
        yield from _with_scope(child, scope)


def _assigned(statements: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case _:
                pass


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_cause(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "cause"


if __name__ == "__main__":
    sys.exit(main())
