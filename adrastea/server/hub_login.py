"""Logging in and out where JupyterHub knows the users: the browser goes there and comes back with a code.

Source of truth: RFC 6749 §4.1, and §10.12 for the state that ties the answer to the browser that asked.
"""

from __future__ import annotations

from adrastea.errors import BadRequest, Forbidden
from adrastea.server.auth import cookies
from adrastea.server.handler import Handler
from adrastea.server.login import LogoutHandler
from adrastea.server.login_page import safe_next
from adrastea.server.login_reply import hub_of, remove_cookies, set_cookies, state_cookie, to_the_hub


class HubLoginHandler(Handler):
    """`login`: to the hub."""

    def prepare(self) -> None:
        """It is where credentials come from."""

    def get(self) -> None:
        """To the hub, and afterwards to `next`."""
        self.redirect(to_the_hub(self, self.services, self.argument("next") or ""))


class CallbackHandler(Handler):
    """`oauth_callback`: back from the hub."""

    def prepare(self) -> None:
        """The state is checked instead."""

    async def get(self) -> None:
        """A code that becomes a login."""
        hub, state = hub_of(self.services), self.argument("state") or ""
        name = state_cookie(self.services, state)
        next_url = hub.next_url(state) if cookies(self.request).get(name) == state else None
        if not state or next_url is None:
            raise BadRequest("This login was not begun here, or is too old. Open the server's page again.")
        cookie = await hub.new_session(self.argument("code") or "")
        if cookie is None:
            raise Forbidden("JupyterHub does not let you use this server.")
        self.add_header("Set-Cookie", f"{name}=; Max-Age=0; {self.services.auth.cookie_attributes(self.request)}")
        set_cookies(self, self.services.auth, cookie)
        self.redirect(safe_next(next_url, self.services.settings.base_url))


class HubLogoutHandler(LogoutHandler):
    """`logout`: from this server and from the hub."""

    async def get(self) -> None:
        """Log out."""
        cookie = cookies(self.request).get(self.services.auth.cookie_name)
        if cookie is not None:
            hub_of(self.services).end_session(cookie)
        remove_cookies(self, self.services.auth)
        self.redirect(hub_of(self.services).logout_url)

    post = get
