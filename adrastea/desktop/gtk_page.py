"""The page in the window on Linux: what it may ask of us, where it may go, what it may save, and what if it crashes.

pywebview's own bridge is taken out: it needs `eval`, which the page's CSP forbids, and any frame can call it. Ours is a
script that WebKit runs in the page itself and in no frame; each call bears a secret that only this script knows.
Scripts are run without waiting for them: whoever waits for a page that is being closed waits for ever. Main thread,
but for `run_js`.

Source of truth: https://webkitgtk.org/reference/webkit2gtk/stable/
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types, pywebview's are partial.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import hmac
import json
import logging
import secrets
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any, assert_never
from urllib.parse import urlsplit

import webview
from gi.repository import GLib, GObject, WebKit2

from adrastea.desktop.bridge import CALLS, Bridge
from adrastea.desktop.navigation import Browse, OpenFile, Refuse, Stay, destination

log = logging.getLogger(__name__)

_CRASH_SECONDS = 10.0
_CRASHED = (
    "<p style='font:16px sans-serif;margin:3em'>The page has crashed twice. Your notebooks are saved. "
    "Close the window and start again.</p>"
)
_FOREIGN_ACTIONS = frozenset(  # of the context menu: they are a browser's, not a program's
    {
        WebKit2.ContextMenuAction.GO_BACK,
        WebKit2.ContextMenuAction.GO_FORWARD,
        WebKit2.ContextMenuAction.STOP,
        WebKit2.ContextMenuAction.RELOAD,
        WebKit2.ContextMenuAction.OPEN_LINK_IN_NEW_WINDOW,
        WebKit2.ContextMenuAction.OPEN_FRAME_IN_NEW_WINDOW,
        WebKit2.ContextMenuAction.OPEN_IMAGE_IN_NEW_WINDOW,
        WebKit2.ContextMenuAction.OPEN_VIDEO_IN_NEW_WINDOW,
        WebKit2.ContextMenuAction.OPEN_AUDIO_IN_NEW_WINDOW,
    }
)
_HANDLER = "adrastea"
_SCRIPT = """
(() => {
  if (location.origin !== %(origin)s) return;
  const door = window.webkit.messageHandlers.%(handler)s, secret = %(secret)s, waiting = new Map();
  let calls = 0;
  const call = (name) => (...values) => new Promise((resolve) => {
    waiting.set(++calls, resolve);
    door.postMessage(JSON.stringify([secret, calls, name, values]));
  });
  const answer = (number, value) => {
    waiting.get(number)?.(value);
    waiting.delete(number);
  };
  window.pywebview = { api: Object.fromEntries(%(names)s.map((name) => [name, call(name)])), answer };
})();
"""


class GtkPage:
    """See the module. Made before the page is loaded.

    `save_as` asks the user where to save a file of this name; `dropped` opens a file that was dropped on the window.
    """

    def __init__(
        self,
        window: webview.Window,
        view: Any,
        bridge: Bridge,
        save_as: Callable[[str], str | None],
        dropped: Callable[[Path], None],
    ) -> None:
        self._events = window.events
        self._view = view
        self._page = view.webview
        self._own = str(window.original_url)
        self._bridge = bridge
        self._save_as = save_as
        self._dropped = dropped
        self._secret = secrets.token_hex(16)
        self._crashed_at = 0.0
        self._take_theirs_out()
        self._open_door()
        self._page.connect("load-changed", self._on_load)
        self._page.connect("context-menu", _on_context_menu)
        self._page.connect("decide-policy", self._on_policy)
        self._page.connect("web-process-terminated", self._on_crash)
        self._page.get_context().connect("download-started", self._on_download)

    def run_js(self, script: str) -> None:
        """Run a script in the page. Returns at once. Any thread."""
        GLib.idle_add(self.evaluate, script, None)

    def evaluate(self, script: str, then: Callable[[bool], None] | None) -> bool:
        """Run a script and, some time, tell `then` whether its value was true. Returns False, for GLib."""

        def done(page: Any, task: Any) -> None:
            try:
                value = page.evaluate_javascript_finish(task)
            except GLib.Error as error:
                log.info("A script in the page failed: %s", error)
                value = None
            if then is not None:
                then(value is not None and value.is_boolean() and value.to_boolean())

        self._page.evaluate_javascript(script, -1, None, None, None, done)
        return False

    # What the page may ask

    def _take_theirs_out(self) -> None:
        self._page.disconnect_by_func(self._view.on_load_finish)
        self._view.manager.disconnect_by_func(self._view.on_js_bridge_call)
        self._view.manager.unregister_script_message_handler("jsBridge")
        of_menus = GObject.signal_lookup("context-menu", WebKit2.WebView)
        no_menu = GObject.signal_handler_find(self._page, GObject.SignalMatchType.ID, of_menus, 0, None, None, None)
        if no_menu:
            self._page.disconnect(no_menu)

    def _open_door(self) -> None:
        manager = self._view.manager
        manager.connect(f"script-message-received::{_HANDLER}", self._on_call)
        manager.register_script_message_handler(_HANDLER)
        own = urlsplit(self._own)
        script = _SCRIPT % {
            "handler": _HANDLER,
            "origin": json.dumps(f"{own.scheme}://{own.netloc}"),
            "secret": json.dumps(self._secret),
            "names": json.dumps(list(CALLS)),
        }
        manager.add_script(
            WebKit2.UserScript.new(
                script,
                WebKit2.UserContentInjectedFrames.TOP_FRAME,
                WebKit2.UserScriptInjectionTime.START,
                [f"{own.scheme}://{own.hostname}/*"],  # these patterns know no ports
                None,
            )
        )

    def _on_call(self, _manager: object, result: Any) -> None:
        try:
            secret, number, name, values = json.loads(result.get_js_value().to_string())
            if not hmac.compare_digest(str(secret).encode(), self._secret.encode()):
                log.warning("A frame wanted to call the window")
                return
            answer = self._bridge.call(str(name), list(values))
        except Exception as error:
            log.info("A call of the page failed: %s", error)
            return
        self.evaluate(f"window.pywebview?.answer({int(number)}, {json.dumps(answer)})", None)

    # Where the page may go

    def _on_load(self, page: Any, status: object) -> None:
        if not page.props.opacity:
            page.set_opacity(1.0)  # pywebview hides it until there is something to see
        if status == WebKit2.LoadEvent.FINISHED:
            self._events.before_load.set()
            self._events.loaded.set()

    def _on_policy(self, _page: object, decision: Any, kind: object) -> bool:
        if kind != WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
            return False
        action = decision.get_navigation_action()
        clicked = action.get_navigation_type() == WebKit2.NavigationType.LINK_CLICKED
        there = destination(action.get_request().get_uri(), self._own, clicked=clicked)
        match there:
            case Stay():
                return False
            case Browse(url):
                webbrowser.open(url)
            case OpenFile(path):
                self._dropped(path)
            case Refuse():
                log.info("The page wanted to go elsewhere")
            case _:
                assert_never(there)
        decision.ignore()
        return True

    def _on_crash(self, page: Any, _reason: object) -> None:
        """The document lives in the server: a fresh page shows it again."""
        now = time.monotonic()
        log.error("The page has crashed")
        if now - self._crashed_at < _CRASH_SECONDS:
            page.load_html(_CRASHED, None)
        else:
            page.reload()
        self._crashed_at = now

    # What the page may save

    def _on_download(self, _context: object, download: Any) -> None:
        download.connect("decide-destination", self._choose_destination)

    def _choose_destination(self, download: Any, name: str) -> bool:
        chosen = self._save_as(name)
        if chosen is None:
            download.cancel()
        else:
            download.set_allow_overwrite(True)  # the user has been asked
            download.set_destination(GLib.filename_to_uri(chosen))
        return True


def _on_context_menu(_page: object, menu: Any, _event: object, _hit: object) -> bool:
    """The page shows menus of its own where it wants to; what comes here is text, links and images."""
    for item in menu.get_items():
        if item.get_stock_action() in _FOREIGN_ACTIONS:
            menu.remove(item)
    return all(item.is_separator() for item in menu.get_items())
