"""The page in the window on Linux: what it may ask of us, where it may go, what it may save, and what if it crashes.

pywebview's own bridge is not used: it needs `eval`, which the page's CSP forbids, and any frame can call it. Ours is
the door of `door.py`. Scripts are run without waiting for them: whoever waits for a page that is being closed waits for
ever. Main thread.

Source of truth: https://webkitgtk.org/reference/webkit2gtk/stable/
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportMissingModuleSource=false
# (GTK's bindings carry no types, pywebview's are partial.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import logging
import secrets
import time
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, assert_never
from urllib.parse import urlsplit

from gi.repository import GLib, WebKit2

from adrastea.desktop.bridge import CALLS, Bridge
from adrastea.desktop.door import HANDLER, WEBKIT, Door, once_loaded
from adrastea.desktop.navigation import Browse, OpenFile, Refuse, Stay, destination, is_for_browsers

log = logging.getLogger(__name__)

_CRASH_SECONDS = 10.0
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


PageMaker: TypeAlias = "Callable[[Bridge, Callable[[str], str | None], Callable[[Path], None]], GtkPage]"
"""What makes a page for a window, which gives the rest."""


class GtkPage:
    """See the module. `view` is the web view, to be put into the window; nothing is loaded yet.

    `own` is its address, which works once, and `again` gives another one; `save_as` asks the user where to save a file
    of this name; `dropped` opens a file that was dropped on the window.
    """

    def __init__(
        self,
        own: str,
        again: Callable[[], str],
        context: Any,
        bridge: Bridge,
        save_as: Callable[[str], str | None],
        dropped: Callable[[Path], None],
    ) -> None:
        self._own = own
        self._again = again
        self._bridge = bridge
        self._save_as = save_as
        self._dropped = dropped
        self._door = Door(own, secrets.token_hex(16))
        self._greeting = ""
        self._waiting: list[str] | None = []
        self._crashed_at = 0.0
        self._manager = WebKit2.UserContentManager()
        self._open_door()
        self.view: Any = WebKit2.WebView(
            web_context=context,
            user_content_manager=self._manager,
            settings=WebKit2.Settings(javascript_can_access_clipboard=False),  # but where the user has done something
        )
        self.view.connect("load-changed", self._on_load)
        self.view.connect("context-menu", _on_context_menu)
        self.view.connect("decide-policy", self._on_policy)
        self.view.connect("web-process-terminated", self._on_crash)
        self._downloads = context.connect("download-started", self._on_download)
        self._context = context

    def left(self) -> None:
        """The window has been closed."""
        self._context.disconnect(self._downloads)

    def run_js(self, script: str) -> None:
        """Run a script in the page, as soon as that has loaded. Returns at once."""
        if self._waiting is None:
            self.evaluate(once_loaded(script), None)
        else:
            self._waiting.append(script)

    def greet(self, script: str) -> None:
        """Run a script in this page and, after a crash, in the one that takes its place."""
        self._greeting = script
        if self._waiting is None:
            self.run_js(script)

    def evaluate(self, script: str, then: Callable[[bool], None] | None) -> None:
        """Run a script now and, some time, tell `then` whether its value was true."""

        def done(page: Any, task: Any) -> None:
            try:
                value = page.evaluate_javascript_finish(task)
            except GLib.Error as error:
                log.info("A script in the page failed: %s", error)
                value = None
            if then is not None:
                then(value is not None and value.is_boolean() and value.to_boolean())

        self.view.evaluate_javascript(script, -1, None, None, None, done)

    # What the page may ask

    def _open_door(self) -> None:
        self._manager.connect(f"script-message-received::{HANDLER}", self._on_call)
        self._manager.register_script_message_handler(HANDLER)
        own = urlsplit(self._own)
        self._manager.add_script(
            WebKit2.UserScript.new(
                self._door.script(WEBKIT, CALLS),
                WebKit2.UserContentInjectedFrames.TOP_FRAME,
                WebKit2.UserScriptInjectionTime.START,
                [f"{own.scheme}://{own.hostname}/*"],  # these patterns know no ports
                None,
            )
        )

    def _on_call(self, _manager: object, result: Any) -> None:
        call = self._door.read(result.get_js_value().to_string())
        if call is None:
            log.warning("Something that is not the page wanted to call the window")
            return
        answer = partial(self._door.answer, call)
        self._bridge.serve(call.name, call.values, lambda value: self.evaluate(answer(value), None))

    # Where the page may go

    def _on_load(self, _page: object, status: object) -> None:
        if status == WebKit2.LoadEvent.STARTED:
            self._waiting = self._waiting or []
        elif status == WebKit2.LoadEvent.FINISHED:
            waiting, self._waiting = [self._greeting, *(self._waiting or [])], None
            for script in waiting:
                self.run_js(script)

    def _on_policy(self, _page: object, decision: Any, kind: object) -> bool:
        if kind == WebKit2.PolicyDecisionType.RESPONSE:
            if decision.is_mime_type_supported():
                return False
            decision.download()
            return True
        action = decision.get_navigation_action()
        if kind == WebKit2.PolicyDecisionType.NEW_WINDOW_ACTION:
            self._on_new_window(action.get_request().get_uri())
            decision.ignore()
            return True
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

    def _on_new_window(self, url: str) -> None:
        """A link that wants a window of its own, or a script that does: the browser has it."""
        if is_for_browsers(url):
            webbrowser.open(url)

    def _on_crash(self, page: Any, _reason: object) -> None:
        """The document lives in the server: a fresh page shows it again. One that is only reloaded has no cookie."""
        now = time.monotonic()
        log.error("The page has crashed")
        if now - self._crashed_at < _CRASH_SECONDS:
            page.load_html(self._bridge.crashed, None)
        else:
            page.load_uri(self._again())
        self._crashed_at = now

    # What the page may save

    def _on_download(self, _context: object, download: Any) -> None:
        if download.get_web_view() == self.view:  # the context is that of all windows
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
