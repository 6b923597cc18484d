"""`/api/adrastea/export/<format>`: a notebook that is sent along, as a script or as Markdown with its images inside.

Ours alone, for the page's *Export as…*: it sends what it shows, saved or not. HTML it makes itself
(`ui/src/notebook/export`). Source of truth: docs/decisions/0041.
"""

from __future__ import annotations

from adrastea.documents.notebook import JsonObject
from adrastea.documents.wire_form import notebook_from_wire
from adrastea.errors import BadRequest
from adrastea.export.language import language_of
from adrastea.export.markdown import markdown
from adrastea.export.script import script
from adrastea.server import fields
from adrastea.server.contents import off_loop
from adrastea.server.handler import Handler


class ExportHandler(Handler):
    """`/api/adrastea/export/<format>`."""

    async def post(self, kind: str) -> None:
        """The `notebook` in the body, as on the document socket: the text, and the ending of a file with it."""
        if kind not in ("py", "md"):
            raise BadRequest(f"{kind!r} is not made here; the formats are 'py' and 'md'.")
        notebook = fields.optional_object(self.body(), "notebook")
        if notebook is None:
            raise BadRequest("The field 'notebook' is missing.")
        self.reply(await off_loop(_exported, kind, notebook))


def _exported(kind: str, raw: JsonObject) -> JsonObject:
    notebook = notebook_from_wire(raw)
    if kind == "md":
        return {"ending": ".md", "content": markdown(notebook, "").text}
    return {"ending": language_of(notebook.metadata).ending, "content": script(notebook)}
