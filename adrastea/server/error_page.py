"""What a browser shows instead of a page that it cannot have: the sentence of the error, and a way back. Pure."""

from __future__ import annotations

from string import Template
from typing import Final

from tornado.escape import xhtml_escape as escape

ERROR_PAGE_HEADERS: Final = {
    "Content-Type": "text/html; charset=UTF-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}

_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$status – Adrastea</title>
<link rel="icon" href="${base_url}icon.svg">
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 40rem; margin: 15vh auto; padding: 0 1rem; overflow-wrap: anywhere }
</style>
<h1>$status</h1>
<p>$message</p>
<p><a href="$base_url">To the notebooks</a></p>
</html>
""")


def error_page(base_url: str, status: int, message: str) -> str:
    """The HTML."""
    text = message.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair cannot be sent
    return _PAGE.substitute(base_url=escape(base_url), status=status, message=escape(text))
