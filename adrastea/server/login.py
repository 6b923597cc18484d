"""Logging in and out: the form that asks for a token or the password, and the end of a cookie.

A login is made on this server's own form or by a program, never by a foreign page. Where a hub knows the users
(`hub.py`), it asks them, and nothing here takes a secret.
"""

from __future__ import annotations

from typing import Final

from adrastea.errors import Forbidden, TooManyAttempts
from adrastea.server.handler import Handler, finish
from adrastea.server.login_page import safe_next
from adrastea.server.login_reply import login_form, remove_cookies, set_cookies
from adrastea.server.login_words import Asked
from adrastea.server.origins import comes_from_here, is_from_our_page

_WRONG: Final = {
    Asked.TOKEN: "This token is not right.",
    Asked.PASSWORD: "This password is not right.",
    Asked.EITHER: "This is neither the password nor the token.",
}


class LoginHandler(Handler):
    """The form that asks for the secret. It needs no credentials: it is where they are shown."""

    def prepare(self) -> None:
        """Only the names are checked; a foreign page may not log anybody in."""
        self.services.auth.check_host(self.request)
        if not comes_from_here(self.request):
            raise Forbidden("This request comes from another page.")

    def get(self) -> None:
        """The form."""
        _show(self, self.argument("next") or "", "", status=200)

    async def post(self) -> None:
        """The filled-in form: a right secret becomes a cookie, a wrong one brings the form again."""
        auth, next_url = self.services.auth, self.get_body_argument("next", "")
        secret = self.get_body_argument("password", "", strip=False) or self.get_body_argument("token", "")
        try:
            admitted = await auth.log_in(secret, self.request)
        except TooManyAttempts as error:
            self.set_header("Retry-After", str(error.seconds))
            _show(self, next_url, str(error), status=429)
            return
        if admitted:
            set_cookies(self, auth)
            self.redirect(safe_next(next_url, self.services.settings.base_url))  # 302, not 303: VS Code waits for it
        else:
            _show(self, next_url, _WRONG[auth.asked], status=403)


class LogoutHandler(Handler):
    """The end of a login. The cookie that made it is void from now on, wherever a copy of it may be."""

    def prepare(self) -> None:
        """Only our own page, or the user's own hand, may log out; who is not logged in need not show anything."""
        self.services.auth.check_host(self.request)
        if not is_from_our_page(self.request) or self.request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise Forbidden("This request comes from another page.")

    async def get(self) -> None:
        """Log out, and show the form."""
        self.services.auth.end_cookie(self.request)
        await self.services.auth.keep_ended()
        remove_cookies(self, self.services.auth)
        self.redirect(f"{self.services.settings.base_url}login")

    post = get


def _show(handler: Handler, next_url: str, message: str, status: int) -> None:
    handler.set_status(status)
    finish(handler, login_form(handler, handler.services, next_url, message))
