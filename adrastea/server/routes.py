"""The route table: every address that there is, as a list. Addresses begin with the base URL.

Those that Jupyter knows have Jupyter's names and shapes.
Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

import re
from typing import Final

from tornado.web import RequestHandler

from adrastea.server.api_spec import ApiSpecHandler
from adrastea.server.checkpoints import CheckpointHandler, CheckpointsHandler
from adrastea.server.config import ConfigHandler
from adrastea.server.contents import ContentsHandler
from adrastea.server.document_socket import DocumentSocket
from adrastea.server.environments import EnvironmentsHandler, PythonsHandler
from adrastea.server.events import EventsHandler, EventsSocket
from adrastea.server.exporting import ExportHandler
from adrastea.server.kernel_socket import KernelSocket
from adrastea.server.kernels import (
    KernelHandler,
    KernelInterruptHandler,
    KernelRestartHandler,
    KernelsHandler,
    SessionHandler,
    SessionsHandler,
)
from adrastea.server.kernelspecs import KernelSpecHandler, KernelSpecResourceHandler, KernelSpecsHandler
from adrastea.server.left_kernels import LeftKernelHandler, LeftKernelsHandler
from adrastea.server.login import LoginHandler, LogoutHandler
from adrastea.server.nbconvert import ConvertFileHandler, ConvertHandler, ExportersHandler
from adrastea.server.package_assets import PackageAssetHandler
from adrastea.server.pages import AssetHandler, IndexHandler, PlaceHandler, ToPageHandler
from adrastea.server.past_runs import CellRunsHandler, PastRunHandler
from adrastea.server.problem_report import CrashHandler, ReportHandler
from adrastea.server.services import Services
from adrastea.server.spool import SpoolHandler
from adrastea.server.status import MeHandler, ShutdownHandler, StatusHandler, VersionHandler
from adrastea.server.terminals import TerminalHandler, TerminalsHandler, TerminalSocket
from adrastea.server.user_files import UserFileHandler
from adrastea.server.versions import FileVersionHandler, FileVersionsHandler
from adrastea.server.view import ViewHandler
from adrastea.server.widget_modules import WidgetModuleHandler
from adrastea.server.workspace_place import WorkspacePlaceHandler

Route = tuple[str, type[RequestHandler], dict[str, Services]]

ROUTES: Final[tuple[tuple[str, type[RequestHandler]], ...]] = (
    (r"", IndexHandler),
    (r"login", LoginHandler),
    (r"logout", LogoutHandler),
    (r"api/?", VersionHandler),
    (r"api/spec\.yaml", ApiSpecHandler),
    (r"api/status", StatusHandler),
    (r"api/me", MeHandler),
    (r"api/shutdown", ShutdownHandler),
    (r"api/config/([A-Za-z0-9_]{1,100})", ConfigHandler),
    (r"api/kernelspecs", KernelSpecsHandler),
    (r"api/kernelspecs/([^/]+)", KernelSpecHandler),
    (r"api/kernels", KernelsHandler),
    (r"api/kernels/([^/]+)", KernelHandler),
    (r"api/kernels/([^/]+)/interrupt", KernelInterruptHandler),
    (r"api/kernels/([^/]+)/restart", KernelRestartHandler),
    (r"api/kernels/([^/]+)/channels", KernelSocket),
    (r"api/sessions", SessionsHandler),
    (r"api/sessions/([^/]+)", SessionHandler),
    (r"api/contents/(.+)/checkpoints", CheckpointsHandler),
    (r"api/contents/(.+)/checkpoints/([^/]+)", CheckpointHandler),
    (r"api/contents(|/.*)", ContentsHandler),
    (r"api/events", EventsHandler),
    (r"api/events/subscribe", EventsSocket),
    (r"api/terminals", TerminalsHandler),
    (r"api/terminals/([^/]+)", TerminalHandler),
    (r"terminals/websocket/([^/]+)", TerminalSocket),
    (r"api/documents/socket", DocumentSocket),
    (r"api/adrastea/versions/(.+)/versions/([^/]+)", FileVersionHandler),
    (r"api/adrastea/versions/(.+)", FileVersionsHandler),
    (r"api/adrastea/runs/(.+)/cells/([^/]+)", CellRunsHandler),
    (r"api/adrastea/runs/(.+)/runs/([^/]+)", PastRunHandler),
    (r"api/adrastea/export/([^/]+)", ExportHandler),
    (r"api/adrastea/spool/([^/]+)", SpoolHandler),
    (r"api/adrastea/packages/([^/]+)/([^/]+)", PackageAssetHandler),
    (r"api/adrastea/widgets/([^/]+)/([^/]+)", WidgetModuleHandler),
    (r"api/adrastea/kernels", LeftKernelsHandler),
    (r"api/adrastea/kernels/([^/]+)", LeftKernelHandler),
    (r"api/adrastea/pythons", PythonsHandler),
    (r"api/adrastea/environments", EnvironmentsHandler),
    (r"api/adrastea/place", WorkspacePlaceHandler),
    (r"api/adrastea/report", ReportHandler),
    (r"api/adrastea/crash", CrashHandler),
    (r"kernelspecs/([^/]+)/([^/]+)", KernelSpecResourceHandler),
    (r"files/(.*)", UserFileHandler),
    (r"view/(.*)", ViewHandler),
    (r"api/nbconvert", ExportersHandler),
    (r"nbconvert/(\w{1,100})", ConvertHandler),
    (r"nbconvert/(\w{1,100})/(.+)", ConvertFileHandler),
    (r"lab/?", PlaceHandler),
    (r"lab/tree(|/.*)", PlaceHandler),
    (r"tree(|/.*)", PlaceHandler),
    (r"notebooks/(.*)", PlaceHandler),
    (r"edit/(.*)", PlaceHandler),
    (r"(assets/.+|[\w-]+(?:\.[\w-]+)*\.\w+)", AssetHandler),
)


def routes(services: Services) -> list[Route]:
    """The table for Tornado. Every handler receives the services."""
    base_url = services.settings.base_url
    table: list[Route] = [
        (re.escape(base_url) + pattern, handler, {"services": services}) for pattern, handler in ROUTES
    ]
    if services.hub is not None:
        from adrastea.server.hub_login import CallbackHandler, HubLoginHandler, HubLogoutHandler

        rows = ((r"oauth_callback", CallbackHandler), (r"login", HubLoginHandler), (r"logout", HubLogoutHandler))
        table[:0] = [(re.escape(base_url) + pattern, handler, {"services": services}) for pattern, handler in rows]
    if base_url != "/":
        above = f"(?:/|{re.escape(base_url.rstrip('/'))})"
        table.append((above, ToPageHandler, {"services": services}))
    return table
