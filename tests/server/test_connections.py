"""Who makes room when there are too many connections."""

from __future__ import annotations

from adrastea.server.connections import Connections


def table(limit: int, *names: str) -> Connections[str]:
    made = Connections[str](limit)
    for name in names:
        made.enter(name)
    return made


def test_nobody_goes_while_there_is_room() -> None:
    assert table(2, "a").enter("b") is None


def test_the_oldest_stranger_makes_room() -> None:
    connections = table(2, "a", "b")

    assert connections.enter("c") == "a"
    assert connections.enter("d") == "b"
    assert len(connections) == 2


def test_whoever_has_shown_credentials_stays_while_strangers_come() -> None:
    connections = table(2, "owner", "b")
    connections.has_shown_credentials("owner")
    connections.waits("owner")

    assert [connections.enter(name) for name in "cde"] == ["b", "c", "d"]


def test_without_strangers_the_one_that_is_idle_longest_makes_room() -> None:
    connections = table(3, "a", "b", "c")
    for name in ("a", "b", "c"):
        connections.has_shown_credentials(name)
    for name in ("b", "a"):
        connections.waits(name)

    assert connections.enter("d") == "b"


def test_a_new_connection_goes_when_all_others_are_known_and_busy() -> None:
    connections = table(1, "a")
    connections.has_shown_credentials("a")

    assert connections.enter("b") == "b"
    assert len(connections) == 1


def test_an_idle_one_that_sends_its_next_request_is_busy_again() -> None:
    connections = table(1, "a")
    connections.has_shown_credentials("a")
    connections.waits("a")
    connections.has_shown_credentials("a")

    assert connections.enter("b") == "b"


def test_waiting_makes_no_stranger_known() -> None:
    connections = table(1, "a")
    connections.waits("a")

    assert connections.enter("b") == "a"


def test_what_has_left_does_not_come_back() -> None:
    connections = table(1, "a")
    connections.leave("a")
    connections.has_shown_credentials("a")
    connections.waits("a")

    assert len(connections) == 0
