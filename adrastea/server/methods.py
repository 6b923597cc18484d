"""Which methods an address answers to, told from its handler. Pure."""

from __future__ import annotations

from tornado.web import RequestHandler
from tornado.websocket import WebSocketHandler


def allowed(kind: type[RequestHandler]) -> str:
    """The methods of a handler, as an Allow header lists them."""
    return ", ".join(sorted(name for name in RequestHandler.SUPPORTED_METHODS if answers(kind, name.lower())))


def answers(kind: type[RequestHandler], method: str) -> bool:
    """Whether a handler has a method, in lower case. Whoever answers to GET answers to HEAD; WebSockets apart."""
    if method == "head":
        return not issubclass(kind, WebSocketHandler) and answers(kind, "get")
    return getattr(kind, method) is not getattr(RequestHandler, method)
