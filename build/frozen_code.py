"""The code of the modules in the frozen program: read from the file `modules` when a module is imported, not before.

Runs inside the frozen program. Nuitka keeps code in the program's own data, where all of it would lie in memory as long
as the program runs; there stands a call of `run` in its place. Written by `build/nuitka_lean.py`:

It imports nothing but what is there when Python starts, not even the future.

    8 bytes where the index begins (little-endian) | code, marshalled | … | index, marshalled: name → (place, length)
"""

import marshal
import os

NAME = "modules"
HEAD = 8  # bytes


class Store:
    """One such file, held open: it can be read even when somebody cleans up the folder. Any thread."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        end = os.fstat(self._file).st_size
        begin = int.from_bytes(self._read(0, HEAD), "little")
        self._index: dict[str, tuple[int, int]] = marshal.loads(self._read(begin, end - begin))  # noqa: S302 -- ours

    def run(self, name: str, namespace: dict[str, object]) -> None:
        """Run the code of the module `name` in its namespace."""
        exec(marshal.loads(self._read(*self._index[name])), namespace)  # noqa: S302, S102 -- what an importer does

    def _read(self, place: int, length: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._file, length, place)
        with open(os.dup(self._file), "rb", buffering=0) as file:  # noqa: PTH123 -- a descriptor; imports hold a lock
            file.seek(place)
            return file.read(length)


_opened: list[Store] = []  # what an importer has is one for the whole process: the one state of this kind here


def run(name: str, namespace: dict[str, object]) -> None:
    """Run the code of the module `name`, from the file beside the program. What stands for it in the program."""
    if not _opened:
        package = os.path.dirname(__file__)  # noqa: PTH120 -- no pathlib yet
        _opened.append(Store(os.path.join(os.path.dirname(package), NAME)))  # noqa: PTH118, PTH120 -- the same
    _opened[0].run(name, namespace)


def pack(modules: dict[str, bytes]) -> bytes:
    """The file for modules by their names, each the marshalled code."""
    body, index = bytearray(HEAD), dict[str, tuple[int, int]]()
    for name, code in sorted(modules.items()):
        index[name] = (len(body), len(code))
        body += code
    body[:HEAD] = len(body).to_bytes(HEAD, "little")
    return bytes(body) + marshal.dumps(index)


def unpack(data: bytes) -> dict[str, bytes]:
    """What `pack` has packed."""
    index: dict[str, tuple[int, int]] = marshal.loads(data[int.from_bytes(data[:HEAD], "little") :])  # noqa: S302 -- ours
    return {name: data[place : place + length] for name, (place, length) in index.items()}
