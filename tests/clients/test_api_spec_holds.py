"""The OpenAPI document holds: the real server is asked everything that it allows, and much that it does not.

schemathesis makes the requests from the document: single ones, and chains along its links (make a kernel, interrupt it,
end it). No answer is a 5xx of ours, and each has a status, a type and a shape that the document names. The only kernel
that is started is a fake one; what is deleted lies in a folder of the test's.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from build import other_clients
from tests.fakes import kernelspecs
from tests.system.program import ROOT, program

pytestmark = pytest.mark.slow

LIMIT_SECONDS = 240
EXAMPLES = "12"  # for each operation, besides those that the edges of its schema ask for
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
NOT_ASKED = r"/(channels|socket|subscribe|shutdown)$"  # WebSockets, which are no REST, and the end of the server


def test_every_answer_is_as_the_document_says(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "folder").mkdir(parents=True)
    (root / "text.txt").write_text("text\n", encoding="utf-8")
    (root / "plain.ipynb").write_bytes((ROOT / "examples" / "plain-python.ipynb").read_bytes())
    kernelspecs.install(tmp_path / "jupyter")
    settings = tmp_path / "config" / "adrastea" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('default_kernel = "fake"\n', encoding="utf-8")
    with program(tmp_path, "serve", str(root), environ={"JUPYTER_PATH": str(tmp_path / "jupyter")}) as served:
        address, _, token = served.url().partition("?token=")
        ran = subprocess.run(
            [
                *(str(other_clients.PYTHON), "-m", "schemathesis.cli", "run"),
                *(str(ROOT / "adrastea" / "server" / "api_spec.yaml"), "--url", address),
                *("--header", f"Authorization: token {token}", "--checks", CHECKS),
                *("--exclude-path-regex", NOT_ASKED, "--seed", "1", "--max-examples", EXAMPLES),
                *("--warnings", "off", "--continue-on-failure", "--no-color"),
            ],
            cwd=tmp_path,
            env={**os.environ, "PYTHONASYNCIODEBUG": ""},
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
        )
        served.end()

        assert ran.returncode == 0, ran.stdout
        assert "No issues found" in ran.stdout
        assert served.errors() == ""
        assert served.processes() == []


def test_the_document_is_one_of_openapi() -> None:
    command = [str(other_clients.PYTHON), "-m", "openapi_spec_validator", "adrastea/server/api_spec.yaml"]

    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60).returncode == 0
