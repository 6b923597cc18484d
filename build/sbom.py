"""The list of parts: `python3 -m build.sbom` writes `dist/adrastea-VERSION.cdx.json`, CycloneDX 1.6.

What others made (`components.py`), and the program itself, with the sum of `dist/adrastea` and of each file that it
unpacks, if it is there. Equal byte for byte when made twice. Source of truth: https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
import uuid
from collections.abc import Mapping

from build.archives import File
from build.components import Component, components
from build.console import ROOT, SetupFailed, say
from build.frozen import contents
from build.product import DIST, Product, load

_EXPRESSION = re.compile(r"\(?[A-Za-z0-9.+-]+\)?( (AND|OR|WITH) \(?[A-Za-z0-9.+-]+\)?)*")


def main() -> int:
    """Write the list. Returns the exit code."""
    product, app = load(), DIST / "adrastea"
    try:
        files = contents(app) if app.exists() else ()
    except SetupFailed as error:
        say(str(error))
        return 1
    digest = _sha256(app.read_bytes()) if app.exists() else None
    file = DIST / f"{product.command}-{product.version}.cdx.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(sbom(product, components(), digest, files), indent=2) + "\n", encoding="utf-8")
    say(f"{file.relative_to(ROOT)}")
    return 0


def sbom(
    product: Product, parts: tuple[Component, ...], digest: str | None, files: tuple[File, ...] = ()
) -> Mapping[str, object]:
    """The list as JSON; `digest` is the SHA-256 of the program, `files` are what it unpacks."""
    ours = f"pkg:generic/{product.command}@{product.version}"
    program = {
        "type": "application",
        "bom-ref": ours,
        "name": product.command,
        "version": product.version,
        "purl": ours,
        "licenses": _licences(product.license),
        **({"hashes": [_hash(digest)]} if digest else {}),
        "components": [_file(file) for file in files],
    }
    listed = [_component(part) for part in parts]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([program, listed]))}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(product.when)),
            "component": program,
        },
        "components": listed,
        "dependencies": [{"ref": ours, "dependsOn": [part.purl for part in parts]}],
    }


def _component(part: Component) -> Mapping[str, object]:
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": _licences(part.license),
    }


def _file(file: File) -> Mapping[str, object]:
    return {"type": "file", "name": file.path, "hashes": [_hash(_sha256(file.data))]}


def _hash(digest: str) -> Mapping[str, object]:
    return {"alg": "SHA-256", "content": digest}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _licences(text: str) -> list[Mapping[str, object]]:
    """As an SPDX expression where it is one, else by the words that its authors used."""
    if text == "unknown":
        return []
    return [{"expression": text} if _EXPRESSION.fullmatch(text) else {"license": {"name": text}}]


if __name__ == "__main__":
    sys.exit(main())
