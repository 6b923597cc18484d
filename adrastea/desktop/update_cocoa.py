"""One question to a web server, by NSURLSession. Not run yet: docs/platforms.md.

No cookies, no cache. The answer is handed over on the main thread.
Source of truth: https://developer.apple.com/documentation/foundation/nsurlsession
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# (PyObjC is there on macOS only, and carries no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from Foundation import NSURL, NSURLSession, NSURLSessionConfiguration
from PyObjCTools import AppHelper

from adrastea.desktop.update import LONGEST_FEED

_LIMIT_SECONDS = 20
_OK = 200


def fetch(url: str, answered: Callable[[bytes | None], None]) -> None:
    """See `Fetch`."""
    configuration = NSURLSessionConfiguration.ephemeralSessionConfiguration()
    configuration.setTimeoutIntervalForRequest_(_LIMIT_SECONDS)
    configuration.setHTTPAdditionalHeaders_({"User-Agent": "Adrastea"})
    session = NSURLSession.sessionWithConfiguration_(configuration)

    def came(data: Any, response: Any, error: Any) -> None:
        answer = None
        if error is None and data is not None and response.statusCode() == _OK and data.length() <= LONGEST_FEED:
            answer = bytes(data)
        AppHelper.callAfter(answered, answer)

    session.dataTaskWithURL_completionHandler_(NSURL.URLWithString_(url), came).resume()
    session.finishTasksAndInvalidate()
