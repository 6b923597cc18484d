"""What a program unpacks at its first start."""

from pathlib import Path

import pytest

from build.console import SetupFailed
from build.frozen import contents, is_elf

UNPACKS = """#!/bin/sh
folder=$XDG_CACHE_HOME/adrastea/4711
mkdir -p "$folder/ui"
printf '\\177ELF' >"$folder/library.so"
echo page >"$folder/ui/page"
"""


def script(folder: Path, text: str) -> Path:
    (folder / "program").write_text(text)
    (folder / "program").chmod(0o755)
    return folder / "program"


def test_the_files_are_named_as_they_lie_in_the_folder_of_the_build(tmp_path: Path) -> None:
    files = contents(script(tmp_path, UNPACKS))

    assert [(file.path, is_elf(file)) for file in files] == [("library.so", True), ("ui/page", False)]


def test_a_program_that_unpacks_nothing_has_no_contents(tmp_path: Path) -> None:
    assert contents(script(tmp_path, "#!/bin/sh\n")) == ()


def test_a_program_that_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="does not start"):
        contents(script(tmp_path, "#!/bin/sh\nexit 1\n"))
