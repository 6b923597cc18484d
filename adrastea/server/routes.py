"""The route table: every address that there is, as a list. Addresses begin with the base URL.

A handler's module is imported with the first request to it: an idle server holds none of them, and starts without
them. Those that Jupyter knows have Jupyter's names and shapes.
Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import Final, cast

from tornado.web import RequestHandler

from adrastea.server.services import Services


@dataclass(frozen=True, slots=True)
class LateHandler:
    """The class `name` in `module` of this package."""

    module: str
    name: str

    def load(self) -> type[RequestHandler]:
        """The class; its module is imported if it is not there yet."""
        module = importlib.import_module(f"adrastea.server.{self.module}")
        return cast("type[RequestHandler]", getattr(module, self.name))


Route = tuple[str, LateHandler, dict[str, Services]]

ROUTES: Final[tuple[tuple[str, LateHandler], ...]] = (
    (r"", LateHandler("pages", "IndexHandler")),
    (r"login", LateHandler("login", "LoginHandler")),
    (r"logout", LateHandler("login", "LogoutHandler")),
    (r"api/?", LateHandler("status", "VersionHandler")),
    (r"api/spec\.yaml", LateHandler("api_spec", "ApiSpecHandler")),
    (r"api/status", LateHandler("status", "StatusHandler")),
    (r"api/me", LateHandler("status", "MeHandler")),
    (r"api/shutdown", LateHandler("status", "ShutdownHandler")),
    (r"api/config/([A-Za-z0-9_]{1,100})", LateHandler("config", "ConfigHandler")),
    (r"api/kernelspecs", LateHandler("kernelspecs", "KernelSpecsHandler")),
    (r"api/kernelspecs/([^/]+)", LateHandler("kernelspecs", "KernelSpecHandler")),
    (r"api/kernels", LateHandler("kernels", "KernelsHandler")),
    (r"api/kernels/([^/]+)", LateHandler("kernels", "KernelHandler")),
    (r"api/kernels/([^/]+)/interrupt", LateHandler("kernels", "KernelInterruptHandler")),
    (r"api/kernels/([^/]+)/restart", LateHandler("kernels", "KernelRestartHandler")),
    (r"api/kernels/([^/]+)/channels", LateHandler("kernel_socket", "KernelSocket")),
    (r"api/sessions", LateHandler("kernels", "SessionsHandler")),
    (r"api/sessions/([^/]+)", LateHandler("kernels", "SessionHandler")),
    (r"api/contents/(.+)/checkpoints", LateHandler("checkpoints", "CheckpointsHandler")),
    (r"api/contents/(.+)/checkpoints/([^/]+)", LateHandler("checkpoints", "CheckpointHandler")),
    (r"api/contents(|/.*)", LateHandler("contents", "ContentsHandler")),
    (r"api/events", LateHandler("events", "EventsHandler")),
    (r"api/events/subscribe", LateHandler("events", "EventsSocket")),
    (r"api/terminals", LateHandler("terminals", "TerminalsHandler")),
    (r"api/terminals/([^/]+)", LateHandler("terminals", "TerminalHandler")),
    (r"terminals/websocket/([^/]+)", LateHandler("terminals", "TerminalSocket")),
    (r"api/documents/socket", LateHandler("document_socket", "DocumentSocket")),
    (r"api/adrastea/versions/(.+)/versions/([^/]+)", LateHandler("versions", "FileVersionHandler")),
    (r"api/adrastea/versions/(.+)", LateHandler("versions", "FileVersionsHandler")),
    (r"api/adrastea/runs/(.+)/cells/([^/]+)", LateHandler("past_runs", "CellRunsHandler")),
    (r"api/adrastea/runs/(.+)/runs/([^/]+)", LateHandler("past_runs", "PastRunHandler")),
    (r"api/adrastea/export/([^/]+)", LateHandler("exporting", "ExportHandler")),
    (r"api/adrastea/spool/([^/]+)", LateHandler("spool", "SpoolHandler")),
    (r"api/adrastea/packages/([^/]+)/([^/]+)", LateHandler("package_assets", "PackageAssetHandler")),
    (r"api/adrastea/packages/([^/]+)", LateHandler("package_install", "PackageInstallHandler")),
    (r"api/adrastea/widgets/([^/]+)/([^/]+)", LateHandler("widget_modules", "WidgetModuleHandler")),
    (r"api/adrastea/kernels", LateHandler("left_kernels", "LeftKernelsHandler")),
    (r"api/adrastea/kernels/([^/]+)", LateHandler("left_kernels", "LeftKernelHandler")),
    (r"api/adrastea/repair/(.+)", LateHandler("repairing", "RepairHandler")),
    (r"api/adrastea/open/(.+)", LateHandler("open_notebook", "OpenNotebookHandler")),
    (r"api/adrastea/pythons", LateHandler("environments", "PythonsHandler")),
    (r"api/adrastea/environments", LateHandler("environments", "EnvironmentsHandler")),
    (r"api/adrastea/place", LateHandler("workspace_place", "WorkspacePlaceHandler")),
    (r"api/adrastea/report", LateHandler("problem_report", "ReportHandler")),
    (r"api/adrastea/crash", LateHandler("problem_report", "CrashHandler")),
    (r"kernelspecs/([^/]+)/([^/]+)", LateHandler("kernelspecs", "KernelSpecResourceHandler")),
    (r"files/(.*)", LateHandler("user_files", "UserFileHandler")),
    (r"view/(.*)", LateHandler("view", "ViewHandler")),
    (r"api/nbconvert", LateHandler("nbconvert", "ExportersHandler")),
    (r"nbconvert/(\w{1,100})", LateHandler("nbconvert", "ConvertHandler")),
    (r"nbconvert/(\w{1,100})/(.+)", LateHandler("nbconvert", "ConvertFileHandler")),
    (r"lab/?", LateHandler("pages", "PlaceHandler")),
    (r"lab/tree(|/.*)", LateHandler("pages", "PlaceHandler")),
    (r"tree(|/.*)", LateHandler("pages", "PlaceHandler")),
    (r"notebooks/(.*)", LateHandler("pages", "PlaceHandler")),
    (r"edit/(.*)", LateHandler("pages", "PlaceHandler")),
    (r"(assets/.+|[\w-]+(?:\.[\w-]+)*\.\w+)", LateHandler("pages", "AssetHandler")),
)


_OF_A_HUB: Final = (
    (r"oauth_callback", LateHandler("hub_login", "CallbackHandler")),
    (r"login", LateHandler("hub_login", "HubLoginHandler")),
    (r"logout", LateHandler("hub_login", "HubLogoutHandler")),
)


def routes(services: Services) -> list[Route]:
    """The table. Every handler receives the services."""
    base_url = services.settings.base_url
    table: list[Route] = [
        (re.escape(base_url) + pattern, handler, {"services": services}) for pattern, handler in ROUTES
    ]
    if services.hub is not None:
        table[:0] = [(re.escape(base_url) + pattern, handler, {"services": services}) for pattern, handler in _OF_A_HUB]
    if base_url != "/":
        above = f"(?:/|{re.escape(base_url.rstrip('/'))})"
        table.append((above, LateHandler("pages", "ToPageHandler"), {"services": services}))
    return table
