"""`/view/<path>`: an HTML file of the user in a frame of its own, as Jupyter's file browsers open it.

The page is ours and can do nothing; the frame shows `/files/<path>`, which is an origin of its own (`user_files.py`).
"""

from __future__ import annotations

import asyncio
from string import Template
from typing import Final
from urllib.parse import quote

from tornado.escape import xhtml_escape

from adrastea.errors import NotFound
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler, finish

_CSP: Final = "default-src 'none'; frame-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"
_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>$title</title>
<style>html, body, iframe { height: 100%; width: 100%; margin: 0; border: 0; display: block }</style>
<iframe sandbox="allow-scripts" src="$file" title="$title"></iframe>
</html>
""")


class ViewHandler(Handler):
    """One file of the workspace, to be looked at."""

    async def get(self, path: str) -> None:
        """The page around it."""
        path = clean_path(path)
        entry = await asyncio.get_running_loop().run_in_executor(None, self.services.files.stat, path)
        if entry.type == "directory":
            raise NotFound(f"{path} is not a file.")
        file = f"{self.services.settings.base_url}files/{quote(path, errors='surrogateescape')}"
        title = entry.name.encode("utf-8", "replace").decode("utf-8")
        page = _PAGE.substitute(title=xhtml_escape(title), file=xhtml_escape(file))
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Content-Security-Policy", _CSP)
        finish(self, page)
