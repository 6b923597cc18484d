"""The seam between a kernel and its sockets."""

import subprocess
import sys
from pathlib import Path

import pytest

from adrastea.kernels.channels import Transport, transport
from adrastea.kernels.channels_pyzmq import PyzmqTransport

ROOT = Path(__file__).resolve().parents[2]


def test_kernels_are_served_by_libzmq() -> None:
    chosen: Transport = transport()

    assert isinstance(chosen, PyzmqTransport)


@pytest.mark.slow
def test_libzmq_is_not_loaded_before_there_is_a_kernel() -> None:
    code = (
        "import sys; import adrastea.kernels.kernel, adrastea.kernels.channels as c; c.transport();"
        "print('zmq' in sys.modules)"
    )

    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout == "False\n"
