"""`/api/adrastea/export`: what the page shows, as a script or as Markdown."""

from __future__ import annotations

import json
from pathlib import Path

from adrastea.documents import ipynb
from adrastea.documents.wire_form import notebook_to_wire
from tests.server.running import Json, Running

VECTORS = Path(__file__).parent.parent / "vectors" / "export"


def exported(server: Running, kind: str, name: str) -> dict[str, object]:
    notebook: Json = json.loads(json.dumps(notebook_to_wire(ipynb.decode((VECTORS / f"{name}.ipynb").read_bytes())[0])))
    return dict(server.api("POST", f"api/adrastea/export/{kind}", {"notebook": notebook}).object())


def test_a_notebook_becomes_a_script_with_the_ending_of_its_language(standing: Running) -> None:
    assert exported(standing, "py", "in-r") == {
        "ending": ".r",
        "content": (VECTORS / "in-r.r.txt").read_text(encoding="utf-8"),
    }


def test_a_notebook_becomes_markdown_with_its_images_inside(standing: Running) -> None:
    made = exported(standing, "md", "trees")

    assert made == {"ending": ".md", "content": (VECTORS / "trees.md").read_text(encoding="utf-8")}


def test_other_formats_are_refused(standing: Running) -> None:
    reply = standing.api("POST", "api/adrastea/export/docx", {"notebook": {"cells": [], "metadata": {}}})

    assert reply.status == 400
    assert "'py' and 'md'" in str(reply.object()["message"])


def test_what_is_no_notebook_is_refused(standing: Running) -> None:
    assert standing.api("POST", "api/adrastea/export/py", {}).status == 400
    assert standing.api("POST", "api/adrastea/export/py", {"notebook": {"cells": 7}}).status == 400
