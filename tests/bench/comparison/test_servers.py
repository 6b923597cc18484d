"""Which servers are measured, and how their commands are made."""

from pathlib import Path

import pytest

from bench.comparison.servers import USUAL, Server, Unusable, chosen, filled, known, parsed


def test_a_described_server_has_a_name_and_a_command() -> None:
    assert parsed("zasper=zasper --port {port} --cwd '{root}/my notes'") == Server(
        "zasper", ["zasper", "--port", "{port}", "--cwd", "{root}/my notes"]
    )


def test_only_the_first_equals_sign_parts_the_name_from_the_command() -> None:
    assert parsed("lab=jupyter-lab --ServerApp.port={port}").command == ["jupyter-lab", "--ServerApp.port={port}"]


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("zasper", "NAME=COMMAND"),
        ("=zasper {port}", "NAME=COMMAND"),
        ("zasper=", "NAME=COMMAND"),
        ("zasper=zasper", "does not say {port}"),
        ("zasper=zasper '{port}", "No closing quotation"),
    ],
)
def test_a_description_that_cannot_be_used_says_why(description: str, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        parsed(description)


def test_placeholders_are_filled_and_other_braces_kept() -> None:
    words = filled(["--at={port}", "{token}", "{root}/a", "{other}"], port=8888, token="t", root=Path("/srv"))

    assert words == ["--at=8888", "t", "/srv/a", "{other}"]


def test_the_usual_servers_are_known_and_every_known_one_is_told_its_port() -> None:
    offered = known()

    assert set(USUAL) <= set(offered)
    assert all(any("{port}" in word for word in server.command) for server in offered.values())


def test_the_one_file_is_known_where_it_has_been_made(tmp_path: Path) -> None:
    assert "adrastea-file" not in known(tmp_path / "adrastea")

    (tmp_path / "adrastea").touch()

    assert known(tmp_path / "adrastea")["adrastea-file"].command[0] == str(tmp_path / "adrastea")


def test_named_servers_come_first_and_described_ones_after_them() -> None:
    offered = {"a": Server("a", ["a"]), "b": Server("b", ["b"])}

    servers = chosen(["b"], ["c=c {port}"], offered)

    assert [server.name for server in servers] == ["b", "c"]


@pytest.mark.parametrize(("names", "described"), [(["a", "a"], []), (["a"], ["a=x {port}"]), (["z"], [])])
def test_a_name_that_is_unknown_or_there_twice_is_refused(names: list[str], described: list[str]) -> None:
    with pytest.raises(Unusable):
        chosen(names, described, {"a": Server("a", ["a"])})
