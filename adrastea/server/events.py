"""`/api/events` and `/api/events/subscribe`: clients hear what happens in the server (`event_bus.py`), and tell it.

Who listens and does not read is closed with 1013 when `queue_bytes` wait.
"""

from __future__ import annotations

from adrastea.server.handler import Handler, SocketHandler


class EventsHandler(Handler):
    """`/api/events`."""

    def post(self) -> None:
        """Tell an event: `schema_id`, `version`, `data`."""
        self.services.events.take(self.body())
        self.reply_nothing()


class EventsSocket(SocketHandler):
    """`/api/events/subscribe`: every event from now on, each as one JSON object. What a client says is not heard."""

    queue_bytes = 1024 * 1024  # some thousand events

    async def opened(self, *args: str, **kwargs: str) -> None:
        """Listen."""
        self.services.events.join(self.say)

    def on_message(self, message: str | bytes) -> None:
        """Nothing is asked here."""

    def on_close(self) -> None:
        """Listen no more."""
        super().on_close()
        self.services.events.leave(self.say)
