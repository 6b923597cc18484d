"""The installer for Windows, as far as it can be looked at without Windows."""

from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as ET

from build.product import SPEC, load
from build.windows_installer import steps, write_icons

PRODUCT = load()
SOURCE = ET.fromstring((SPEC / "windows" / "adrastea.wxs").read_text(encoding="utf-8"))


def values(name: str) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in SOURCE.iter(f"{{http://wixtoolset.org/schemas/v4/wxs}}{name}")]


def registry() -> dict[str, str]:
    return {f"{it['Key']}|{it.get('Name', '')}": it.get("Value", "") for it in values("RegistryValue")}


def test_it_is_one_package_for_the_user_or_the_machine_that_replaces_the_older() -> None:
    (package,) = values("Package")

    assert package["Scope"] == "perUserOrMachine"
    assert str(UUID(package["UpgradeCode"])).upper() == package["UpgradeCode"]
    assert values("MajorUpgrade")


def test_every_component_has_an_id_of_its_own() -> None:
    ids = [UUID(component["Guid"]) for component in values("Component")]

    assert len(set(ids)) == len(ids)


def test_notebooks_are_offered_and_taken_from_nobody() -> None:
    found = registry()

    assert found["SOFTWARE\\Classes\\Adrastea.Notebook\\shell\\open\\command|"] == '"[#App]" "%1"'
    assert "SOFTWARE\\Classes\\.ipynb\\OpenWithProgids|Adrastea.Notebook" in found
    assert "SOFTWARE\\Classes\\.ipynb|" not in found
    assert not [key for key in found if "UserChoice" in key]


def test_what_is_registered_is_registered_where_the_package_was_installed() -> None:
    assert {it["Root"] for it in values("RegistryValue")} == {"HKMU"}


def test_a_missing_webview2_is_told_with_the_address_to_get_it_from() -> None:
    message = next(it["Message"] for it in values("Launch") if "WEBVIEW2" in it["Condition"])

    assert "https://go.microsoft.com/fwlink/p/?LinkId=2124703" in message
    assert (
        len([it for it in values("RegistrySearch") if it["Key"].endswith("{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}")])
        == 3
    )


def test_the_program_is_on_the_path_and_in_the_start_menu() -> None:
    assert {(it["Name"], it["System"]) for it in values("Environment")} == {("PATH", "no"), ("PATH", "yes")}
    assert values("Shortcut")[0]["Directory"] == "ProgramMenuFolder"


def test_every_variable_of_the_source_is_given_on_the_command_line() -> None:
    text = (SPEC / "windows" / "adrastea.wxs").read_text(encoding="utf-8")
    (make,) = steps(PRODUCT, Path("dist"), Path("icons"), {})

    given = {str(word).partition("=")[0] for word in make.command if "=" in str(word)}
    assert given == {piece.partition(")")[0] for piece in text.split("$(var.")[1:]}


def test_with_a_certificate_program_and_package_are_signed() -> None:
    names = [task.name for task in steps(PRODUCT, Path("dist"), Path("icons"), {"ADRASTEA_SIGN_THUMBPRINT": "AB12"})]

    assert names == ["sign-exe", "wix", "sign-msi"]


def test_the_icons_that_the_source_names_are_drawn(tmp_path: Path) -> None:
    write_icons(tmp_path)

    assert {file.name for file in tmp_path.iterdir()} == {
        name.rpartition("\\")[2] for name in (values("Icon")[0]["SourceFile"], values("File")[1]["Source"])
    }
