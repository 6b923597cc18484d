"""The login page: a form that asks for the token or the password, and where it may lead afterwards. Pure.

It stands alone: no script, no file but the icon, so that nothing has to be open to strangers for its sake. Its colours
and sizes are those of `ui/src/design/tokens.css` and `contrast.css`; a test compares them. Redirects stay on the
server: `safe_next` lets nothing through that a browser could read as another host.
"""

from __future__ import annotations

import re
from string import Template
from typing import Final
from urllib.parse import parse_qsl, urlencode

from tornado.escape import xhtml_escape as escape

from adrastea.server.login_words import ENGLISH, Asked, LoginWords

LOGIN_HEADERS: Final = {
    "Content-Type": "text/html; charset=UTF-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}

_NUMBER: Final = re.compile(r"\d+")
_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="$lang">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<link rel="icon" href="${icon}">
<style>
  :root {
    color-scheme: light dark;
    --bg: light-dark(#ffffff, #16181d);
    --surface-1: light-dark(#f6f7f9, #1c1f26);
    --fg: light-dark(#1c2128, #e3e6ec);
    --fg-2: light-dark(#57606a, #9aa4b2);
    --line: light-dark(#dfe3e8, #2d323c);
    --control-line: light-dark(#7d8590, #727b89);
    --accent: light-dark(#3b5bdb, #8ea6ff);
    --accent-fg: light-dark(#ffffff, #16181d);
    --error: light-dark(#c92a2a, #ff8787);
    --error-bg: light-dark(#fff1f0, #2b1b1d);
    --font-ui: system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, "Noto Sans", "DejaVu Sans", sans-serif;
  }
  @media (prefers-contrast: more) {
    :root {
      --bg: light-dark(#ffffff, #000000);
      --surface-1: light-dark(#ffffff, #000000);
      --fg: light-dark(#000000, #ffffff);
      --fg-2: light-dark(#2b2b2b, #dedede);
      --line: light-dark(#5c5c5c, #8c8c8c);
      --control-line: light-dark(#000000, #ffffff);
      --accent: light-dark(#0036a8, #6cc8ff);
      --accent-fg: light-dark(#ffffff, #000000);
      --error: light-dark(#94000e, #ff9f9f);
      --error-bg: light-dark(#ffecec, #330000);
    }
  }
  * { box-sizing: border-box }
  body { min-height: 100vh; margin: 0; padding: 24px 16px; display: grid; place-items: center;
    background: var(--surface-1); color: var(--fg); font: 13px / 20px var(--font-ui) }
  main { width: 100%; max-width: 340px; padding: 32px 24px 24px; border: 1px solid var(--line); border-radius: 10px;
    background: var(--bg) }
  header { display: flex; align-items: center; gap: 12px; margin-bottom: 24px }
  header img { width: 32px; height: 32px }
  h1 { margin: 0; font-size: 18px; line-height: 24px; font-weight: 600 }
  label { display: block; margin-bottom: 4px; font-weight: 600 }
  input, button { width: 100%; min-height: 32px; padding: 4px 8px; border-radius: 4px; font: inherit; color: inherit }
  input { border: 1px solid var(--control-line); background: var(--bg) }
  input[aria-invalid] { border-color: var(--error) }
  button { margin-top: 12px; border: 1px solid transparent; background: var(--accent); color: var(--accent-fg);
    font-weight: 600 }
  button:hover { filter: brightness(1.08) }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  [role=alert] { margin: 0 0 16px; padding: 8px 12px; border: 1px solid var(--error); border-radius: 4px;
    background: var(--error-bg); color: var(--error) }
  #hint { margin: 16px 0 0; color: var(--fg-2) }
</style>
<main>
  <header><img src="${icon}" alt=""><h1>$heading</h1></header>
  <form method="post" action="${action}">
    $message
    <label for="secret">$label</label>
    <input id="secret" name="password" type="password" autocomplete="current-password" autofocus required
      aria-describedby="$described"$invalid>
    <input type="hidden" name="next" value="$next">
    <button>$button</button>
  </form>
  <p id="hint">$hint</p>
</main>
</html>
""")


def login_page(
    base_url: str, next_url: str, asked: Asked = Asked.TOKEN, message: str = "", words: LoginWords = ENGLISH
) -> str:
    """The HTML of the form; `message` says why the last attempt failed."""
    return _PAGE.substitute(
        icon=escape(f"{base_url}icon.svg"),
        action=escape(f"{base_url}login"),
        next=escape(safe_next(without_token(next_url), base_url)),
        lang=words.lang,
        title=words.title,
        heading=words.heading,
        button=words.button,
        label=words.labels[asked],
        hint=words.hints[asked],
        message=_alert(message, words) if message else "",
        described="wrong hint" if message else "hint",
        invalid=' aria-invalid="true"' if message else "",
    )


def _alert(message: str, words: LoginWords) -> str:
    """Why it failed, in the page's language or marked as English."""
    number = "".join(_NUMBER.findall(message))
    translated = words.sentences.get(_NUMBER.sub("{}", message), "").replace("{}", number)
    mark = "" if translated or words is ENGLISH else ' lang="en"'
    return f'<p role="alert" id="wrong"{mark}>{escape(translated or message)}</p>'


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
