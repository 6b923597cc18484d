"""The program and the tools around it."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from adrastea.about import about
from adrastea.doctor.tools import examine_program, examine_tools


def test_the_program_names_its_version_form_python_and_parts() -> None:
    by_name = {finding.name: finding for finding in examine_program(about())}

    assert by_name["version"].found.endswith("from source")
    assert by_name["python"].found.startswith(about().python)
    assert by_name["parts"].found == "tornado, pyzmq, pywebview"


def test_without_git_there_is_a_word_about_who_needs_it(tmp_path: Path) -> None:
    (git,) = [finding for finding in examine_tools({"PATH": str(tmp_path)}) if finding.name == "git"]

    assert (git.state, git.found) == ("warning", "not found")
    assert "version control" in git.mend


def test_a_git_that_does_not_run_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho broken; exit 3\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o700)

    (git,) = [finding for finding in examine_tools({"PATH": str(tmp_path)}) if finding.name == "git"]

    assert (git.state, git.found) == ("warning", f"{tmp_path}/git: broken")


def test_tls_and_the_limit_of_open_files_are_named() -> None:
    by_name = {finding.name: finding for finding in examine_tools(os.environ)}

    assert by_name["tls"].found.startswith("OpenSSL")
    assert by_name["open-files"].found.startswith(str(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))


def test_too_few_open_files_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    def few(_: int) -> tuple[int, int]:
        return 64, 64

    monkeypatch.setattr(resource, "getrlimit", few)

    (files,) = [finding for finding in examine_tools(os.environ) if finding.name == "open-files"]

    assert files.state == "warning"
    assert "ulimit -n" in files.mend
