"""The page in the window on Windows: the door, where it may go, what it may save, and what if it crashes. Not run yet.

pywebview's handlers are taken off its WebView2 before that is ready; ours say what `door.py` and `navigation.py`
decide. WebView2 runs scripts in frames too: the script looks where it is, and calls that do not come from the page's
address are not read. The window's thread only.

Source of truth: https://learn.microsoft.com/dotnet/api/microsoft.web.webview2.core
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportUnknownLambdaType=false
# (.NET carries no types here, and is on Windows only.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

import logging
import secrets
import time
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from System import Action, String
from System.Threading.Tasks import Task, TaskScheduler
from System.Windows import Forms

from adrastea.desktop.bridge import CALLS, Bridge
from adrastea.desktop.closing import ASK_UNSAVED
from adrastea.desktop.door import WEBVIEW2, Door, once_loaded
from adrastea.desktop.navigation import Browse, OpenFile, Refuse, Stay, destination, is_for_browsers

log = logging.getLogger(__name__)

_CRASH_SECONDS = 10.0
_RENDERER_EXITED = 1  # CoreWebView2ProcessFailedKind


class EdgePage:
    """See the module. `edge` is pywebview's `EdgeChrome`, which has loaded nothing."""

    def __init__(
        self, edge: Any, own: str, again: Callable[[], str], bridge: Bridge, dropped: Callable[[Path], None]
    ) -> None:
        self._view = edge.webview
        self._own = own
        self._again = again
        self._bridge = bridge
        self._dropped = dropped
        self._door = Door(own, secrets.token_hex(16))
        self._greeting = ""
        self._waiting: list[str] | None = []
        self._crashed_at = 0.0
        self._view.CoreWebView2InitializationCompleted -= edge.on_webview_ready
        self._view.NavigationStarting -= edge.on_navigation_start
        self._view.NavigationCompleted -= edge.on_navigation_completed
        self._view.WebMessageReceived -= edge.on_script_notify
        self._view.CoreWebView2InitializationCompleted += self._on_ready

    def run_js(self, script: str) -> None:
        """Run a script in the page, as soon as that has loaded. Returns at once."""
        if self._waiting is None:
            self._view.ExecuteScriptAsync(once_loaded(script))
        else:
            self._waiting.append(script)

    def greet(self, script: str) -> None:
        """Run a script in this page and, after a crash, in the one that takes its place."""
        self._greeting = script
        if self._waiting is None:
            self.run_js(script)

    def ask_unsaved(self, heard: Callable[[bool], None]) -> None:
        """Ask the page whether something would be lost."""
        if self._view.CoreWebView2 is None:
            heard(False)  # noqa: FBT003 -- nothing is shown yet
            return
        self._view.ExecuteScriptAsync(ASK_UNSAVED).ContinueWith(
            Action[Task[String]](lambda task: heard(str(task.Result) == "true")),
            TaskScheduler.FromCurrentSynchronizationContext(),
        )

    def _on_ready(self, sender: Any, event: Any) -> None:
        if not event.IsSuccess:
            log.error("WebView2 does not start: %s", event.InitializationException)
            return
        core = sender.CoreWebView2
        settings = core.Settings
        settings.AreDevToolsEnabled = False
        settings.AreBrowserAcceleratorKeysEnabled = False  # the page has its own keys
        settings.IsStatusBarEnabled = False
        settings.IsSwipeNavigationEnabled = False
        core.NavigationStarting += self._on_navigation
        core.NewWindowRequested += self._on_new_window
        core.DownloadStarting += self._on_download
        core.ProcessFailed += self._on_crash
        core.NavigationCompleted += self._on_finished
        core.WebMessageReceived += self._on_call
        core.AddScriptToExecuteOnDocumentCreatedAsync(self._door.script(WEBVIEW2, CALLS)).ContinueWith(
            Action[Task[String]](lambda _task: core.Navigate(self._own)),  # not before the door is there
            TaskScheduler.FromCurrentSynchronizationContext(),
        )

    def _on_call(self, _sender: Any, event: Any) -> None:
        """The secret says who it is; `Source` is the address of the document that calls."""
        is_own = str(event.Source).startswith(f"{self._door.origin}/")
        call = self._door.read(str(event.TryGetWebMessageAsString())) if is_own else None
        if call is None:
            log.warning("Something that is not the page wanted to call the window")
            return
        answer = partial(self._door.answer, call)
        self._bridge.serve(call.name, call.values, lambda value: self._view.ExecuteScriptAsync(answer(value)))

    def _on_navigation(self, _sender: Any, event: Any) -> None:
        there = destination(str(event.Uri), self._own, clicked=bool(event.IsUserInitiated))
        match there:
            case Stay():
                self._waiting = self._waiting or []
                return
            case Browse(url):
                webbrowser.open(url)
            case OpenFile(path):
                self._dropped(path)
            case Refuse():
                log.info("The page wanted to go elsewhere")
            case _:
                assert_never(there)
        event.Cancel = True

    def _on_finished(self, _sender: Any, _event: Any) -> None:
        waiting, self._waiting = [self._greeting, *(self._waiting or [])], None
        for script in waiting:
            self.run_js(script)

    def _on_new_window(self, _sender: Any, event: Any) -> None:
        event.Handled = True
        if is_for_browsers(str(event.Uri)):
            webbrowser.open(str(event.Uri))

    def _on_download(self, _sender: Any, event: Any) -> None:
        dialog = Forms.SaveFileDialog()
        dialog.FileName = Path(str(event.ResultFilePath)).name
        if dialog.ShowDialog() == Forms.DialogResult.OK:
            event.ResultFilePath = dialog.FileName
        else:
            event.Cancel = True

    def _on_crash(self, sender: Any, event: Any) -> None:
        """The document lives in the server: a fresh page shows it again."""
        if int(event.ProcessFailedKind) != _RENDERER_EXITED:
            log.error("A process of WebView2 has failed: %s", event.ProcessFailedKind)
            return
        now = time.monotonic()
        log.error("The page has crashed")
        if now - self._crashed_at < _CRASH_SECONDS:
            sender.NavigateToString(self._bridge.crashed)
        else:
            sender.Navigate(self._again())
        self._crashed_at = now
