"""The window and new versions: a real window, and a release feed of ours on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.system.display import HEIGHT, WIDTH, Picture, Screen, screen
from tests.system.program import LIMIT_SECONDS, Program, program

pytestmark = pytest.mark.slow

RELEASE = {"version": "99.0", "url": "https://a.example/d", "notes": "https://a.example/n"}
FRAME = bytes.fromhex("90857d")  # --control-line of the light theme, blue first
NOTICE_WIDTH = 300  # pixels; nothing else there has so long a line
STATE = "state/adrastea/update.json"


class Feed:
    """A release feed that answers when the test allows it, and counts who asks."""

    def __init__(self) -> None:
        self.asked = threading.Semaphore(0)
        self.count = 0
        self.may_answer = threading.Event()
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                feed.count += 1
                feed.asked.release()
                feed.may_answer.wait(LIMIT_SECONDS)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(RELEASE).encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@pytest.fixture(scope="module")
def shown() -> Iterator[Screen]:
    with screen() as opened:
        yield opened


@pytest.fixture
def feed() -> Iterator[Feed]:
    feed = Feed()
    with feed.server as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield feed
        server.shutdown()
        thread.join()


@contextmanager
def window(home: Path, shown: Screen, feed: Feed, remembered: Mapping[str, object]) -> Generator[Program]:
    """The window of somebody who has used the program before."""
    for folder in ("config", "state"):
        (home / folder / "adrastea").mkdir(parents=True)
    settings = f'update_feed = "http://127.0.0.1:{feed.server.server_port}/latest.json"\n'
    (home / "config/adrastea/settings.toml").write_text(settings, encoding="utf-8")
    (home / STATE).write_text(json.dumps(remembered), encoding="utf-8")
    with program(home, str(home), environ={"DISPLAY": shown.name}) as running:
        shown.until_shown("Adrastea")
        yield running


def remembered(shown: Screen, home: Path, name: str, wanted: object) -> None:
    """Wait until the window remembers this."""
    file = home / STATE
    shown.until(lambda: True if json.loads(file.read_text(encoding="utf-8") or "{}").get(name) == wanted else None)


def notice(picture: Picture) -> bool:
    """Whether there is a box with a frame at the lower right, where notices stand."""
    rows = [row[WIDTH * 2 : WIDTH * 4] for row in picture.rows[HEIGHT // 2 :]]
    longest = max(row.count(FRAME) for row in rows)
    return longest > NOTICE_WIDTH


def test_who_allows_it_is_told_of_a_new_version(tmp_path: Path, shown: Screen, feed: Feed) -> None:
    home = tmp_path / "home"
    with window(home, shown, feed, {"look": "weekly", "starts": 3}):
        assert feed.asked.acquire(timeout=LIMIT_SECONDS)
        assert not notice(shown.picture())
        feed.may_answer.set()

        shown.until_picture(notice).save(tmp_path / "notice.png")
        remembered(shown, home, "found", RELEASE)
        assert feed.count == 1


def test_who_has_said_never_sends_not_one_packet(tmp_path: Path, shown: Screen, feed: Feed) -> None:
    home = tmp_path / "home"
    with window(home, shown, feed, {"look": "never", "starts": 0}):
        remembered(shown, home, "starts", 1)  # the page has asked the window

        assert feed.count == 0


def test_who_has_said_nothing_is_asked_before_anything_is_sent_and_a_click_allows_it(
    tmp_path: Path, shown: Screen, feed: Feed
) -> None:
    home = tmp_path / "home"
    with window(home, shown, feed, {"look": "unset", "starts": 2}):
        shown.until_picture(notice).save(tmp_path / "question.png")

        remembered(shown, home, "starts", 3)
        assert feed.count == 0

        at = shown.until_shown("Adrastea")
        shown.click(at.x + at.width - 350, at.y + at.height - 63)  # "Look once a week"
        assert feed.asked.acquire(timeout=LIMIT_SECONDS)
        remembered(shown, home, "look", "weekly")
