"""`/api/adrastea/runs/<path>`: what the cells of a notebook have run before, and what came of it.

Ours alone: Jupyter knows nothing of the kind. Runs are kept by themselves (`documents/past_runs.py`); here they are
looked at. To restore one is an edit of the page, so that undo brings the present back.

Source of truth: docs/decisions/0034.
"""

from __future__ import annotations

from adrastea.documents.notebook import JsonObject
from adrastea.documents.run_record import PastRun
from adrastea.documents.wire_form import output_to_wire
from adrastea.server.checkpoints import file_of
from adrastea.server.handler import Handler
from adrastea.server.jupyter_json import utc

_MOST: int = 1_000  # runs of one cell that are listed


class CellRunsHandler(Handler):
    """`/api/adrastea/runs/<path>/cells/<cell>`."""

    async def get(self, path: str, cell: str) -> None:
        """The runs of a cell, the newest first."""
        file = await file_of(self, path)
        self.reply([_run_json(run) for run in (await self.services.runs.of_cell(file, cell))[:_MOST]])


class PastRunHandler(Handler):
    """`/api/adrastea/runs/<path>/runs/<id>`."""

    async def get(self, path: str, run_id: str) -> None:
        """A run with its source and its outputs."""
        file = await file_of(self, path)
        run, source, outputs = await self.services.runs.one(file, run_id)
        shown = [output_to_wire(output) for output in outputs]
        self.reply({**_run_json(run), "source": source, "outputs": shown})


def _run_json(run: PastRun) -> JsonObject:
    return {
        "id": run.id,
        "cell": run.cell,
        "started": utc(run.at),
        "seconds": run.seconds,
        "status": run.status,
        "execution_count": run.count,
        "memory": run.memory,
        "size": run.size,
        "whole": run.whole,
    }
