"""One question to a web server, by .NET's HttpClient, as pywebview brings it. Not run yet: docs/platforms.md.

No cookies, no cache. The answer comes on a thread of .NET's pool.
Source of truth: https://learn.microsoft.com/en-us/dotnet/api/system.net.http.httpclient
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false
# (pythonnet is there on Windows only, and carries no types.)
# ruff: noqa: ANN401 -- the same

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import clr

from adrastea.desktop.update import LONGEST_FEED

clr.AddReference("System.Net.Http")
from System import Action, TimeSpan  # noqa: E402 -- .NET's modules are there after the reference
from System.Net.Http import HttpClient, HttpClientHandler  # noqa: E402 -- the same
from System.Threading.Tasks import Task  # noqa: E402 -- the same

_LIMIT_SECONDS = 20


def fetch(url: str, answered: Callable[[bytes | None], None]) -> None:
    """See `Fetch`."""
    handler = HttpClientHandler()
    handler.UseCookies = False
    client = HttpClient(handler)
    client.Timeout = TimeSpan.FromSeconds(_LIMIT_SECONDS)
    client.MaxResponseContentBufferSize = LONGEST_FEED
    client.DefaultRequestHeaders.UserAgent.ParseAdd("Adrastea")

    def came(task: Any) -> None:
        failed = task.IsFaulted or task.IsCanceled
        answer = None if failed else bytes(bytearray(task.Result))
        client.Dispose()
        answered(answer)

    client.GetByteArrayAsync(url).ContinueWith(Action[Task](came))
