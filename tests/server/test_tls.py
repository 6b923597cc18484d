"""TLS: a certificate that cannot be used is a sentence, one that can protects pages and WebSockets alike."""

from __future__ import annotations

import asyncio
import http.client
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from adrastea.errors import StartFailed
from adrastea.protocol import messages, websocket_v1
from adrastea.protocol.messages import MsgId, Origin, SessionId
from adrastea.server.tls import server_context
from adrastea.settings import Settings
from tests.fakes import kernelspecs
from tests.server import certificates
from tests.server.certificates import Pair
from tests.server.running import TOKEN, Reply, Running, running

LIMIT_SECONDS = 30


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return certificates.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def encrypted(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that speaks TLS, with the fake kernel."""
    folder = tmp_path_factory.mktemp("encrypted")
    kernelspecs.install(folder)
    chosen = replace(Settings(), default_kernel="fake", certfile=pair.certfile, keyfile=pair.keyfile)
    with running(folder, chosen, folder / "kernels") as server:
        yield server


def ask(server: Running, pair: Pair, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Reply:
    trust = ssl.create_default_context(cafile=str(pair.certfile))
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=LIMIT_SECONDS, context=trust)
    try:
        connection.request(method, f"/{path}", b"", headers or {})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def test_the_printed_address_is_encrypted_and_so_are_its_cookies(encrypted: Running, pair: Pair) -> None:
    url = encrypted.thread.url
    prefix = f"https://127.0.0.1:{encrypted.port}/"

    login = ask(encrypted, pair, url.removeprefix(prefix))
    cookies = [str(cookie) for cookie in login.headers.get_all("Set-Cookie", [])]

    assert url.startswith(f"{prefix}?token=")
    assert login.status == 302
    assert ["; Secure" in cookie for cookie in cookies] == [True, True]
    assert ask(encrypted, pair, "api", headers={"Cookie": login.cookie()}).status == 200


def test_nothing_answers_to_who_does_not_encrypt(encrypted: Running) -> None:
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        encrypted.api("GET", "api")
    assert encrypted.thread.call(lambda server: server.port) == encrypted.port


def test_old_versions_of_the_protocol_are_refused(encrypted: Running, pair: Pair) -> None:
    context = server_context(pair.certfile, pair.keyfile)

    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.slow
def test_a_kernel_answers_over_an_encrypted_websocket(encrypted: Running, pair: Pair) -> None:
    trust = ssl.create_default_context(cafile=str(pair.certfile))
    authorization = {"Authorization": f"token {TOKEN}"}
    started = ask(encrypted, pair, "api/kernels", "POST", authorization)
    address = f"wss://127.0.0.1:{encrypted.port}/api/kernels/{started.object()['id']}/channels"

    async def printed() -> str:
        request = HTTPRequest(address, headers=authorization, ssl_options=trust)
        socket = await websocket_connect(request, subprotocols=[websocket_v1.SUBPROTOCOL])
        origin, msg_id = Origin(SessionId("s"), "tester"), MsgId(uuid4().hex)
        asked = messages.execute_request("print x", origin, msg_id, datetime.now(UTC), allow_stdin=False)
        await socket.write_message(websocket_v1.encode("shell", messages.encode(asked)), binary=True)
        async with asyncio.timeout(LIMIT_SECONDS):
            while True:
                data = await socket.read_message()
                assert isinstance(data, bytes)
                _, frames = websocket_v1.decode(data)
                message = messages.decode(frames)
                if message.header.msg_type == "stream":
                    break
            socket.close()
            while await socket.read_message() is not None:
                pass  # until the other end has closed it too
        return str(message.content["text"])

    assert started.status == 201
    assert asyncio.run(printed())


# Files that cannot be used


def test_files_that_cannot_be_read_are_named(pair: Pair, tmp_path: Path) -> None:
    with pytest.raises(StartFailed, match=r"The certificate .*missing.pem cannot be read: No such file"):
        server_context(tmp_path / "missing.pem", pair.keyfile)
    with pytest.raises(StartFailed, match=r"The private key .*missing.key cannot be read: No such file"):
        server_context(pair.certfile, tmp_path / "missing.key")
    with pytest.raises(StartFailed, match="cannot be read: Is a directory"):
        server_context(tmp_path, None)


def test_a_key_of_another_certificate_is_named(pair: Pair, tmp_path: Path) -> None:
    other = certificates.make(tmp_path, "other")

    with pytest.raises(StartFailed, match=r"other.key is not that of the certificate .*own.pem"):
        server_context(pair.certfile, other.keyfile)


def test_a_key_with_a_passphrase_is_refused_without_asking_for_it(pair: Pair) -> None:
    with pytest.raises(StartFailed, match="has a passphrase"):
        server_context(pair.certfile, certificates.with_passphrase(pair))


@pytest.mark.parametrize(
    "text", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_file_that_holds_something_else_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.pem").write_text(text, encoding="ascii")

    with pytest.raises(StartFailed, match=r"odd.pem hold no certificate"):
        server_context(tmp_path / "odd.pem", None)


def test_both_may_stand_in_one_file(pair: Pair, tmp_path: Path) -> None:
    whole = tmp_path / "whole.pem"
    whole.write_bytes(pair.certfile.read_bytes() + pair.keyfile.read_bytes())

    assert server_context(whole, None).cert_store_stats()["x509"] == 0


def test_a_server_with_a_certificate_that_cannot_be_used_does_not_start(tmp_path: Path) -> None:
    with (
        pytest.raises(StartFailed, match="cannot be read"),
        running(tmp_path, replace(Settings(), certfile=tmp_path / "missing.pem")),
    ):
        pass
