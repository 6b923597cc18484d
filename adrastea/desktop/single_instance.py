"""One program per user: the first instance listens, a later one hands over its paths and leaves.

    runtime_dir/instance.lock    held by the first for as long as it lives; the system lets go of it when it dies
    runtime_dir/instance.json    where the first listens, and the secret that a second must show (mode 0600)

A hand-over is one line of JSON each way on a loopback socket: `{"secret": …, "paths": […]}`, answered by
`{"said": …}`: what the second shall tell its user. `{"secret": …, "ping": true}` asks whether anybody is there. A first
that is on its way out does not listen any more: whoever comes then waits for the lock, and is the next first. The
listening socket belongs to the thread `instance`, which starts in `on_open`. Nothing heavy is imported here: a second
start is gone in a blink.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import logging
import os
import secrets
import socket
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, Self, cast

from adrastea.errors import StartFailed
from adrastea.file_lock import try_lock
from adrastea.private_folder import ELSEWHERE, private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 15.0  # a first instance may be busy with its own start or end for some seconds
_LINE_SECONDS = 5.0  # for the line of somebody who has connected
_AGAIN_SECONDS = 0.05
_MAX_REQUEST_BYTES = 1_000_000
_BACKLOG = 16  # hand-overs that wait while one is read


class SingleInstance:
    """The claim to be the only instance of this user. Main thread, but for the thread that it owns."""

    def __init__(self, runtime_dir: Path, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self._folder = runtime_dir
        self._patience = patience_seconds
        self._lock: IO[str] | None = None
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._secret = secrets.token_hex(16)

    def __enter__(self) -> Self:
        """Look for the runtime folder.

        Raises:
            StartFailed: it cannot be used.
        """
        private_folder(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening and let go of the claim."""
        self.stop_listening()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def claim_or_hand_over(self, paths: Sequence[Path]) -> str | None:
        """Become the first instance, or hand `paths` to the one that there is.

        Returns None to the first, and to all others what the first says to their user, possibly nothing.

        Raises:
            StartFailed: there is a first instance, and it does not answer; or the folder cannot be written.
        """
        deadline = time.monotonic() + self._patience
        while True:
            if self._claim():
                return None
            said = self._hand_over(paths, deadline)
            if said is not None:
                return said
            if time.monotonic() > deadline:
                raise StartFailed("Adrastea is running already, but does not answer. End it and try again.")
            threading.Event().wait(_AGAIN_SECONDS)

    def on_open(self, open_paths: Callable[[tuple[Path, ...]], str]) -> None:
        """From now on, call `open_paths` on the thread `instance` for every later start. Once, by the first only.

        What it returns is said to the user of that start; when it raises, that start tries again.
        """
        self._thread = threading.Thread(target=self._listen, args=(open_paths,), name="instance", daemon=True)
        self._thread.start()

    def stop_listening(self) -> None:
        """Take no more paths. Whoever starts from now on waits until the claim is free. May be called twice."""
        listener, self._listener = self._listener, None
        thread, self._thread = self._thread, None
        if listener is None:
            return
        with contextlib.suppress(OSError):  # it says where nobody listens any more, and the next first replaces it
            (self._folder / "instance.json").unlink(missing_ok=True)
        if thread is not None:
            _say_goodbye(listener, self._secret)
            thread.join(_LINE_SECONDS)
        listener.close()

    def _claim(self) -> bool:
        try:
            lock = _open_private(self._folder / "instance.lock", os.O_APPEND)
            if not try_lock(lock):
                lock.close()
                return False
            self._lock = lock
            self._listener = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
            self._announce(self._listener.getsockname()[1])
        except OSError as error:
            raise StartFailed(f"The folder {self._folder} cannot be used: {error.strerror}. {ELSEWHERE}") from None
        return True

    def _announce(self, port: int) -> None:
        path = self._folder / "instance.json"
        path.unlink(missing_ok=True)
        with _open_private(path, os.O_EXCL) as file:
            json.dump({"port": port, "secret": self._secret}, file)

    def _hand_over(self, paths: Sequence[Path], deadline: float) -> str | None:
        """What the first instance says; None when it does not answer, or not to us."""
        return _ask(self._folder, {"paths": [str(path) for path in paths]}, deadline)

    def _listen(self, open_paths: Callable[[tuple[Path, ...]], str]) -> None:
        listener = self._listener
        while listener is not None:
            try:
                if not _serve_one(listener, self._secret, open_paths):
                    return
            except Exception:
                log.exception("A later start could not be served")
                if listener.fileno() < 0:
                    return


def _open_private(path: Path, flags: int) -> IO[str]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o600)
    return open(descriptor, "w", encoding="utf-8")  # noqa: PTH123 -- a descriptor, not a path


def first_instance(runtime_dir: Path) -> Literal["none", "answers", "silent"]:
    """Whether there is a first instance, and whether it answers. Changes nothing."""
    try:
        with (runtime_dir / "instance.lock").open(encoding="utf-8") as lock:
            if try_lock(lock):
                return "none"
    except OSError:
        return "none"
    said = _ask(runtime_dir, {"ping": True}, time.monotonic() + _LINE_SECONDS)
    return "silent" if said is None else "answers"


def _ask(folder: Path, request: Mapping[str, object], deadline: float) -> str | None:
    try:
        where = json.loads((folder / "instance.json").read_text(encoding="utf-8"))
        with socket.create_connection(("127.0.0.1", where["port"]), timeout=_LINE_SECONDS) as connection:
            connection.sendall(json.dumps({"secret": where["secret"], **request}).encode() + b"\n")
            return str(json.loads(_line(connection, deadline))["said"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _serve_one(listener: socket.socket, secret: str, open_paths: Callable[[tuple[Path, ...]], str]) -> bool:
    """Wait for one connection and do what it asks for. False: it was our own goodbye."""
    connection, _ = listener.accept()
    with connection:
        request = _request(connection, secret)
        if request is None:
            return True
        if request.get("goodbye"):
            return False
        said = "" if request.get("ping") else open_paths(_paths(request))
        try:
            connection.sendall(json.dumps({"said": said}).encode() + b"\n")
        except OSError as error:
            log.info("A later start has not waited: %s", error)
        return True


def _request(connection: socket.socket, secret: str) -> dict[str, object] | None:
    """What was asked for, or None where the secret is wrong or the line makes no sense."""
    try:
        request: object = json.loads(_line(connection, time.monotonic() + _LINE_SECONDS))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(request, dict):
        return None
    given = cast("dict[str, object]", request)
    shown = str(given.get("secret")).encode("utf-8", "surrogatepass")
    return given if hmac.compare_digest(shown, secret.encode()) else None


def _paths(request: dict[str, object]) -> tuple[Path, ...]:
    given = request.get("paths")
    paths = cast("list[object]", given) if isinstance(given, list) else []
    return tuple(Path(path) for path in paths if isinstance(path, str))


def _line(connection: socket.socket, deadline: float) -> bytes:
    """One line, or what there is of it when the other side has ended. Raises TimeoutError after the deadline."""
    received = b""
    while not received.endswith(b"\n") and len(received) < _MAX_REQUEST_BYTES:
        connection.settimeout(max(0.001, deadline - time.monotonic()))
        chunk = connection.recv(65536)
        if not chunk:
            break
        received += chunk
    return received.rstrip(b"\n")


def _say_goodbye(listener: socket.socket, secret: str) -> None:
    try:
        with socket.create_connection(listener.getsockname(), timeout=_LINE_SECONDS) as connection:
            connection.sendall(json.dumps({"secret": secret, "goodbye": True}).encode() + b"\n")
    except OSError as error:
        log.warning("The thread that listens for later starts could not be reached: %s", error)
