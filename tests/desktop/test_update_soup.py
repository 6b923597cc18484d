"""One question by libsoup to a real server, in a process with GLib's loop, as the window has it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.system.program import ROOT

pytestmark = pytest.mark.slow

ASK = """
import sys
from gi.repository import GLib
from adrastea.desktop.update_soup import fetch
loop = GLib.MainLoop()
def answered(answer):
    print(repr(answer if answer is None or len(answer) < 100 else len(answer)))
    loop.quit()
GLib.idle_add(lambda: fetch(sys.argv[1], answered))
loop.run()
"""


class Feed:
    """A server whose paths behave well and badly; it notes what it was sent."""

    def __init__(self) -> None:
        self.headers: list[dict[str, str]] = []
        feed = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                feed.headers.append(dict(self.headers))
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", "/good")
                    self.end_headers()
                    return
                self.send_response({"/good": 200, "/long": 200}.get(self.path, 404))
                self.end_headers()
                self.wfile.write(b"x" * 1_000_000 if self.path == "/long" else b'{"good": 1}')

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def feed() -> Iterator[Feed]:
    feed = Feed()
    with feed.server as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield feed
        server.shutdown()
        thread.join()


def ask(url: str) -> str:
    return subprocess.check_output([sys.executable, "-c", ASK, url], cwd=ROOT, text=True, timeout=60).strip()


def test_an_answer_comes_as_it_was_sent_and_the_question_says_nothing_of_the_user(feed: Feed) -> None:
    assert ask(feed.url("/good")) == repr(b'{"good": 1}')

    (headers,) = feed.headers
    assert headers["User-Agent"] == "Adrastea"
    assert set(headers) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}


def test_an_answer_from_elsewhere_is_followed(feed: Feed) -> None:
    assert ask(feed.url("/moved")) == repr(b'{"good": 1}')


def test_no_more_is_read_than_a_feed_can_have(feed: Feed) -> None:
    assert ask(feed.url("/long")) == str(65536 + 1)


def test_a_page_that_is_not_there_is_no_answer(feed: Feed) -> None:
    assert ask(feed.url("/gone")) == "None"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://adrastea.invalid/", "no address"])
def test_nobody_there_is_no_answer(url: str) -> None:
    assert ask(url) == "None"
