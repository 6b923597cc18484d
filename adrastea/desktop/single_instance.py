"""One program per user: the first instance listens, a later one hands over its paths and leaves.

    runtime_dir/instance.lock    held by the first for as long as it lives; the system lets go of it when it dies
    runtime_dir/instance.json    where the first listens, and the secret that a second must show (mode 0600)

A hand-over is one line of JSON each way on a loopback socket: `{"secret": …, "paths": […]}`, answered by `{"ok":
true}`. The listening socket belongs to the thread `instance`, which starts in `on_open`. Nothing heavy is imported
here: a second start is gone in a blink (see tests/test_startup.py).
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import socket
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast

from adrastea.errors import StartFailed
from adrastea.settings import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

_ANSWER_SECONDS = 5.0  # a first instance that does not answer for so long hangs
_MAX_REQUEST_BYTES = 1_000_000
_BACKLOG = 16  # hand-overs that wait while one is read


class SingleInstance:
    """The claim to be the only instance of this user. Main thread, but for the thread that it owns."""

    def __init__(self, runtime_dir: Path) -> None:
        self._folder = runtime_dir
        self._lock: IO[str] | None = None
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._secret = secrets.token_hex(16)

    @property
    def is_first(self) -> bool:
        """Whether no other instance was there before us."""
        return self._listener is not None

    def __enter__(self) -> Self:
        """Claim.

        Raises:
            StartFailed: the runtime folder cannot be used.
        """
        private_folder(self._folder)
        lock = (self._folder / "instance.lock").open("a", encoding="utf-8")
        if not _try_lock(lock):
            lock.close()
            return self
        self._lock = lock
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        self._announce(self._listener.getsockname()[1])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and let go of the claim."""
        if self._listener is not None:
            (self._folder / "instance.json").unlink(missing_ok=True)
            port = self._listener.getsockname()[1]
            thread, self._thread = self._thread, None
            if thread is not None:
                _say_goodbye(port, self._secret)
                thread.join(_ANSWER_SECONDS)
            self._listener.close()
        if self._lock is not None:
            self._lock.close()

    def forward(self, paths: Sequence[Path]) -> int:
        """Hand `paths` to the first instance. Returns the exit code.

        Raises:
            StartFailed: the first instance does not answer.
        """
        try:
            where = json.loads((self._folder / "instance.json").read_text(encoding="utf-8"))
            request = {"secret": where["secret"], "paths": [str(path) for path in paths]}
            with socket.create_connection(("127.0.0.1", where["port"]), timeout=_ANSWER_SECONDS) as connection:
                connection.sendall(json.dumps(request).encode() + b"\n")
                if _line(connection) == b'{"ok": true}':
                    return 0
        except (OSError, ValueError, KeyError, TypeError):
            pass
        raise StartFailed("Adrastea is running already, but does not answer. End it and try again.")

    def on_open(self, open_paths: Callable[[tuple[Path, ...]], None]) -> None:
        """From now on, call `open_paths` on the thread `instance` for every later start. Once, by the first only."""
        self._thread = threading.Thread(target=self._listen, args=(open_paths,), name="instance", daemon=True)
        self._thread.start()

    def _announce(self, port: int) -> None:
        path = self._folder / "instance.json"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 -- a descriptor, not a path
            json.dump({"port": port, "secret": self._secret}, file)

    def _listen(self, open_paths: Callable[[tuple[Path, ...]], None]) -> None:
        listener = self._listener
        while listener is not None:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(_ANSWER_SECONDS)
                request = _request(connection, self._secret)
                if request is None:
                    continue
                if request.get("goodbye"):
                    return
                _answer(connection)
            open_paths(_paths(request))


def _request(connection: socket.socket, secret: str) -> dict[str, object] | None:
    """What was asked for, or None where the secret is wrong or the line makes no sense."""
    try:
        request: object = json.loads(_line(connection))
    except (OSError, ValueError):
        return None
    if not isinstance(request, dict):
        return None
    given = cast("dict[str, object]", request)
    return given if hmac.compare_digest(str(given.get("secret")).encode(), secret.encode()) else None


def _paths(request: dict[str, object]) -> tuple[Path, ...]:
    given = request.get("paths")
    paths = cast("list[object]", given) if isinstance(given, list) else []
    return tuple(Path(path) for path in paths if isinstance(path, str))


def _answer(connection: socket.socket) -> None:
    try:
        connection.sendall(b'{"ok": true}\n')
    except OSError:
        return  # the second instance has gone; its paths are opened all the same


def _line(connection: socket.socket) -> bytes:
    received = b""
    while not received.endswith(b"\n") and len(received) < _MAX_REQUEST_BYTES:
        chunk = connection.recv(65536)
        if not chunk:
            break
        received += chunk
    return received.rstrip(b"\n")


def _say_goodbye(port: int, secret: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_SECONDS) as connection:
        connection.sendall(json.dumps({"secret": secret, "goodbye": True}).encode() + b"\n")


def _try_lock(file: IO[str]) -> bool:
    """Whether the file is ours now; the system frees it when this process ends, however it ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
