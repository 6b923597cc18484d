"""`/api`, `/api/status`, `/api/me`, `/api/shutdown`: what the server is, how busy it is, who is asking, its end."""

from __future__ import annotations

import logging

from adrastea import __version__
from adrastea.errors import Conflict
from adrastea.server.handler import Handler, finish
from adrastea.server.jupyter_json import utc

log = logging.getLogger(__name__)


class VersionHandler(Handler):
    """`/api`."""

    def get(self) -> None:
        """The version of this program."""
        self.reply({"version": __version__})


class StatusHandler(Handler):
    """`/api/status`."""

    def get(self) -> None:
        """When the server started and was last used, how many kernels run, how many clients they have."""
        kernels = tuple(self.services.kernels.all())
        self.reply(
            {
                "connections": sum(self.services.connections(kernel.id) for kernel in kernels),
                "kernels": len(kernels),
                "last_activity": utc(self.services.last_activity()),
                "started": utc(self.services.started),
            }
        )


class MeHandler(Handler):
    """`/api/me`."""

    def get(self) -> None:
        """The one user there is: whoever holds the token, or who the hub says."""
        hub = self.services.hub
        name = "user" if hub is None else hub.place.user
        title = "User" if hub is None else name
        identity = {
            "username": name,
            "name": title,
            "display_name": title,
            "initials": title[:1].upper(),
            "avatar_url": None,
            "color": None,
        }
        self.reply({"identity": identity, "permissions": {}})


class ShutdownHandler(Handler):
    """`/api/shutdown`."""

    def post(self) -> None:
        """End the server in order: documents are saved, kernels and terminals end."""
        self.body()  # what makes no sense ends nothing
        end = self.services.end
        if end is None:
            raise Conflict("This server belongs to a window of Adrastea. Close the window to end it.")
        log.info("a client ends the server")
        self.set_header("Connection", "close")
        self.clear_header("Content-Type")
        finish(self)
        end()
