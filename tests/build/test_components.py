"""What others made and we ship."""

import re
from pathlib import Path

from build.components import Component, components, notices

ROOT = Path(__file__).parents[2]
PARTS = components()


def test_every_package_that_the_application_needs_is_named_once() -> None:
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "app.txt").read_text(), re.MULTILINE)

    assert sorted(part.name for part in PARTS if part.kind == "pypi") == sorted(pinned)
    assert len({part.purl for part in PARTS}) == len(PARTS)


def test_the_page_s_packages_are_in_it_and_its_tools_are_not() -> None:
    names = {part.name for part in PARTS if part.kind == "npm"}

    assert {"preact", "dompurify", "@lezer/common"} <= names
    assert not {"vite", "typescript", "eslint"} & names


def test_the_interpreter_and_the_libraries_below_are_parts_too() -> None:
    assert {"python", "libzmq"} <= {part.name for part in PARTS}


def test_every_python_package_shows_its_licence() -> None:
    assert not [part.name for part in PARTS if part.license == "unknown"]


def test_a_scope_is_written_as_a_package_url_wants_it() -> None:
    assert Component("npm", "@lezer/common", "1.2.3", "MIT").purl == "pkg:npm/%40lezer/common@1.2.3"


def test_the_notices_name_each_part_and_give_its_words() -> None:
    text = notices((Component("npm", "preact", "1.2.3", "MIT", ("Permission is granted\n",)),))

    assert text == "preact 1.2.3 (MIT)\n==================\n\nPermission is granted\n"
