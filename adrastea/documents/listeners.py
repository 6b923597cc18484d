"""Whoever is told what happens to a document, all in the same order. Server thread only."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

ListenerT = TypeVar("ListenerT")


class Listeners(Generic[ListenerT]):
    """What a listener brings about while it is told, everybody is told behind that."""

    def __init__(self) -> None:
        self._all: list[ListenerT] = []
        self._untold: deque[Callable[[ListenerT], None]] = deque()
        self._telling = False

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, listener: ListenerT) -> Callable[[], None]:
        """Tell `listener` from now on. Returns the function that ends it."""
        self._all.append(listener)

        def remove() -> None:
            if listener in self._all:
                self._all.remove(listener)

        return remove

    def tell(self, say: Callable[[ListenerT], None]) -> None:
        """Call `say` with each listener."""
        self._untold.append(say)
        if self._telling:
            return
        self._telling = True
        try:
            while self._untold:
                say = self._untold.popleft()
                for listener in tuple(self._all):
                    say(listener)
        finally:
            self._telling = False
