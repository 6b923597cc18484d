"""The route table: every address that there is, as a list. Addresses begin with the base URL.

Those that Jupyter knows have Jupyter's names and shapes.
Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

import re
from typing import Final

from tornado.web import RequestHandler

from adrastea.server.pages import AssetHandler, IndexHandler, LoginHandler, ToPageHandler
from adrastea.server.services import Services
from adrastea.server.status import MeHandler, StatusHandler, VersionHandler

Route = tuple[str, type[RequestHandler], dict[str, Services]]

_TABLE: Final[tuple[tuple[str, type[RequestHandler]], ...]] = (
    (r"", IndexHandler),
    (r"login", LoginHandler),
    (r"api/?", VersionHandler),
    (r"api/status", StatusHandler),
    (r"api/me", MeHandler),
    (r"(assets/.+|[\w-]+(?:\.[\w-]+)*\.\w+)", AssetHandler),
)


def routes(services: Services) -> list[Route]:
    """The table for Tornado. Every handler receives the services."""
    base_url = services.settings.base_url
    table = [(re.escape(base_url) + pattern, handler, {"services": services}) for pattern, handler in _TABLE]
    if base_url != "/":
        above = f"(?:/|{re.escape(base_url.rstrip('/'))})"
        table.append((above, ToPageHandler, {"services": services}))
    return table
