"""Archives, read by programs that others wrote."""

import io
import lzma
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from build.archives import PROGRAM, File, ar, below, gz, tar, xz, zipped

FILES = (File("b/c/two", b"22"), File("a", b"1", PROGRAM))
WHEN = 1_700_000_000


def test_a_tar_holds_files_and_folders_by_name_owned_by_root_with_one_time() -> None:
    with tarfile.open(fileobj=io.BytesIO(tar(FILES, WHEN))) as archive:
        members = archive.getmembers()

    assert [(member.name, member.isdir(), member.mode) for member in members] == [
        ("a", False, 0o755),
        ("b", True, 0o755),
        ("b/c", True, 0o755),
        ("b/c/two", False, 0o644),
    ]
    assert {(member.uname, member.gname, member.uid, member.gid, member.mtime) for member in members} == {
        ("root", "root", 0, 0, WHEN)
    }


def test_the_root_of_a_package_is_a_folder_too() -> None:
    with tarfile.open(fileobj=io.BytesIO(tar(FILES[1:], WHEN, "./"))) as archive:
        assert archive.getnames() == [".", "./a"]


def test_the_order_in_which_files_are_named_makes_no_difference() -> None:
    assert tar(FILES, WHEN) == tar(FILES[::-1], WHEN)
    assert zipped(FILES) == zipped(FILES[::-1])


@pytest.mark.slow
def test_an_ar_archive_is_read_by_the_system_s_ar(tmp_path: Path) -> None:
    program = shutil.which("ar")
    assert program is not None
    (tmp_path / "x").write_bytes(ar((("odd", b"123"), ("even", b"1234")), WHEN))

    assert subprocess.check_output([program, "p", tmp_path / "x", "even"]) == b"1234"
    assert subprocess.check_output([program, "p", tmp_path / "x", "odd"]) == b"123"


def test_a_zip_keeps_contents_and_modes() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(FILES))) as archive:
        assert {item.filename: item.external_attr >> 16 for item in archive.infolist()} == {
            "a": 0o755,
            "b/c/two": 0o644,
        }
        assert archive.read("b/c/two") == b"22"


def test_compressed_bytes_carry_no_time() -> None:
    assert gz(b"x")[4:8] == bytes(4)
    assert lzma.decompress(xz(b"x")) == b"x"


def test_files_can_be_put_a_folder_deeper() -> None:
    assert below("usr", FILES)[1] == File("usr/a", b"1", PROGRAM)
