"""Dependencies are pinned, agree with each other and carry no addresses; docs/dependencies.md has a reason for each."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGE = json.loads((ROOT / "ui" / "package.json").read_text(encoding="utf-8"))
PINNED = re.compile(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*")
EXACT = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def pins(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def explained() -> set[str]:
    rows = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").splitlines()
    return {row.split("|")[1].strip() for row in rows if row.startswith("| ")} - {"package", "---"}


def test_every_python_package_is_pinned_to_one_version() -> None:
    loose = [line for file in REQUIREMENTS for line in pins(file.read_text()) if not PINNED.fullmatch(line)]

    assert not loose


def test_no_two_requirement_files_ask_for_different_versions_of_one_package() -> None:
    asked: dict[str, set[str]] = {}
    for file in REQUIREMENTS:
        for line in pins(file.read_text()):
            name, _, version = line.partition("==")
            asked.setdefault(name.lower(), set()).add(version)

    assert not {name: versions for name, versions in asked.items() if len(versions) > 1}


def test_every_ui_package_is_pinned_to_one_version() -> None:
    wanted = PACKAGE["dependencies"] | PACKAGE["devDependencies"]

    assert not {name: version for name, version in wanted.items() if not EXACT.fullmatch(version)}


def test_the_locks_carry_no_download_addresses() -> None:
    lock = (ROOT / "ui" / "package-lock.json").read_text(encoding="utf-8")

    assert '"resolved"' not in lock
    assert not [file.name for file in REQUIREMENTS if "://" in file.read_text()]


def test_every_chosen_package_has_its_reason_and_every_reason_its_package() -> None:
    python = {
        line.partition("==")[0].lower()
        for file in REQUIREMENTS
        for line in pins(file.read_text().partition("# needed by those")[0])
    }

    assert explained() == python | set(PACKAGE["dependencies"]) | set(PACKAGE["devDependencies"])
