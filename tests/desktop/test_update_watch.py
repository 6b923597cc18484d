"""Looking for a new version: what the page hears, what is remembered, and who is asked when."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from adrastea import __version__
from adrastea.desktop.update import WEEK
from adrastea.desktop.update_watch import UpdateWatch

FEED = "https://adrastea.example/latest.json"
RELEASE = {"version": "99.0", "url": "https://a.example/d", "notes": "https://a.example/n"}
ANSWER = json.dumps(RELEASE).encode()


class Network:
    """Someone who is asked, and answers when the test wants."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._answered: list[Callable[[bytes | None], None]] = []

    def fetch(self, url: str, answered: Callable[[bytes | None], None]) -> None:
        self.asked.append(url)
        self._answered.append(answered)

    def answer(self, answer: bytes | None) -> None:
        self._answered.pop()(answer)


def at_once(call: Callable[[], None]) -> None:
    """The main thread, when it has nothing else to do."""
    call()


def test_an_answer_changes_nothing_before_the_main_thread_has_it(tmp_path: Path) -> None:
    network = Network()
    waiting: list[Callable[[], None]] = []
    watch = UpdateWatch(FEED, tmp_path, waiting.append, network.fetch)
    watch.answer("look", "weekly")
    network.answer(ANSWER)
    assert watch.answer()["looking"] is True

    waiting.pop()()

    assert watch.answer()["found"] == RELEASE


def test_a_new_user_is_neither_asked_nor_looked_for(tmp_path: Path) -> None:
    network = Network()
    told = UpdateWatch(FEED, tmp_path, at_once, network.fetch).answer()

    assert told == {"enabled": True, "ask": False, "look": "unset", "looking": False, "found": None}
    assert network.asked == []


def test_the_user_is_asked_at_the_third_start_however_often_the_page_asks(tmp_path: Path) -> None:
    for _ in range(2):
        watch = UpdateWatch(FEED, tmp_path, at_once, Network().fetch)
        assert [watch.answer()["ask"] for _ in range(3)] == [False, False, False]

    assert UpdateWatch(FEED, tmp_path, at_once, Network().fetch).answer()["ask"] is True


def test_whoever_says_weekly_hears_what_is_found(tmp_path: Path) -> None:
    network = Network()
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch)

    assert watch.answer("look", "weekly")["looking"] is True
    assert watch.answer()["looking"] is True
    network.answer(ANSWER)

    assert network.asked == [FEED]
    assert watch.answer()["found"] == RELEASE


def test_what_was_found_is_told_after_a_restart_without_asking_again(tmp_path: Path) -> None:
    network = Network()
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch)
    watch.answer("look", "weekly")
    network.answer(ANSWER)

    again = UpdateWatch(FEED, tmp_path, at_once, network.fetch).answer()

    assert again["found"] == RELEASE
    assert len(network.asked) == 1


def test_a_week_later_it_is_looked_for_again_in_the_same_run(tmp_path: Path) -> None:
    network, now = Network(), [1_800_000_000.0]
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch, lambda: now[0])
    watch.answer("look", "weekly")
    network.answer(ANSWER)
    watch.answer()
    now[0] += WEEK

    watch.answer()

    assert len(network.asked) == 2


def test_whoever_says_never_is_left_alone_for_good(tmp_path: Path) -> None:
    network = Network()
    UpdateWatch(FEED, tmp_path, at_once, network.fetch).answer("look", "never")

    told = UpdateWatch(FEED, tmp_path, at_once, network.fetch).answer()

    assert (told["ask"], told["look"], network.asked) == (False, "never", [])


def test_a_skipped_version_is_not_told_of_again(tmp_path: Path) -> None:
    network = Network()
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch)
    watch.answer("look", "weekly")
    network.answer(ANSWER)

    assert watch.answer("skip", "99.0")["found"] is None
    assert UpdateWatch(FEED, tmp_path, at_once, network.fetch).answer()["found"] is None


def test_nobody_answering_is_silent_and_not_tried_at_once_again(tmp_path: Path) -> None:
    network = Network()
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch)
    watch.answer("look", "weekly")
    network.answer(None)

    told = watch.answer()

    assert (told["looking"], told["found"], len(network.asked)) == (False, None, 1)


def test_this_very_version_is_no_news(tmp_path: Path) -> None:
    network = Network()
    watch = UpdateWatch(FEED, tmp_path, at_once, network.fetch)
    watch.answer("look", "weekly")
    network.answer(json.dumps({**RELEASE, "version": __version__}).encode())

    assert watch.answer()["found"] is None


def test_without_a_feed_there_is_nothing_to_ask_and_nothing_is_written(tmp_path: Path) -> None:
    network = Network()

    assert UpdateWatch("", tmp_path, at_once, network.fetch).answer("look", "weekly")["enabled"] is False
    assert (network.asked, list(tmp_path.iterdir())) == ([], [])


def test_a_disk_that_cannot_be_written_hurts_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert UpdateWatch(FEED, tmp_path / "file", at_once, Network().fetch).answer("look", "never")["look"] == "never"


def test_a_wish_that_we_do_not_know_changes_nothing(tmp_path: Path) -> None:
    watch = UpdateWatch(FEED, tmp_path, at_once, Network().fetch)

    assert watch.answer("look", "hourly")["look"] == "unset"
    assert watch.answer("install", "99.0")["look"] == "unset"
