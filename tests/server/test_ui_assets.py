"""The UI bundle in memory: what is kept, what is sent, what a browser may store."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from adrastea.errors import NotFound
from adrastea.server.ui_assets import Asset, Body, UiAssets, is_public

PLAIN = b"<!DOCTYPE html><p>page</p>"


def bundle(folder: Path) -> UiAssets:
    """`a.css` only plain, `app-1a2b.js` in three forms, `index.html` with gzip, as the build leaves them."""
    (folder / "assets").mkdir()
    (folder / "index.html").write_bytes(PLAIN)
    (folder / "index.html.gz").write_bytes(gzip.compress(PLAIN))
    (folder / "assets" / "app-1a2b.js").write_bytes(b"run()")
    (folder / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"run()"))
    (folder / "assets" / "app-1a2b.js.br").write_bytes(b"brotli of run()")
    (folder / "a.css").write_bytes(b"p{}")
    return UiAssets(folder)


def encodings(asset: Asset) -> list[str]:
    return [body.encoding for body in asset.bodies]


def test_the_plain_body_is_not_kept_where_a_compressed_one_is_there(tmp_path: Path) -> None:
    assets = bundle(tmp_path)

    assert encodings(assets.get("assets/app-1a2b.js")) == ["br", "gzip"]
    assert encodings(assets.get("a.css")) == [""]


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("", ""),
        ("identity", ""),
    ],
)
def test_a_client_gets_the_best_body_that_it_takes(tmp_path: Path, accept: str, encoding: str) -> None:
    assert bundle(tmp_path).get("assets/app-1a2b.js").body_for(accept).encoding == encoding


def test_a_client_that_takes_no_compression_gets_the_plain_bytes(tmp_path: Path) -> None:
    assert bundle(tmp_path).get("index.html").body_for("") == Body("", PLAIN)


def test_the_plain_files_need_not_be_there(tmp_path: Path) -> None:
    bundle(tmp_path)
    for name in ("index.html", "assets/app-1a2b.js", "assets/app-1a2b.js.br"):
        (tmp_path / name).unlink()
    assets = UiAssets(tmp_path)

    assert assets.get("assets/app-1a2b.js").content_type == "text/javascript; charset=UTF-8"
    assert assets.get("assets/app-1a2b.js").body_for("") == Body("", b"run()")
    assert assets.get("index.html").body_for("br").data == PLAIN


def test_a_bundle_that_is_built_anew_meanwhile_does_not_change_what_is_served(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    large = tmp_path / "assets" / "app-1a2b.js"
    large.write_bytes(b"run();" * 1000)
    assets = UiAssets(tmp_path)
    large.unlink()

    assert assets.get("assets/app-1a2b.js").body_for("gzip") == Body("", b"run();" * 1000)


def test_the_compressed_files_have_no_addresses_of_their_own(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        bundle(tmp_path).get("index.html.gz")


@pytest.mark.parametrize("path", ["", "..", "../secret", "assets", "assets/", "/index.html", "assets/../a.css"])
def test_only_the_files_of_the_bundle_can_be_asked_for(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "dist").mkdir()

    with pytest.raises(NotFound):
        bundle(tmp_path / "dist").get(path)


def test_a_browser_stores_hashed_files_for_ever_and_the_page_never(tmp_path: Path) -> None:
    assets = bundle(tmp_path)

    assert "immutable" in assets.get("assets/app-1a2b.js").cache_control
    assert assets.get("index.html").cache_control == "no-store"
    assert assets.get("a.css").cache_control == "private, no-cache"


def test_files_have_the_types_that_browsers_insist_on(tmp_path: Path) -> None:
    assets = bundle(tmp_path)

    assert assets.get("assets/app-1a2b.js").content_type == "text/javascript; charset=UTF-8"
    assert assets.get("index.html").content_type == "text/html; charset=UTF-8"


def test_another_content_has_another_etag(tmp_path: Path) -> None:
    before = bundle(tmp_path).get("a.css").etag
    (tmp_path / "a.css").write_bytes(b"p{color:red}")

    assert UiAssets(tmp_path).get("a.css").etag != before


def test_without_a_bundle_the_page_says_how_to_build_it(tmp_path: Path) -> None:
    page = UiAssets(tmp_path / "missing").get("index.html")

    assert b"make ui" in bytes(page.body_for("").data)


def test_only_icons_are_public() -> None:
    assert is_public("favicon.ico")
    assert is_public("icon-192.png")
    assert not is_public("index.html")
    assert not is_public("assets/favicon.ico")
    assert not is_public("favicon.html")
    assert not is_public("favicon.ico/../index.html")
