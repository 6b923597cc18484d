"""The environment of the other servers is made once, and again when other versions are asked for."""

from pathlib import Path

from bench.comparison.environment import REQUIREMENTS, is_ready

ASKED = "a6ad7b420d04165d634b3e8829a00abc06edfed297b979f6995efecf809df957"  # sha256 of a==1


def test_nothing_is_ready_before_it_was_made(tmp_path: Path) -> None:
    assert not is_ready(tmp_path, REQUIREMENTS)


def test_what_was_installed_is_ready_until_another_version_is_asked_for(tmp_path: Path) -> None:
    wanted = tmp_path / "bench.txt"
    wanted.write_text("a==1\n", encoding="utf-8")
    (tmp_path / ".installed").write_text(ASKED, encoding="utf-8")
    assert is_ready(tmp_path, wanted)

    wanted.write_text("a==2\n", encoding="utf-8")

    assert not is_ready(tmp_path, wanted)
