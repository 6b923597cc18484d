"""Requests that are no good HTTP, or too much of it, sent as raw bytes to the real program.

A request that could be understood in two ways is refused, and its connection closed, so that nothing can be smuggled.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.system.hostile import HOST, KNOWN, TOKEN, Target, body, rest, sentence, status, target

pytestmark = pytest.mark.slow

POST = f"POST /api/sessions HTTP/1.1\r\n{KNOWN}"
GET = f"GET /api HTTP/1.1\r\n{KNOWN}"
SECOND = f"GET /api/status HTTP/1.1\r\n{KNOWN}Connection: close\r\n\r\n"
HEADERS = (
    "Accept",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Expect",
    "Host",
    "Range",
    "Sec-WebSocket-Key",
    "Transfer-Encoding",
    "Upgrade",
)
FUZZ = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module", name="attacked")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with target(tmp_path_factory.mktemp("http")) as made:
        yield made
        made.assert_unharmed()


TWO_MEANINGS: Mapping[str, str | bytes] = {
    "a length and chunks": f"{POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": f"{POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": f"{POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}",
    "two lengths in one line": f"{POST}Content-Length: 2, 3\r\n\r\n{{}}",
    "a negative length": f"{POST}Content-Length: -1\r\n\r\n",
    "a length with a sign": f"{POST}Content-Length: +2\r\n\r\n{{}}",
    "a length with an underscore": f"{POST}Content-Length: 1_0\r\n\r\n{{}}",
    "a length that is no whole number": f"{POST}Content-Length: 2.0\r\n\r\n{{}}",
    "a length of 5000 digits": f"{POST}Content-Length: {'9' * 5000}\r\n\r\n",
    "a length in foreign digits": f"{POST}Content-Length: ".encode() + b"\xc2\xb2\r\n\r\n{}",
    "chunks that are also compressed": f"{POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunks twice": f"{POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks under another name": f"{POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks after a vertical tab": f"{POST}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a chunk of no size": f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "a chunk of negative size": f"{POST}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "a chunk with 0x": f"{POST}Transfer-Encoding: chunked\r\n\r\n0x2\r\n{{}}\r\n0\r\n\r\n",
    "a gigantic chunk": f"{POST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n\r\n",
    "a chunk that is longer than it says": f"{POST}Transfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n",
    "a chunk with an extension": f"{POST}Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{{}}\r\n0\r\n\r\n",
    "a folded header": f"{GET}X: a\r\n b\r\n\r\n",
    "a line that ends without CR": f"{GET}X: a\nY: b\r\n\r\n",
    "a CR within a line": f"{GET}X: a\rY: b\r\n\r\n",
    "a space before the colon": f"{GET}X : a\r\n\r\n",
    "a space before the first header": f"GET /api HTTP/1.1\r\n {KNOWN}\r\n",
    "a header without a name": f"{GET}: a\r\n\r\n",
    "a header without a colon": f"{GET}X\r\n\r\n",
    "a NUL in a header": f"{GET}X: a\0b\r\n\r\n",
    "a control character in a name": f"{GET}X\x01: a\r\n\r\n",
    "no host": "GET /api HTTP/1.1\r\n\r\n",
    "two hosts": f"GET /api HTTP/1.1\r\n{HOST}{KNOWN}\r\n",
    "a host that is none": f"GET /api HTTP/1.1\r\nHost: a b\r\nAuthorization: token {TOKEN}\r\n\r\n",
    "HTTP/0.9": "GET /api\r\n\r\n",
    "HTTP/2 without an agreement": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/3.0": f"GET /api HTTP/3.0\r\n{KNOWN}\r\n",
    "HTTP/1.10": f"GET /api HTTP/1.10\r\n{KNOWN}\r\n",
    "another protocol": "SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500) + b"\r\n\r\n",
    "a space in the address": f"GET /api b HTTP/1.1\r\n{KNOWN}\r\n",
    "a control character in the address": f"GET /api\x01 HTTP/1.1\r\n{KNOWN}\r\n",
    "a NUL in the address": f"GET /api\0 HTTP/1.1\r\n{KNOWN}\r\n",
    "a thousand and one arguments": f"GET /api?{'a&' * 1001} HTTP/1.1\r\n{KNOWN}\r\n",
}


@pytest.mark.parametrize("what", TWO_MEANINGS)
def test_what_is_no_http_is_refused_and_nothing_behind_it_is_answered(attacked: Target, what: str) -> None:
    sent = TWO_MEANINGS[what]

    answer = attacked.say((sent.encode() if isinstance(sent, str) else sent) + SECOND.encode())

    assert status(answer) == 400
    assert answer.count(b"HTTP/1.1 ") == 1
    assert TOKEN.encode() not in answer


TOO_MUCH = {
    "an address of 100 KB": f"GET /api/{'a' * 100_000} HTTP/1.1\r\n{KNOWN}\r\n",
    "a header of 100 KB": f"{GET}X: {'a' * 100_000}\r\n\r\n",
    "20,000 headers": GET + "".join(f"X{number}: a\r\n" for number in range(20_000)) + "\r\n",
    "a head without an end": GET + "X: a\r\n" * 20_000,
    "a megabyte of empty lines": "\r\n" * 500_000,
    "a megabyte of zeros": "\0" * 1_000_000,
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_head_that_is_too_long_ends_the_connection(attacked: Target, what: str) -> None:
    assert status(attacked.say(TOO_MUCH[what])) in {0, 400}


@pytest.mark.parametrize(
    "path",
    [
        "/api/contents/%00",
        "/api/contents/%zz%2",
        "/api/contents/%ff",
        "/api/contents/%ed%a0%80",
        "/api/contents/" + "a" * 5000,
        "/api/contents/" + "a/" * 5000,
        "/api/contents/" + "%2e%2e/" * 100,
        "/api/contents/a.txt?type=%ff",
        "/api/contents/a.txt?content=2",
        "/api/contents/?" + "a=b&" * 900 + "hash=x",
        "/files/%00",
        "/files/%ff",
        "/files/" + "a" * 5000,
        "/api/kernels/%00",
        "/api/kernels/%ff/channels",
        "/api/sessions/%ff",
        "/api/kernelspecs/%ff",
        "/api/kernelspecs/..%2f..",
        "/kernelspecs/fake/%2e%2e%2fkernel.json",
        "/assets/%00.js",
        "/assets/../../app.py",
        "/api/documents/socket?path=%ff",
        "/%",
        "//api",
        "/api//status",
        "/api/status/../status",
        "/api/status;x",
        "http://127.0.0.1/api",
        "http://evil.example/api",
        "*",
        "127.0.0.1:80",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_with_a_sentence(attacked: Target, path: str) -> None:
    answer = attacked.request(f"GET {path}")

    assert status(answer) in {400, 403, 404}
    assert sentence(body(answer))
    assert str(attacked.program.home).encode() not in answer


def test_an_address_in_raw_bytes_is_taken_for_what_it_is(attacked: Target) -> None:
    assert (
        status(attacked.say(b"GET /api/contents/\xff\xfe HTTP/1.1\r\n" + f"{KNOWN}Connection: close\r\n\r\n".encode()))
        == 404
    )


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "get", "X" * 1000, "PROPFIND"])
@pytest.mark.parametrize(
    "path", ["/api/status", "/api/contents/a.txt", "/", "/none", "/api/documents/socket?path=n.ipynb"]
)
def test_a_method_that_nobody_knows_is_refused_with_those_that_there_are(
    attacked: Target, method: str, path: str
) -> None:
    answer = attacked.request(f"{method} {path}")

    assert status(answer) == 405
    assert b"\r\nAllow:" in answer
    assert TOKEN.encode() not in answer


def test_a_body_is_asked_for_when_it_is_wanted_and_refused_when_it_is_too_large(attacked: Target) -> None:
    wanted = attacked.request("POST /api/sessions", "Expect: 100-continue", "Content-Length: 2", body=b"{}")
    refused = attacked.request("POST /api/sessions", "Expect: 100-continue", "Content-Length: 99999999")

    assert wanted.startswith(b"HTTP/1.1 100 ")
    assert status(refused) == 413


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 2000000\r\n\r\n" + b" " * 2_000_000,
        b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65_536 + b"\r\n") * 20 + b"0\r\n\r\n",
    ],
    ids=["with its length", "in chunks"],
)
def test_a_body_over_the_limit_is_refused_with_a_sentence_however_it_comes(attacked: Target, sent: bytes) -> None:
    known = attacked.say(f"{POST}Connection: close\r\n".encode() + sent)
    stranger = attacked.say(f"POST /login HTTP/1.1\r\n{HOST}Connection: close\r\n".encode() + sent)

    assert [status(known), status(stranger)] == [413, 403]
    assert sentence(body(known))


def test_requests_that_come_all_at_once_are_answered_in_order(attacked: Target) -> None:
    answer = attacked.say(f"{GET}\r\n" * 100 + f"GET /none HTTP/1.1\r\n{KNOWN}\r\n" + SECOND)

    assert answer.count(b"HTTP/1.1 200 ") == 101
    assert answer.count(b"HTTP/1.1 404 ") == 1
    assert answer.rindex(b"HTTP/1.1 404 ") < answer.rindex(b"HTTP/1.1 200 ")


def test_ten_thousand_requests_at_once_delay_nobody_and_cost_no_memory(attacked: Target) -> None:
    before = resident_kib(attacked)

    with attacked.connect() as greedy:
        greedy.settimeout(0.5)
        sent = send_until_nobody_reads(greedy, f"{GET}\r\n".encode() * 10_000)
        assert attacked.ask("GET", "/api/status").status == 200

    assert sent > 0
    assert resident_kib(attacked) - before < 16 * 1024


def send_until_nobody_reads(connection: socket.socket, data: bytes) -> int:
    """How many bytes of it were taken before the other side stopped reading, for answers wait that nobody reads."""
    sent = 0
    with suppress(TimeoutError, ConnectionError):
        while sent < len(data):
            sent += connection.send(data[sent : sent + 65_536])
    return sent


def resident_kib(attacked: Target) -> int:
    """The resident set of the program."""
    lines = Path(f"/proc/{attacked.program.popen.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def test_half_a_request_harms_nobody(attacked: Target) -> None:
    halves = [attacked.connect() for _ in range(100)]
    for number, half in enumerate(halves):
        half.sendall(f"{POST}Content-Length: 100\r\n\r\n{{".encode()[: 1 + number])

    assert attacked.ask("GET", "/api/status").status == 200
    for half in halves:
        half.close()


def test_any_bytes_at_all_are_refused(attacked: Target) -> None:
    @FUZZ
    @given(st.binary(max_size=300))
    def examples(sent: bytes) -> None:
        with attacked.connect() as connection:
            connection.sendall(sent + b"\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            assert status(rest(connection)) in {0, 400}

    examples()
    attacked.assert_unharmed()


def test_any_header_at_all_is_taken_or_refused(attacked: Target) -> None:
    names = st.sampled_from(HEADERS)

    @FUZZ
    @given(names, st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=60))
    def examples(name: str, value: str) -> None:
        head = f"GET /files/a.txt HTTP/1.1\r\n{KNOWN}{name}: ".encode() + value.encode("latin-1") + b"\r\n\r\n"
        with attacked.connect() as connection:
            connection.sendall(head)
            connection.shutdown(socket.SHUT_WR)
            assert status(rest(connection)) < 500

    examples()
    attacked.assert_unharmed()
