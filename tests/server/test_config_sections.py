"""Sections of Jupyter's configuration: how they are merged, and which folders count for what."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from adrastea.documents.notebook import JsonObject
from adrastea.errors import Conflict, StorageFailed
from adrastea.server.config_sections import ConfigSections, merged, users_sections, without


def write(folder: Path, name: str, text: str) -> None:
    file = folder / "serverconfig" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def written(folder: Path, name: str) -> object:
    value: object = json.loads((folder / "serverconfig" / name).read_bytes())
    return value


@pytest.mark.parametrize(
    ("old", "change", "after"),
    [
        ({}, {"a": 1}, {"a": 1}),
        ({"a": 1}, {"a": None}, {}),
        ({}, {"a": None}, {}),
        ({"a": {"b": 1}}, {"a": {"c": 2}}, {"a": {"b": 1, "c": 2}}),
        ({"a": {"b": 1}}, {"a": {"b": None}}, {}),
        ({}, {"a": {"b": None}}, {}),
        ({"a": {"b": 1}}, {"a": {}}, {"a": {"b": 1}}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}),
        ({"a": {"b": 1}}, {"a": [1]}, {"a": [1]}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": 1}, {"b": False}, {"a": 1, "b": False}),
    ],
)
def test_objects_are_merged_and_null_takes_away(old: JsonObject, change: JsonObject, after: JsonObject) -> None:
    assert merged(old, change) == after


def test_what_is_merged_is_left_as_it_was() -> None:
    old: JsonObject = {"a": {"b": 1}}
    merged(old, {"a": {"b": 2}})

    assert old == {"a": {"b": 1}}


def test_what_is_the_same_in_the_defaults_is_not_kept() -> None:
    defaults: JsonObject = {"a": 1, "b": {"c": 2, "d": 3}, "e": {"f": 4}}

    assert without({"a": 1, "b": {"c": 2, "d": 9}, "e": {"f": 4}, "g": 5}, defaults) == {"b": {"d": 9}, "g": 5}


def test_the_first_folder_counts_for_most_and_the_users_is_written(tmp_path: Path) -> None:
    system, user = tmp_path / "system", tmp_path / "user"
    write(system, "s.json", '{"a": 1, "b": 1}')
    write(user, "s.json", '{"a": 2}')
    sections = ConfigSections(user, (user, system))

    changed = sections.patch("s", {"c": 3})

    assert changed == {"a": 2, "c": 3}
    assert sections.get("s") == {"a": 2, "b": 1, "c": 3}
    assert written(system, "s.json") == {"a": 1, "b": 1}


def test_what_packages_have_put_beside_a_section_is_read_before_it_and_not_copied_into_it(tmp_path: Path) -> None:
    write(tmp_path, "s.d/1.json", '{"a": 1, "b": 1}')
    write(tmp_path, "s.d/2.json", '{"b": 2}')
    write(tmp_path, "s.d/3.json", "{broken")
    write(tmp_path, "s.json", '{"c": 3}')
    sections = ConfigSections(tmp_path)

    assert sections.get("s") == {"a": 1, "b": 2, "c": 3}
    assert sections.patch("s", {"d": 4}) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert written(tmp_path, "s.json") == {"c": 3, "d": 4}


@pytest.mark.parametrize("text", ["{broken", "[]", "null", '{"a":' * 100_000])
def test_a_file_that_holds_no_object_is_passed_over_and_not_changed(tmp_path: Path, text: str) -> None:
    write(tmp_path, "s.json", text)
    sections = ConfigSections(tmp_path)

    assert sections.get("s") == {}
    with pytest.raises(Conflict, match=r"s\.json"):
        sections.patch("s", {"a": 1})
    assert (tmp_path / "serverconfig" / "s.json").read_text() == text


def test_an_empty_file_is_an_empty_section(tmp_path: Path) -> None:
    write(tmp_path, "s.json", " ")

    assert ConfigSections(tmp_path).patch("s", {"a": 1}) == {"a": 1}


def test_a_folder_that_is_made_is_for_this_user_alone(tmp_path: Path) -> None:
    ConfigSections(tmp_path / "jupyter").put("s", {"a": float("inf")})

    assert (tmp_path / "jupyter").stat().st_mode & 0o077 == 0
    assert written(tmp_path / "jupyter", "s.json") == {"a": None}


def test_a_folder_that_cannot_be_made_is_told_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageFailed) as raised:
        ConfigSections(tmp_path / "file" / "jupyter").put("s", {})

    assert str(tmp_path) not in str(raised.value)


def test_the_users_sections_lie_where_jupyter_has_them_or_nowhere(tmp_path: Path) -> None:
    user, system = tmp_path / "user", tmp_path / "system"
    write(system, "s.json", '{"a": 1}')
    environ = {"JUPYTER_CONFIG_DIR": str(user), "JUPYTER_CONFIG_PATH": str(system), "PATH": str(Path(sys.executable))}

    found = users_sections(environ, tmp_path)
    found.put("s", {"b": 2})
    none = users_sections({**environ, "JUPYTER_NO_CONFIG": "1"}, tmp_path / "run")
    none.put("s", {"c": 3})

    assert written(user, "s.json") == {"b": 2}
    assert found.get("s") == {"a": 1, "b": 2}
    assert none.get("s") == {"c": 3}
    assert written(tmp_path / "run" / "jupyter-config", "s.json") == {"c": 3}
