"""The login page: a form that asks for the token, and where it may lead afterwards. Pure.

Redirects stay on the server: `safe_next` lets nothing through that a browser could read as another host.
"""

from __future__ import annotations

from string import Template
from typing import Final
from urllib.parse import parse_qsl, urlencode

from tornado.escape import xhtml_escape as escape

LOGIN_HEADERS: Final = {
    "Content-Type": "text/html; charset=UTF-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}

_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Adrastea</title>
<link rel="icon" href="${icon}">
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 26rem; margin: 15vh auto; padding: 0 1rem }
  input, button { font: inherit; padding: .4rem .6rem; box-sizing: border-box }
  input { width: 100%; margin: .25rem 0 .75rem }
</style>
<h1>Adrastea</h1>
<form method="post" action="${action}">
  $message
  <label>Token <input name="token" type="password" autocomplete="current-password" autofocus required></label>
  <input type="hidden" name="next" value="$next">
  <button>Log in</button>
</form>
<p>The server printed an address when it started; the token is its last part, after <code>token=</code>.
</html>
""")


def login_page(base_url: str, next_url: str, message: str = "") -> str:
    """The HTML of the form; `message` says why the last attempt failed."""
    alert = f'<p role="alert">{escape(message)}</p>' if message else ""
    target = safe_next(without_token(next_url), base_url)
    icon, action = escape(f"{base_url}icon.svg"), escape(f"{base_url}login")
    return _PAGE.substitute(icon=icon, action=action, next=escape(target), message=alert)


def safe_next(next_url: str, base_url: str) -> str:
    """`next_url` if it leads to this server, below `base_url`; else `base_url`."""
    plain = next_url.isascii() and next_url.isprintable() and "\\" not in next_url
    if plain and next_url.startswith(base_url) and not next_url.startswith("//"):
        return next_url
    return base_url


def without_token(url: str) -> str:
    """The address without its `token` arguments."""
    path, mark, query = url.partition("?")
    if not mark:
        return url
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "token"]
    return f"{path}?{urlencode(kept)}" if kept else path
