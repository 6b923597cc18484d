"""Contents of versions come back byte for byte, what is long in them is kept once, and what nobody wants goes."""

from __future__ import annotations

import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adrastea.documents import version_contents
from adrastea.documents.version_contents import VersionContents
from adrastea.errors import NotFound, StorageFailed

CHANCE = random.Random(1)
IMAGE = CHANCE.randbytes(100_000).hex().encode() + b'"\n'


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VersionContents:
    monkeypatch.setattr(version_contents, "_YOUNG_SECONDS", -1.0)
    return VersionContents(tmp_path)


def keep(kept: VersionContents, data: bytes) -> str:
    digest = sha256(data).hexdigest()
    kept.keep(digest, data)
    return digest


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


SHORT = [b"", b"\n", b"short\n", b"\xff\r\n"]
lines = st.sampled_from([*SHORT, b"x" * 70_000, b"y" * 65_535 + b"\n", b"z" * 65_536, IMAGE])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines, max_size=8).map(b"".join))
def test_a_content_comes_back_byte_for_byte(tmp_path: Path, data: bytes) -> None:
    kept = VersionContents(tmp_path)
    digest = keep(kept, data)

    assert kept.read(digest) == data
    assert kept.size(digest) == len(data)


def test_an_image_that_stays_is_kept_once(kept: VersionContents, tmp_path: Path) -> None:
    versions = [b"cell %d\n" % number + IMAGE + b"end\n" for number in range(20)]
    digests = [keep(kept, version) for version in versions]

    assert [kept.read(digest) for digest in digests] == versions
    assert len(files(tmp_path / "blobs")) == 1
    assert kept.total() < len(IMAGE) + 20 * 300


def test_what_an_earlier_version_of_the_program_has_kept_is_read(kept: VersionContents, tmp_path: Path) -> None:
    digest = sha256(b"whole").hexdigest()
    place = tmp_path / "contents" / digest[:2] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(b"whole")

    kept.keep(digest, b"whole")
    assert (kept.read(digest), kept.size(digest), files(tmp_path)) == (b"whole", 5, [place])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3])


def no_head(file: Path) -> None:
    file.write_bytes(b"{}\n")


@pytest.mark.parametrize("harm", [cut, no_head])
@pytest.mark.parametrize("part", ["contents", "blobs"])
def test_what_was_damaged_is_refused(
    kept: VersionContents, tmp_path: Path, part: str, harm: Callable[[Path], None]
) -> None:
    digest = keep(kept, b"short\n" + IMAGE)
    harm(files(tmp_path / part)[0])

    with pytest.raises(StorageFailed, match="damaged"):
        kept.read(digest)


@pytest.mark.parametrize("part", ["contents", "blobs"])
def test_what_is_gone_is_said_to_be(kept: VersionContents, tmp_path: Path, part: str) -> None:
    digest = keep(kept, b"short\n" + IMAGE)
    files(tmp_path / part)[0].unlink()

    with pytest.raises(NotFound, match="gone"):
        kept.read(digest)
    assert (kept.size(digest) is None) is (part == "contents")


def test_the_newest_stay_and_with_them_what_they_share_with_others(kept: VersionContents, tmp_path: Path) -> None:
    other = CHANCE.randbytes(100_000).hex().encode()
    old, shares, newest = (keep(kept, data) for data in (b"1\n" + other, b"2\n" + IMAGE, b"3\n" + IMAGE))
    forgotten: list[str] = []
    kept.shrink(len(IMAGE) + 1_000, [newest, shares, old], forgotten.append)

    assert forgotten == [old]
    assert [kept.read(shares), kept.read(newest)] == [b"2\n" + IMAGE, b"3\n" + IMAGE]
    assert len(files(tmp_path)) == 3

    kept.shrink(0, [newest], forgotten.append)
    assert kept.read(newest) == b"3\n" + IMAGE


def test_what_was_written_just_now_stays_for_somebody_may_be_about_to_name_it(tmp_path: Path) -> None:
    kept = VersionContents(tmp_path)
    digest = keep(kept, b"1\n" + IMAGE)
    kept.shrink(0, [], lambda _: None)

    assert kept.read(digest) == b"1\n" + IMAGE
