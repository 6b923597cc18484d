"""Everybody is told everything, in the same order."""

from __future__ import annotations

from adrastea.documents.listeners import Listeners


def test_all_are_told_until_they_leave() -> None:
    listeners: Listeners[list[int]] = Listeners()
    one: list[int] = []
    two: list[int] = [0]
    leave = listeners.add(one)
    listeners.add(two)

    listeners.tell(lambda listener: listener.append(1))
    leave()
    leave()
    listeners.tell(lambda listener: listener.append(2))

    assert (one, two) == ([1], [0, 1, 2])


def test_nobody_listens_before_the_first_and_after_the_last() -> None:
    listeners: Listeners[list[int]] = Listeners()
    assert not listeners
    leave = listeners.add([])
    assert listeners
    leave()
    assert not listeners


def test_what_a_listener_brings_about_is_told_behind_what_all_hear_now() -> None:
    listeners: Listeners[list[str]] = Listeners()
    one: list[str] = ["one"]
    two: list[str] = ["two"]

    def say_first(listener: list[str]) -> None:
        listener.append("first")
        if listener is one:
            listeners.tell(lambda other: other.append("second"))

    listeners.add(one)
    listeners.add(two)
    listeners.tell(say_first)

    assert (one[1:], two[1:]) == (["first", "second"], ["first", "second"])


def test_a_listener_may_leave_while_it_is_told() -> None:
    listeners: Listeners[list[int]] = Listeners()
    heard: list[int] = []
    leave = listeners.add(heard)

    def say(listener: list[int]) -> None:
        listener.append(1)
        leave()

    listeners.tell(say)
    listeners.tell(say)

    assert heard == [1]
