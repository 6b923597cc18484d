"""nbclient and papermill run notebooks in kernels of ours, as with any gateway; the outputs are those of a local run.

The way is jupyter_server's `GatewayKernelManager` as their `kernel_manager_class`; where the gateway is stands in the
environment (`JUPYTER_GATEWAY_URL`, `JUPYTER_GATEWAY_AUTH_TOKEN`). docs/server.md tells it to users.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import pytest

from tests.clients.trying import Served, client, serving
from tests.system.program import ROOT, ask

pytestmark = pytest.mark.slow

REMOTE: Final = "jupyter_server.gateway.managers.GatewayKernelManager"
LOCAL: Final = "jupyter_client.manager.AsyncKernelManager"

CELLS: Final = (
    "n = 3",
    "import sys\nprint('out', n, flush=True)\nprint('err', file=sys.stderr)",
    "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>bold</b>'), metadata={'a': 1})",
    "handle = display('first', display_id='d')\nhandle.update('second')",
    "print('gone', flush=True)\nclear_output(wait=True)\nprint('stays')",
    "{'a': [1, 2.5, None], 'b': 'ü'}",
    "n * 14",
)
FAILS: Final = "1 / 0"

AUTHENTICATE = """
import functools, os, websocket

header = {"Authorization": "token " + os.environ["JUPYTER_GATEWAY_AUTH_TOKEN"]}
websocket.create_connection = functools.partial(websocket.create_connection, header=header)
"""

RUN = """
import json, sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, kernel_manager_class=sys.argv[2], timeout=60).execute()
nbformat.validate(notebook)
cells = [[cell.execution_count, cell.outputs] for cell in notebook.cells]
print(json.dumps({"cells": cells, "metadata": notebook.metadata}))
"""

PAPERMILL = """
import json, sys
import nbformat, papermill

made = papermill.execute_notebook(
    sys.argv[1], sys.argv[2], parameters={"n": 3}, kernel_manager_class=sys.argv[3], progress_bar=False
)
cells = nbformat.read(sys.argv[2], 4).cells
print(json.dumps({"cells": [[cell.source, cell.execution_count, cell.outputs] for cell in cells]}))
"""


@pytest.fixture(scope="module", name="served")
def one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """It has had a kernel: jupyter_client's gateway manager fails when the first answer takes more than a second."""
    with serving(tmp_path_factory.mktemp("runners")) as served:
        kernel = cast("dict[str, str]", served.rest("/api/kernels", "POST", {}))
        ask(f"{served.address}/?token={served.token}", f"/api/kernels/{kernel['id']}", "DELETE")
        yield served


def write(path: Path, cells: Sequence[str]) -> str:
    """A notebook with these cells, of which the first holds the parameters and any may fail; its path."""
    code: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {"tags": ["raises-exception", *(["parameters"] if number == 0 else [])]},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(cells)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": code, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return str(path)


def test_users_are_told_how_to_show_the_token() -> None:
    assert f"```python{AUTHENTICATE}```" in (ROOT / "docs" / "server.md").read_text(encoding="utf-8")


def test_nbclient_gets_what_a_local_run_gives(served: Served, tmp_path: Path) -> None:
    notebook = write(tmp_path / "n.ipynb", (*CELLS, FAILS))
    ours = client(served, AUTHENTICATE + RUN, notebook, REMOTE)

    assert "42" in json.dumps(ours)
    assert "ZeroDivisionError" in json.dumps(ours)
    assert ours == client(served, AUTHENTICATE + RUN, notebook, LOCAL)
    assert served.rest("/api/kernels") == []


def test_papermill_gets_what_a_local_run_gives(served: Served, tmp_path: Path) -> None:
    notebook = write(tmp_path / "n.ipynb", CELLS)
    ours = client(served, AUTHENTICATE + PAPERMILL, notebook, str(tmp_path / "ours.ipynb"), REMOTE)

    assert "# Parameters\\nn = 3" in json.dumps(ours)
    assert ours == client(served, AUTHENTICATE + PAPERMILL, notebook, str(tmp_path / "local.ipynb"), LOCAL)
    assert served.rest("/api/kernels") == []
