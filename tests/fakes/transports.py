"""Which transport the test is run with: the fixture `each_transport` (conftest.py) runs it once with each."""

from __future__ import annotations

import os
from typing import Final

from adrastea.kernels.channels import Transport, transport

VARIABLE: Final = "ADRASTEA_TEST_TRANSPORT"


def chosen() -> Transport:
    """A transport; the default one where the test is not run with each."""
    match os.environ.get(VARIABLE):
        case "native":
            return transport("native")
        case "pyzmq":
            return transport("pyzmq")
        case _:
            return transport()
