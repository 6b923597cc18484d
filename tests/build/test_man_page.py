"""The manual page says what --help says, in man's own form."""

import re
import shutil
import subprocess

import pytest

from adrastea import cli
from build.man_page import COMMANDS, help_text, man_page
from build.product import load, spec

PAGE = man_page(spec("linux/adrastea.1"), load().values())


def test_every_option_of_the_help_is_in_the_page() -> None:
    options = {word.strip(",'") for command in COMMANDS for word in help_text(command).split() if word.startswith("--")}

    assert {"--version", "--port", "--token", "--base-url"} <= options
    assert not {option for option in options if option.replace("-", "\\-") not in PAGE}


def test_every_command_that_the_help_speaks_of_has_its_section() -> None:
    named = re.findall(r"^adrastea ([a-z]+)", cli.__doc__ or "", re.MULTILINE)

    assert named == [command[0] for command in COMMANDS if command]
    assert not [name for name in named if f'.SH "{name.upper()}"' not in PAGE]


@pytest.mark.slow
def test_man_reads_it_without_a_warning() -> None:
    program = shutil.which("man")
    assert program is not None
    command = [program, "--warnings", "--local-file", "-"]

    done = subprocess.run(command, input=PAGE, text=True, capture_output=True, check=True)

    assert done.stderr == ""
    assert "adrastea serve [-h]" in " ".join(done.stdout.replace("\x08", "").split())
