"""What a browser gets that is to log in, or has: the form, the cookies. Functions on handlers; they send nothing."""

from __future__ import annotations

from tornado.web import RequestHandler

from adrastea.server.auth import XSRF, Auth
from adrastea.server.login_page import LOGIN_HEADERS, login_page
from adrastea.server.services import Services


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
    return login_page(services.settings.base_url, next_url, services.auth.asked, message)
