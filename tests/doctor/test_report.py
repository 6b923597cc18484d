"""Findings as people and as programs read them."""

from __future__ import annotations

import json

from adrastea.about import About
from adrastea.doctor.finding import Finding
from adrastea.doctor.report import as_json, as_text

ABOUT = About("0.1.0", "one file", "3.11.2", "Debian, Linux 6.1, x86_64")
FINDINGS = (
    Finding("kernels", "kernels", "Kernels", "missing", "none found", "python3 -m pip install ipykernel"),
    Finding(
        "kernel", "kernels", "ir", "warning", "/home/ada/bin/R does not exist", details={"command": ["/home/ada/R"]}
    ),
    Finding("git", "tools", "Git", "ok", "2.39.5, /home/adam/git"),
)


def test_the_state_stands_in_words_under_headings_and_how_to_mend_it_below() -> None:
    text = as_text(FINDINGS, ABOUT, "/home/ada", coloured=False)

    assert text.splitlines() == [
        "Adrastea 0.1.0, one file, Python 3.11.2",
        "",
        "Kernels",
        "  missing  Kernels  none found",
        "                    python3 -m pip install ipykernel",
        "  warning  ir       ~/bin/R does not exist",
        "",
        "Tools",
        "  ok       Git      2.39.5, /home/adam/git",
        "",
        "Missing: Kernels. Without it notebooks cannot be served or run.",
    ]


def test_colours_change_nothing_but_the_colour() -> None:
    plain, coloured = (as_text(FINDINGS, ABOUT, "", coloured=wanted) for wanted in (False, True))

    assert "\033[" not in plain
    for code in ("\033[32m", "\033[33m", "\033[1;31m", "\033[0m"):
        assert code in coloured
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_the_last_line_says_whether_it_is_enough() -> None:
    assert as_text(FINDINGS[2:], ABOUT, "", coloured=False).endswith("served and run, and nothing is missing.\n")
    assert as_text(FINDINGS[1:], ABOUT, "", coloured=False).endswith("served and run. 1 point to look at above.\n")


def test_json_has_every_field_and_no_name_of_the_user() -> None:
    report = json.loads(as_json(FINDINGS, ABOUT, "/home/ada"))

    assert {name: report[name] for name in ("format", "version", "form", "python", "system", "complete")} == {
        "format": 1,
        "version": "0.1.0",
        "form": "one file",
        "python": "3.11.2",
        "system": "Debian, Linux 6.1, x86_64",
        "complete": False,
    }
    assert report["checks"][1] == {
        "name": "kernel",
        "area": "kernels",
        "title": "ir",
        "state": "warning",
        "found": "~/bin/R does not exist",
        "mend": "",
        "details": {"command": ["~/R"]},
    }
