"""`/api/spec.yaml`: the REST interface as an OpenAPI document, for people and for programs that make clients of it.

It is a file beside this one, written by hand. tests/server/test_api_spec.py keeps it and the route table together;
tests/clients/test_api_spec_holds.py asks the running server everything that it allows.

Source of truth: https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from adrastea.server.handler import Handler, finish


def document() -> bytes:
    """The document, in YAML."""
    import pkgutil

    return pkgutil.get_data("adrastea.server", "api_spec.yaml") or b""


class ApiSpecHandler(Handler):
    """`/api/spec.yaml`."""

    def get(self) -> None:
        """The document."""
        self.set_header("Content-Type", "text/x-yaml; charset=UTF-8")
        finish(self, document())
