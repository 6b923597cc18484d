"""The door between the page and the window, the same on every system: the script on one side, the parser on the other.

A web view runs the script in the page's own top frame before anything else, and in no frame of an output. It offers
`window.pywebview.api`, and makes one call itself: in which language the page speaks. Each call is one line of JSON,
`[secret, number, name, values]`, and bears a secret that only this script knows. The answer comes as a script. Pure.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlsplit

HANDLER: Final = "adrastea"
"""The name of the message handler in WebKit's web views."""
WEBKIT: Final = f"((door) => (line) => door.postMessage(line))(window.webkit.messageHandlers.{HANDLER})"
"""How a line is sent from WebKit (GTK and macOS), as JavaScript: a function that holds on to the way."""
WEBVIEW2: Final = "((door) => (line) => door.postMessage(line))(window.chrome.webview)"
"""The same for WebView2."""
_WHEN_LOADED: Final = 'if (document.readyState === "complete") run(); else addEventListener("load", run);'
_PARTS: Final = ("secret", "number", "name", "values")
_SCRIPT: Final = """
(() => {
  if (window !== window.top || location.origin !== %(origin)s) return;
  const send = %(send)s, secret = %(secret)s, waiting = new Map();
  let calls = 0;
  const call = (name) => (...values) => new Promise((resolve) => {
    waiting.set(++calls, resolve);
    send(JSON.stringify([secret, calls, name, values]));
  });
  const answer = (number, value) => {
    waiting.get(number)?.(value);
    waiting.delete(number);
  };
  window.pywebview = { api: Object.fromEntries(%(names)s.map((name) => [name, call(name)])), answer };
  addEventListener("DOMContentLoaded", () => call("speak")(document.documentElement.lang));
})();
"""


def once_loaded(script: str) -> str:
    """The script, run when the page's own have run: WebKit may say that a page has loaded before they have."""
    return f"(() => {{ const run = () => {{ {script} }}; {_WHEN_LOADED} }})()"


@dataclass(frozen=True, slots=True)
class Call:
    """What the page asks for: the call's name, its arguments, and the number under which it waits."""

    number: int
    name: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """The door of one window. `own` is the address of its page; `secret` is known to nobody else."""

    own: str
    secret: str

    @property
    def origin(self) -> str:
        """Where the page comes from; the only place that may call."""
        parts = urlsplit(self.own)
        return f"{parts.scheme}://{parts.netloc}"

    def script(self, send: str, names: Sequence[str]) -> str:
        """What to run in the page before anything else. `send` is `WEBKIT` or `WEBVIEW2`, `names` what may be called.

        It does nothing in frames and on other pages, for systems that run it there too.
        """
        return _SCRIPT % {
            "origin": json.dumps(self.origin),
            "send": send,
            "secret": json.dumps(self.secret),
            "names": json.dumps(list(names)),
        }

    def read(self, line: str) -> Call | None:
        """The call in a line; None for one without the secret, or that makes no sense."""
        try:
            raw: object = json.loads(line)
        except (ValueError, RecursionError):
            return None
        parts = cast("list[object]", raw) if isinstance(raw, list) else []
        if len(parts) != len(_PARTS):
            return None
        secret, number, name, values = parts
        if not (isinstance(secret, str) and isinstance(number, int) and isinstance(name, str)):
            return None
        if not isinstance(values, list) or not self._is_ours(secret):
            return None
        return Call(number, name, tuple(cast("list[object]", values)))

    def answer(self, call: Call, value: object) -> str:
        """The script that hands `value` to the one who waits for it."""
        return f"window.pywebview?.answer({call.number}, {json.dumps(value)})"

    def _is_ours(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), self.secret.encode())
