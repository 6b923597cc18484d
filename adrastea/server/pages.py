"""What a browser shows: the page of the UI with its assets.

The page has a strict CSP. `sandbox.html`, in which the scripts of outputs run, has one that lets them run in an origin
of their own, cut off from everything of ours (W2). A token in the page's address becomes a cookie and leaves it.
"""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import quote

from tornado.httputil import HTTPServerRequest

from adrastea.errors import TooManyAttempts, Unauthorized
from adrastea.server.fields import clean_path
from adrastea.server.handler import Handler, finish
from adrastea.server.login_page import safe_next, without_token
from adrastea.server.login_reply import login_form, set_cookies, set_xsrf
from adrastea.server.ui_assets import INDEX, SANDBOX, Asset, is_public

_WRONG_TOKEN: Final = "This token is not right, or its address was used before. Each printed address works once."  # noqa: S105 -- a sentence
_SANDBOX_CSP: Final = (  # what the network may give is https alone: no plain servers on this machine or near it
    "sandbox allow-scripts allow-downloads allow-forms; frame-ancestors 'self'; default-src 'none'; "
    "script-src 'unsafe-inline' 'unsafe-eval' data: blob: https:; style-src 'unsafe-inline' data: blob: https:; "
    "img-src data: blob: https:; font-src data: blob: https:; media-src data: blob: https:; "
    "connect-src data: blob: https:; worker-src blob:; frame-src data: blob: https:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)
_NOT_MODIFIED: Final = 304


class AssetHandler(Handler):
    """A file of the bundle."""

    def prepare(self) -> None:
        """Icons are for everybody, under our own name only."""
        if is_public(self.path_args[0] or ""):
            self.services.auth.check_host(self.request)
        else:
            super().prepare()

    def get(self, path: str) -> None:
        """The file, or 304 when the browser has it."""
        asset = self.services.ui.get(path)
        if path == SANDBOX:
            self.set_header("Content-Security-Policy", _SANDBOX_CSP)
        elif path == INDEX:
            self.set_header("Content-Security-Policy", page_csp(self.request))
        _send(self, asset)


class _ComingIn(Handler):
    """An address that a browser opens, maybe with a token in it."""

    def prepare(self) -> None:
        """A token in the address becomes a cookie; without any credentials, the login form is shown instead."""
        self.services.auth.check_host(self.request)
        token = self.argument("token")
        if token is None or self.request.method != "GET" or self.services.hub is not None:
            super().prepare()
        elif self._opens(token):
            set_cookies(self, self.services.auth)
            self._go_on()
        else:
            self._go_on_by_cookie()

    def _opens(self, token: str) -> bool:
        try:
            return self.services.auth.redeem(token, self.request)
        except TooManyAttempts:
            if not self.services.auth.knows(self.request):
                raise
            return False  # what is shown beside it counts: a browser with its cookie need not wait

    def _go_on_by_cookie(self) -> None:
        try:
            super().prepare()
        except Unauthorized:
            self.set_status(403)
            finish(self, login_form(self, self.services, self.request.uri or "", _WRONG_TOKEN))
        else:
            self._go_on()  # a used address that is loaded again, in a browser that has the cookie

    def _go_on(self) -> None:
        base_url = self.services.settings.base_url
        self.redirect(safe_next(without_token(self.request.uri or ""), base_url))


class IndexHandler(_ComingIn):
    """The page."""

    def get(self) -> None:
        """The page."""
        self.set_header("Content-Security-Policy", page_csp(self.request))
        set_xsrf(self, self.services.auth)
        _send(self, self.services.ui.get(INDEX))


class PlaceHandler(_ComingIn):
    """The addresses of files and folders in the pages of JupyterLab and Notebook, as bookmarks and notes have them."""

    async def get(self, path: str = "") -> None:
        """To the page, with that file or folder open; raises NotFound, Forbidden."""
        path = clean_path(path)
        entry = await asyncio.get_running_loop().run_in_executor(None, self.services.files.stat, path)
        what = "folder" if entry.type == "directory" else "path"
        asked = f"?{what}={quote(path, safe='/', errors='surrogateescape')}" if path else ""
        self.redirect(self.services.settings.base_url + asked)


class ToPageHandler(Handler):
    """The addresses above the page, when it does not lie at `/`."""

    def prepare(self) -> None:
        """Where the page is is no secret: it is printed at start."""
        self.services.auth.check_host(self.request)

    def get(self) -> None:
        """To the page, with everything that stands in the address."""
        query = self.request.query
        self.redirect(self.services.settings.base_url + (f"?{query}" if query else ""))


def page_csp(request: HTTPServerRequest) -> str:
    """The CSP of the page. The addresses of WebSockets are named: not every browser takes them for `'self'`.

    A document that the page makes itself, such as the PDF of an output, has this policy too, and the page as ancestor.
    """
    host = request.headers.get("Host", "")
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob: http: https:; media-src 'self' data: blob: http: https:; font-src 'self' data:; "
        f"connect-src 'self' ws://{host} wss://{host}; worker-src 'self' blob:; frame-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def _send(handler: Handler, asset: Asset) -> None:
    handler.set_header("Cache-Control", asset.cache_control)
    handler.set_header("Vary", "Accept-Encoding")
    if asset.cache_control != "no-store":
        handler.set_header("ETag", asset.etag)
        if handler.check_etag_header():
            handler.set_status(_NOT_MODIFIED)
            finish(handler)
            return
    body = asset.body_for(handler.request.headers.get("Accept-Encoding", ""))
    handler.set_header("Content-Type", asset.content_type)
    if body.encoding:
        handler.set_header("Content-Encoding", body.encoding)
    finish(handler, bytes(body.data))
