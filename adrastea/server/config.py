"""`/api/config/<section>`: what frontends keep for their user, in Jupyter's own configuration (`config_sections.py`).

Changes are made one after the other, so that none is lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from adrastea.documents.json_values import is_too_deep
from adrastea.documents.notebook import JsonObject
from adrastea.errors import BadRequest
from adrastea.server.contents import off_loop
from adrastea.server.handler import Handler

if TYPE_CHECKING:
    from adrastea.server.config_sections import ConfigSections

T = TypeVar("T")


class ConfigHandler(Handler):
    """`/api/config/<section>`. The route lets through names that are words, so that none leaves the folder."""

    async def get(self, name: str) -> None:
        """The section; an empty object where there is none."""
        self.reply(await off_loop(self._sections().get, name))

    async def put(self, name: str) -> None:
        """Let the section be the object in the body."""
        section, sections = self._section(), self._sections()
        await self._in_turn(lambda: sections.put(name, section))
        self.reply_nothing()

    async def patch(self, name: str) -> None:
        """Merge the object in the body into the section; null takes a value away."""
        change, sections = self._section(), self._sections()
        self.reply(await self._in_turn(lambda: sections.patch(name, change)))

    def _section(self) -> JsonObject:
        if self.request.body.strip() in {b"", b"null"}:  # which would empty the section
            raise BadRequest("The body of the request is not a JSON object.")
        section = self.body()
        if is_too_deep(section):
            raise BadRequest("The section is nested too deeply.")
        return section

    def _sections(self) -> ConfigSections:
        from adrastea.server.config_sections import users_sections

        return users_sections(os.environ, self.services.settings.runtime_dir)

    async def _in_turn(self, work: Callable[[], T]) -> T:
        done: list[T] = []

        async def do() -> None:
            done.append(await off_loop(work))

        await self.services.config_turns.take(do)
        return done[0]
