"""A display for tests that reads what it is asked and answers with what it is told to, or never says a word."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

NUMBER = 10_000 + os.getpid()
"""The number of a display that no other run of the tests has at the same time."""
READ_BYTES = 12
"""As long as the first request of X11 and of Wayland."""


@contextmanager
def display(address: str, answer: bytes | None) -> Generator[list[bytes]]:
    """A display at this socket until the end of the block; what it has heard. An answer of None: it says nothing."""
    heard: list[bytes] = []
    talks: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()

        def serve() -> None:
            while True:
                connection, _ = listener.accept()
                talks.append(connection)
                said = connection.recv(READ_BYTES)
                if said == b"end":
                    return
                heard.append(said)
                if answer is not None:
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield heard
        finally:
            with socket.socket(socket.AF_UNIX) as last:
                last.connect(address)
                last.sendall(b"end")
                thread.join()
            for connection in talks:
                connection.close()


def x11(number: int = NUMBER) -> str:
    """The socket of the X server of this number."""
    return f"\0/tmp/.X11-unix/X{number}"
