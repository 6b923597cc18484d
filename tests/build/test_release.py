"""A release before it is published: what is refused, what is added; and the workflows that make it."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from adrastea.desktop.update import parse_feed
from build.console import SetupFailed
from build.product import Product, load
from build.release import check, feed, finish, main

PRODUCT = load()
REAL = replace(PRODUCT, homepage="https://a.org", downloads="https://a.org/d", files="https://a.org/r/@version@")
FEED = "https://a.org/latest.json"
NOBODYS = "https://adrastea.example/x"
WORKFLOWS = sorted((Path(__file__).parents[2] / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def test_a_tag_that_is_the_version_may_be_released() -> None:
    check(REAL, f"v{REAL.version}", FEED)


def test_a_tag_of_another_version_may_not() -> None:
    with pytest.raises(SetupFailed, match=r"v9\.9\.9 is not v"):
        check(REAL, "v9.9.9", FEED)


@pytest.mark.parametrize(
    "product",
    [replace(REAL, homepage=NOBODYS), replace(REAL, downloads=NOBODYS), replace(REAL, files=NOBODYS)],
    ids=["homepage", "downloads", "files"],
)
def test_an_address_that_nobody_can_own_may_not(product: Product) -> None:
    with pytest.raises(SetupFailed, match="nobody can own"):
        check(product, f"v{REAL.version}", FEED)


def test_a_feed_that_nobody_can_own_may_not() -> None:
    with pytest.raises(SetupFailed, match="nobody can own"):
        check(REAL, f"v{REAL.version}", "https://adrastea.example/latest.json")


def test_the_feed_is_one_that_the_window_reads() -> None:
    release = parse_feed(json.dumps(feed(REAL)).encode())

    assert release is not None
    assert (release.version, release.url) == (REAL.version, "https://a.org/d")


def test_the_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "adrastea.deb").write_bytes(b"package")
    (tmp_path / "notes").write_bytes(b"not released")

    finish(REAL, tmp_path)

    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=True)
    assert (tmp_path / "SHA256SUMS").read_text().count("\n") == 2  # the package and the feed


def test_anything_else_is_told_how_it_is_used() -> None:
    assert main(["publish"]) == 2


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_action_is_pinned_to_a_commit(file: Path) -> None:
    used = [line.strip().removeprefix("- ") for line in file.read_text().splitlines() if "uses:" in line]

    assert used
    assert not [line for line in used if not PINNED.fullmatch(line)]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_every_job_has_a_limit_and_no_more_rights_than_it_needs(file: Path) -> None:
    workflow = yaml.safe_load(file.read_text())

    assert workflow["permissions"] == {"contents": "read"}
    assert not [name for name, job in workflow["jobs"].items() if "timeout-minutes" not in job]


def test_nothing_is_published_before_it_was_launched_on_its_system() -> None:
    jobs = yaml.safe_load((WORKFLOWS[1]).read_text())["jobs"]
    runs = {name: " ".join(step.get("run", "") for step in job["steps"]) for name, job in jobs.items()}

    assert set(jobs["publish"]["needs"]) == set(jobs) - {"publish"}
    assert "make test-app" in runs["linux"]
    assert "build.launch_check" in runs["macos"]
    assert "build.launch_check" in runs["windows"]
    assert runs["publish"].index("--draft ") < runs["publish"].index("--draft=false")


def test_every_program_that_a_workflow_calls_is_there() -> None:
    called = {name for file in WORKFLOWS for name in re.findall(r"-m build\.(\w+)", file.read_text())}

    assert {"release", "recipes", "launch_check", "mac_app", "windows_installer"} <= called
    assert not [name for name in called if not (Path(__file__).parents[2] / "build" / f"{name}.py").exists()]
