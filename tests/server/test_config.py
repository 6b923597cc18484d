"""`/api/config/<section>`: Jupyter's configuration of frontends, read, written and merged over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.running import Running, running


@pytest.fixture(name="folder", scope="module")
def jupyters_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("config") / "jupyter"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_CONFIG_DIR", str(folder))
        patch.setenv("JUPYTER_CONFIG_PATH", "")
        yield folder


@pytest.fixture(name="configured", scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("server")) as made:
        yield made


def test_a_section_that_nobody_has_written_is_empty(configured: Running) -> None:
    assert configured.api("GET", "api/config/nothing").object() == {}


def test_a_section_that_was_put_is_got_and_lies_where_jupyter_has_it(configured: Running, folder: Path) -> None:
    put = configured.api("PUT", "api/config/common", {"a": {"b": [1, None]}, "c": "ä"})

    assert (put.status, put.body) == (204, b"")
    assert configured.api("GET", "api/config/common").object() == {"a": {"b": [1, None]}, "c": "ä"}
    assert json.loads((folder / "serverconfig" / "common.json").read_bytes()) == {"a": {"b": [1, None]}, "c": "ä"}


def test_a_patch_is_merged_and_answered_with_the_section(configured: Running) -> None:
    configured.api("PUT", "api/config/patched", {"a": {"b": 1, "c": 2}, "d": 3, "e": {"f": 4}})

    patch = configured.api("PATCH", "api/config/patched", {"a": {"b": 5}, "d": None, "e": {"f": None}})

    assert patch.object() == {"a": {"b": 5, "c": 2}}
    assert configured.api("GET", "api/config/patched").object() == {"a": {"b": 5, "c": 2}}


def test_changes_that_come_at_once_are_all_kept(configured: Running) -> None:
    def change(number: int) -> int:
        return configured.api("PATCH", "api/config/many", {f"key{number}": number}).status

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(change, range(16)))

    assert statuses == {200}
    assert configured.api("GET", "api/config/many").object() == {f"key{number}": number for number in range(16)}


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("body", [b"", b" ", b"null", b"{", b"[]", b'"x"', b"\xff", b'{"a":' * 100_000])
def test_what_is_no_object_is_refused_with_a_sentence(configured: Running, method: str, body: bytes) -> None:
    configured.api("PUT", "api/config/kept", {"a": 1})

    reply = configured.api(method, "api/config/kept", body)

    assert reply.status == 400
    assert "body" in reply.message()
    assert configured.api("GET", "api/config/kept").object() == {"a": 1}


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_what_is_nested_too_deeply_is_refused(configured: Running, method: str) -> None:
    body = b'{"a":' * 300 + b"1" + b"}" * 300

    assert configured.api(method, "api/config/deep", body).status == 400


def test_a_file_that_is_no_json_is_not_overwritten_by_a_change(configured: Running, folder: Path) -> None:
    file = folder / "serverconfig" / "broken.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{broken")

    reply = configured.api("PATCH", "api/config/broken", {"a": 1})

    assert reply.status == 409
    assert "broken.json" in reply.message()
    assert str(folder) not in reply.message()
    assert file.read_text() == "{broken"
    assert configured.api("GET", "api/config/broken").object() == {}


@pytest.mark.parametrize("name", ["..%2Fx", "%2e%2e", "..", "a%2Fb", "a.json", "a%00", "x" * 101, "%C3%A4", "a b"])
@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH"])
def test_a_name_that_is_no_word_names_no_section(configured: Running, name: str, method: str) -> None:
    reply = configured.api(method, f"api/config/{name.replace(' ', '%20')}", {})

    assert reply.status == 404
