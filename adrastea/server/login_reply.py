"""What a browser gets that is to log in, or has: the form, the cookies. Functions on handlers; they send nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tornado.web import RequestHandler

from adrastea.errors import Unavailable
from adrastea.server.auth import XSRF, Auth
from adrastea.server.login_page import LOGIN_HEADERS, login_page, safe_next, without_token
from adrastea.server.login_words import words_for
from adrastea.server.services import Services

if TYPE_CHECKING:
    from adrastea.server.hub import JupyterHub

_STATE_SECONDS: Final = 600  # for a login at a hub that was begun


def set_cookies(handler: RequestHandler, auth: Auth, cookie: str = "") -> None:
    """Let the browser keep a new login; `cookie` is its value where it is not one of ours."""
    attributes = auth.cookie_attributes(handler.request)
    handler.add_header("Set-Cookie", f"{auth.cookie_name}={cookie or auth.new_cookie()}; HttpOnly; {attributes}")
    set_xsrf(handler, auth)


def set_xsrf(handler: RequestHandler, auth: Auth) -> None:
    """Let the page know what it has to show; scripts read it, so it is not `HttpOnly`."""
    handler.add_header("Set-Cookie", f"{XSRF}={auth.xsrf(handler.request)}; {auth.cookie_attributes(handler.request)}")


def remove_cookies(handler: RequestHandler, auth: Auth) -> None:
    """Let the browser forget its login."""
    for name in (auth.cookie_name, XSRF):
        handler.add_header("Set-Cookie", f"{name}=; Max-Age=0; {auth.cookie_attributes(handler.request)}")


def login_form(handler: RequestHandler, services: Services, next_url: str, message: str = "") -> str:
    """The form, as HTML; the headers that go with it are set."""
    for name, value in LOGIN_HEADERS.items():
        handler.set_header(name, value)
    set_xsrf(handler, services.auth)
    handler.add_header("Vary", "Accept-Language")
    words = words_for(handler.request.headers.get("Accept-Language", ""))
    return login_page(services.settings.base_url, next_url, services.auth.asked, message, words)


def to_the_hub(handler: RequestHandler, services: Services, next_url: str) -> str:
    """Where a browser without credentials has to go; a cookie ties the answer to it."""
    base_url = services.settings.base_url
    state, url = hub_of(services).begin(safe_next(without_token(next_url), base_url))
    attributes = services.auth.cookie_attributes(handler.request)
    handler.add_header(
        "Set-Cookie", f"{state_cookie(services, state)}={state}; HttpOnly; Max-Age={_STATE_SECONDS}; {attributes}"
    )
    return url


def state_cookie(services: Services, state: str) -> str:
    """The name of the cookie of a login that was begun: one for each, so that tabs do not disturb each other."""
    return f"{services.auth.cookie_name}-{''.join(filter(str.isalnum, state))[:12]}"


def hub_of(services: Services) -> JupyterHub:
    """The hub of this server."""
    if services.hub is None:
        raise Unavailable("This server belongs to no JupyterHub.")
    return services.hub
