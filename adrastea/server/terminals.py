"""`/api/terminals` and `/terminals/websocket/<name>`: Jupyter's names and shapes for what `Terminals` does.

Frames are terminado's. A frame that is no JSON closes its socket with 1007, and nobody else's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from adrastea.documents.notebook import JsonObject
from adrastea.errors import NotFound, ProtocolError, Unavailable
from adrastea.server import fields
from adrastea.server.handler import Handler, SocketHandler
from adrastea.server.jupyter_json import utc
from adrastea.terminals import terminado

if TYPE_CHECKING:
    from adrastea.terminals.terminal import Terminal

_NORMAL: Final = 1000
_NO_JSON: Final = 1007
_TRY_AGAIN: Final = 1013


class TerminalsHandler(Handler):
    """`/api/terminals`."""

    def get(self) -> None:
        """Those whose shells run."""
        self.reply([_model(terminal) for terminal in self.services.terminals.all()])

    def post(self) -> None:
        """Start a shell: `name` of the terminal, `cwd` below the folder that is served."""
        body = self.body()
        name = fields.optional_text(body, "name") or None
        cwd = self._folder(fields.optional_text(body, "cwd") or "")
        terminal = self.services.terminals.start(name, cwd)
        self.reply(_model(terminal), location=f"api/terminals/{terminal.name}")  # 200: clients want that

    def _folder(self, path: str) -> Path:
        if self.services.files.stat(path).type != "directory":  # raises for names that no disk takes
            raise NotFound(f"There is no folder {path!r}.")
        return self.services.files.resolve(path)


class TerminalHandler(Handler):
    """`/api/terminals/<name>`."""

    def get(self, name: str) -> None:
        """One terminal."""
        self.reply(_model(self.services.terminals.get(name)))

    async def delete(self, name: str) -> None:
        """End its shell, and what runs in it."""
        await self.services.terminals.get(name).end()
        self.reply_nothing()


class TerminalSocket(SocketHandler):
    """`/terminals/websocket/<name>`: one client of a terminal."""

    _terminal: Terminal | None = None
    _unsent = 0

    def prepare(self) -> None:
        """Credentials first, then whether there is such a terminal."""
        super().prepare()
        self.services.terminals.get(self.path_args[0] or "")

    async def opened(self, *args: str, **kwargs: str) -> None:
        """Show what was printed lately, and from now on."""
        terminal = self.services.terminals.get(args[0])
        self.say(terminado.SETUP)
        self._terminal = terminal
        terminal.join(self)

    def on_message(self, message: str | bytes) -> None:
        """One frame of the client."""
        if self._terminal is None:
            return
        try:
            said = terminado.parse(message)
            match said:
                case terminado.Stdin(data):
                    self._terminal.type(data)
                case terminado.SetSize(rows, columns):
                    self._terminal.resize(rows, columns)
                case None:
                    pass
                case _:
                    assert_never(said)
        except ProtocolError as error:
            self.close(_NO_JSON, str(error))
        except Unavailable as error:
            self.close(_TRY_AGAIN, str(error))

    def on_close(self) -> None:
        """The client has gone. The shell goes on."""
        super().on_close()
        if self._terminal is not None:
            self._terminal.leave(self)

    @property
    def unsent(self) -> int:
        """How many characters wait to be sent."""
        return self._unsent

    def shown(self, text: str) -> None:
        """This was printed."""
        self.say(terminado.stdout(text))

    def ended(self, code: int) -> None:
        """The shell has ended."""
        self.say(terminado.disconnect(code))

    def say(self, message: str | bytes) -> None:
        """Count what waits: the terminal reads no more while it is too much."""
        self._unsent += len(message)
        super().say(message)

    async def _write(self, message: str | bytes) -> None:
        await super()._write(message)
        self._unsent -= len(message)
        if self._terminal is None:
            return
        self._terminal.relieved()
        if message[:13] == '["disconnect"':
            self.close(_NORMAL)


def _model(terminal: Terminal) -> JsonObject:
    return {"name": terminal.name, "last_activity": utc(terminal.last_activity)}
