"""What JupyterHub tells a server that it has started for a user: where the server lies, where the hub is, who may come.

The hub says it in the environment. A server that is given a port or a token of its own is not the hub's, even where the
variables stand: a terminal inside of one that is inherits them. Pure.

Source of truth: https://jupyterhub.readthedocs.io/en/stable/reference/services.html#launching-a-hub-managed-service
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from adrastea.errors import StartFailed

_NEEDED: Final = ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_API_URL", "JUPYTERHUB_CLIENT_ID", "JUPYTERHUB_SERVICE_PREFIX")


@dataclass(frozen=True, slots=True)
class HubPlace:
    """The place of one user's server in a hub."""

    api_url: str
    """Of the hub's REST interface, without a slash at its end."""
    api_token: str = field(repr=False)
    """The server's own, for the hub."""
    client_id: str
    """The server's name in OAuth."""
    hub_url: str
    """Of the hub's pages, as browsers see it: a path, or a whole address; with a slash at its end."""
    base_url: str
    """The path of this server."""
    callback: str
    """Where the hub sends browsers back to: a path or a whole address."""
    user: str
    server_name: str
    """Empty for the user's default one."""
    scopes: frozenset[str]
    """A user needs one of them to come in."""
    activity_url: str
    """Where activity is told; empty: nowhere."""
    ip: str
    port: int
    root: Path | None

    def settings(self) -> dict[str, object]:
        """What the hub has chosen, by the names of `Settings`."""
        chosen: dict[str, object] = {"hub": self, "base_url": self.base_url, "ip": self.ip, "port": self.port}
        return chosen if self.root is None else {**chosen, "root": self.root}


def place_in_hub(environ: Mapping[str, str]) -> HubPlace | None:
    """The place that these variables name; None where no hub has set them.

    Raises:
        StartFailed: the hub wants something that this server cannot do, or says something that makes no sense.
    """
    if not all(environ.get(name) for name in _NEEDED):
        return None
    if environ.get("JUPYTERHUB_SSL_CERTFILE"):
        raise StartFailed("JupyterHub's internal_ssl is not supported here. Set c.JupyterHub.internal_ssl = False.")
    address = urlsplit(environ.get("JUPYTERHUB_SERVICE_URL", ""))
    base_url = environ["JUPYTERHUB_SERVICE_PREFIX"]
    hub_path = f"{environ.get('JUPYTERHUB_BASE_URL', '/').rstrip('/')}/hub/"
    root = environ.get("JUPYTERHUB_ROOT_DIR", "")
    try:
        port = address.port or 0
    except ValueError:
        raise StartFailed("JUPYTERHUB_SERVICE_URL names no port.") from None
    return HubPlace(
        api_url=environ["JUPYTERHUB_API_URL"].rstrip("/"),
        api_token=environ["JUPYTERHUB_API_TOKEN"],
        client_id=environ["JUPYTERHUB_CLIENT_ID"],
        hub_url=environ.get("JUPYTERHUB_PUBLIC_HUB_URL") or f"{environ.get('JUPYTERHUB_HOST', '')}{hub_path}",
        base_url=base_url,
        callback=environ.get("JUPYTERHUB_OAUTH_CALLBACK_URL") or f"{base_url.rstrip('/')}/oauth_callback",
        user=environ.get("JUPYTERHUB_USER", ""),
        server_name=environ.get("JUPYTERHUB_SERVER_NAME", ""),
        scopes=_scopes(environ),
        activity_url=environ.get("JUPYTERHUB_ACTIVITY_URL", ""),
        ip=address.hostname or "127.0.0.1",
        port=port,
        root=Path(root).expanduser() if root else None,
    )


def allows(needed: frozenset[str], held: frozenset[str]) -> bool:
    """Whether who holds these scopes has one of those needed: itself, the same without a filter, or of its user."""
    return any(_covers(have, need) for need in needed for have in held)


def _covers(have: str, need: str) -> bool:
    base, _, narrowed = need.partition("!")
    have_base, _, have_narrowed = have.partition("!")
    if base != have_base:
        return False
    if not have_narrowed or have_narrowed == narrowed:
        return True
    kind, _, server = narrowed.partition("=")
    return kind == "server" and have_narrowed == f"user={server.partition('/')[0]}"


def _scopes(environ: Mapping[str, str]) -> frozenset[str]:
    said = environ.get("JUPYTERHUB_OAUTH_ACCESS_SCOPES") or environ.get("JUPYTERHUB_OAUTH_SCOPES", "[]")
    try:
        scopes: object = json.loads(said)
    except ValueError:
        scopes = None
    if not isinstance(scopes, list) or not all(isinstance(scope, str) for scope in cast("list[object]", scopes)):
        raise StartFailed("JUPYTERHUB_OAUTH_ACCESS_SCOPES is no JSON list of scopes.")
    return frozenset(cast("list[str]", scopes))
