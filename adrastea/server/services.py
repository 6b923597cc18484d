"""What the handlers reach: one value with everything that `app.py` built, and the WebSockets that are open.

The handlers own nothing themselves: the rooms behind them do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

from adrastea.documents.checkpoints import Checkpoints
from adrastea.documents.documents import Documents
from adrastea.documents.run_keeping import RunKeeping
from adrastea.documents.turns import Turns
from adrastea.kernels.kernel import KernelId
from adrastea.kernels.kernels import Kernels
from adrastea.kernels.package_folders import PackageFolders
from adrastea.logbook.logbook import Logbook
from adrastea.server.auth import Auth
from adrastea.server.event_bus import Events
from adrastea.server.kernel_replay import Returns
from adrastea.server.limits import Limits
from adrastea.server.ui_assets import UiAssets
from adrastea.server.uploads import Uploads
from adrastea.sessions.sessions import Sessions
from adrastea.settings import Settings
from adrastea.terminals.terminals import Terminals
from adrastea.workspace.files import Files

if TYPE_CHECKING:
    from adrastea.kernels.new_environment import Making
    from adrastea.server.converting import Conversion
    from adrastea.server.hub import JupyterHub


_CONVERSIONS: Final = 2  # at a time; each may need a processor for itself


class OpenSocket(Protocol):
    """A WebSocket that can be told to close."""

    @property
    def kernel_id(self) -> str | None:
        """The kernel whose channels it carries; None for one that carries something else."""
        ...

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Begin to close it."""
        ...

    def abort(self) -> None:
        """End it at once."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """One per server, made when its port is known. Server thread only."""

    settings: Settings
    auth: Auth
    ui: UiAssets
    documents: Documents
    sessions: Sessions
    files: Files
    kernels: Kernels
    checkpoints: Checkpoints
    runs: RunKeeping
    logbook: Logbook
    started: datetime
    """When the server started; aware, UTC."""
    hub: JupyterHub | None = None
    """The hub that this server belongs to, if any."""
    uploads: Uploads = field(default_factory=Uploads)
    """What is being uploaded in pieces."""
    limits: Limits = field(default_factory=Limits)
    """What one client may cost."""
    sockets: set[OpenSocket] = field(default_factory=set[OpenSocket])
    """The open WebSockets. They enter and remove themselves."""

    returns: Returns = field(default_factory=Returns)
    """The clients of kernels that would be known again."""
    packages: PackageFolders = field(default_factory=PackageFolders)
    """Where the packages of kernels lie."""
    terminals: Terminals = field(default_factory=Terminals)
    """The shells that clients have started."""
    conversions: set[Conversion] = field(default_factory=set["Conversion"])
    """What nbconvert works on. They enter and remove themselves."""
    makings: set[Making] = field(default_factory=set["Making"])
    """Environments in the making. They enter and remove themselves."""
    conversion_turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_CONVERSIONS))
    """For those that wait until there are fewer."""
    events: Events = field(default_factory=Events)
    """Who hears what happens."""
    config_turns: Turns = field(default_factory=Turns)
    """Changes of Jupyter's configuration, one after the other."""
    end: Callable[[], None] | None = None
    """Begins the end of the server; None where it belongs to a window, which ends it."""

    def last_activity(self) -> datetime:
        """When a kernel or a terminal was last used, or the server started; aware, UTC."""
        kernels = (kernel.last_activity for kernel in self.kernels.all())
        terminals = (terminal.last_activity for terminal in self.terminals.all())
        return max([self.started, *kernels, *terminals])

    async def shut_down_kernel(self, kernel_id: str) -> None:
        """Shut a kernel down, and tell who listens; raises NotFound."""
        kernel = self.kernels.get(KernelId(kernel_id))
        await self.sessions.shut_down(kernel_id)
        self.events.kernel("shutdown", kernel)

    def connections(self, kernel_id: str) -> int:
        """How many WebSockets carry this kernel's channels."""
        return sum(socket.kernel_id == kernel_id for socket in self.sockets)
