"""The page in the window on macOS: the door, where it may go, what it may save, and what if it crashes. Not run yet.

pywebview's delegates and message handlers are taken off its web view before anything is loaded; ours say what
`door.py` and `navigation.py` decide. Main thread.

Source of truth: https://developer.apple.com/documentation/webkit
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownArgumentType=false, reportUntypedBaseClass=false, reportAttributeAccessIssue=false
# (PyObjC carries no types, and is on macOS only.)
# ruff: noqa: ANN401, N802 -- the same; methods are named as Cocoa calls them

from __future__ import annotations

import logging
import secrets
import time
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, assert_never

import AppKit
import Foundation
import objc
import WebKit

from adrastea.desktop.bridge import CALLS, Bridge
from adrastea.desktop.closing import ASK_UNSAVED
from adrastea.desktop.door import HANDLER, WEBKIT, Door, once_loaded
from adrastea.desktop.navigation import Browse, OpenFile, Refuse, Stay, destination, is_for_browsers

log = logging.getLogger(__name__)

_CRASH_SECONDS = 10.0
_CANCEL, _ALLOW, _DOWNLOAD = 0, 1, 2  # WKNavigationActionPolicy, WKNavigationResponsePolicy
_LINK_ACTIVATED = 0  # WKNavigationType
_AT_DOCUMENT_START = 0  # WKUserScriptInjectionTime
_ONLY_MAIN_FRAME = True
_THEIRS: Final = ("jsBridge", "browserDelegate")


class CocoaPage:
    """See the module. `view` is pywebview's `WKWebView`."""

    def __init__(
        self, view: Any, own: str, again: Callable[[], str], bridge: Bridge, dropped: Callable[[Path], None]
    ) -> None:
        self._view = view
        self._own = own
        self._again = again
        self._bridge = bridge
        self._dropped = dropped
        self._door = Door(own, secrets.token_hex(16))
        self._greeting = ""
        self._waiting: list[str] | None = []
        self._crashed_at = 0.0
        self._delegate = _Delegate.alloc().initWithPage_(self)
        view.setNavigationDelegate_(self._delegate)
        view.setUIDelegate_(self._delegate)
        controller = view.configuration().userContentController()
        for name in _THEIRS:
            controller.removeScriptMessageHandlerForName_(name)
        controller.addScriptMessageHandler_name_(self._delegate, HANDLER)
        script = WebKit.WKUserScript.alloc().initWithSource_injectionTime_forMainFrameOnly_(
            self._door.script(WEBKIT, CALLS), _AT_DOCUMENT_START, _ONLY_MAIN_FRAME
        )
        controller.addUserScript_(script)

    def run_js(self, script: str) -> None:
        """Run a script in the page, as soon as that has loaded. Returns at once."""
        if self._waiting is None:
            self._evaluate(once_loaded(script))
        else:
            self._waiting.append(script)

    def greet(self, script: str) -> None:
        """Run a script in this page and, after a crash, in the one that takes its place."""
        self._greeting = script
        if self._waiting is None:
            self.run_js(script)

    def ask_unsaved(self, heard: Callable[[bool], None]) -> None:
        """Ask the page whether something would be lost."""
        self._view.evaluateJavaScript_completionHandler_(ASK_UNSAVED, lambda value, _error: heard(bool(value)))

    # What the delegate passes on

    def on_started(self) -> None:
        """Another page is being loaded."""
        self._waiting = self._waiting or []

    def on_finished(self) -> None:
        """It has been loaded."""
        waiting, self._waiting = [self._greeting, *(self._waiting or [])], None
        for script in waiting:
            self.run_js(script)

    def on_call(self, message: Any) -> None:
        """Something calls: the page, or somebody who would like to be it."""
        frame, body = message.frameInfo(), message.body()
        call = self._door.read(str(body)) if frame.isMainFrame() else None
        if call is None:
            log.warning("Something that is not the page wanted to call the window")
            return
        answer = partial(self._door.answer, call)
        self._bridge.serve(call.name, call.values, lambda value: self._evaluate(answer(value)))

    def policy(self, action: Any) -> int:
        """Whether the web view itself goes there."""
        if action.shouldPerformDownload():
            return _DOWNLOAD
        clicked = action.navigationType() == _LINK_ACTIVATED
        there = destination(str(action.request().URL().absoluteString()), self._own, clicked=clicked)
        match there:
            case Stay():
                return _ALLOW
            case Browse(url):
                webbrowser.open(url)
            case OpenFile(path):
                self._dropped(path)
            case Refuse():
                log.info("The page wanted to go elsewhere")
            case _:
                assert_never(there)
        return _CANCEL

    def on_new_window(self, action: Any) -> None:
        """A link that wants a window of its own: the browser has it."""
        url = str(action.request().URL().absoluteString())
        if is_for_browsers(url):
            webbrowser.open(url)

    def on_crash(self) -> None:
        """The document lives in the server: a fresh page shows it again."""
        now = time.monotonic()
        log.error("The page has crashed")
        if now - self._crashed_at < _CRASH_SECONDS:
            self._view.loadHTMLString_baseURL_(self._bridge.crashed, None)
        else:
            url = Foundation.NSURL.URLWithString_(self._again())
            self._view.loadRequest_(Foundation.NSURLRequest.requestWithURL_(url))
        self._crashed_at = now

    def _evaluate(self, script: str) -> None:
        self._view.evaluateJavaScript_completionHandler_(script, None)


class _Delegate(AppKit.NSObject):
    """Passes on what WebKit says. Holds no state but the page."""

    def initWithPage_(self, page: CocoaPage) -> Any:
        made = objc.super(_Delegate, self).init()
        made.page = page
        return made

    def userContentController_didReceiveScriptMessage_(self, _controller: Any, message: Any) -> None:
        self.page.on_call(message)

    def webView_didStartProvisionalNavigation_(self, _view: Any, _navigation: Any) -> None:
        self.page.on_started()

    def webView_didFinishNavigation_(self, _view: Any, _navigation: Any) -> None:
        self.page.on_finished()

    def webView_decidePolicyForNavigationAction_decisionHandler_(
        self, _view: Any, action: Any, decide: Callable[[int], None]
    ) -> None:
        decide(self.page.policy(action))

    def webView_decidePolicyForNavigationResponse_decisionHandler_(
        self, _view: Any, response: Any, decide: Callable[[int], None]
    ) -> None:
        decide(_ALLOW if response.canShowMIMEType() else _DOWNLOAD)

    def webView_createWebViewWithConfiguration_forNavigationAction_windowFeatures_(
        self, _view: Any, _configuration: Any, action: Any, _features: Any
    ) -> None:
        self.page.on_new_window(action)

    def webViewWebContentProcessDidTerminate_(self, _view: Any) -> None:
        self.page.on_crash()

    def webView_navigationAction_didBecomeDownload_(self, _view: Any, _action: Any, download: Any) -> None:
        download.setDelegate_(self)

    def webView_navigationResponse_didBecomeDownload_(self, _view: Any, _response: Any, download: Any) -> None:
        download.setDelegate_(self)

    def download_decideDestinationUsingResponse_suggestedFilename_completionHandler_(
        self, _download: Any, _response: Any, name: str, decide: Callable[[Any], None]
    ) -> None:
        panel = AppKit.NSSavePanel.savePanel()
        panel.setNameFieldStringValue_(name)
        if panel.runModal() != AppKit.NSModalResponseOK:
            decide(None)
            return
        Path(str(panel.URL().path())).unlink(missing_ok=True)  # the user has been asked; WebKit replaces no file
        decide(panel.URL())
