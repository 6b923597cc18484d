"""What a stock publisher of libzmq drops while its reader is held up: through a socket file, and through a port.

Run it with `python -m bench.stall` from the root of the repository. A process publishes 5,000 messages of about 700
bytes, 10,000 in a second; the reader, ours, does nothing for a while in the middle of it, then reads the rest.
"""

from __future__ import annotations

import platform
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from adrastea.kernels.connection import ConnectionInfo, Ports, new_connection, new_socket_files
from adrastea.protocol.zmtp import Connection

COUNT = 5000
STALLS = (0.05, 0.1, 0.2, 0.4, 0.8)
LAST = [b"the last"]
PUBLISHER = """
import sys, time, zmq
socket = zmq.Context().socket(zmq.PUB)
socket.bind(sys.argv[1])
print("listening", flush=True)
sys.stdin.readline()
begun = time.perf_counter()
for number in range(int(sys.argv[2])):
    socket.send_multipart([b"display_data", b"<IDS|MSG>", b"s" * 64, b"h" * 220, b"p" * 220, b"{}", b"c" * 150])
    while time.perf_counter() - begun < number / 10_000:
        pass
for _ in range(20):  # one of them finds room
    time.sleep(0.1)
    socket.send_multipart([b"the last"])
sys.stdin.readline()
"""


def main() -> int:
    """Measure and print."""
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {COUNT} messages")
    with tempfile.TemporaryDirectory(prefix="b") as folder:
        for stall in STALLS:
            files = new_socket_files("bench", Path(folder))
            for info in (files, new_connection("bench", Ports())):
                if info is not None:
                    print(
                        f"held up for {stall:4.2f} s, {info.transport}: {COUNT - read(info, stall):5} lost", flush=True
                    )
    return 0


def read(info: ConnectionInfo, stall: float) -> int:
    """How many messages came."""
    argv = [sys.executable, "-c", PUBLISHER, info.address("iopub"), str(COUNT)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as publisher:
        assert publisher.stdin is not None  # noqa: S101 -- it is a pipe
        assert publisher.stdout is not None  # noqa: S101
        publisher.stdout.readline()
        place = info.place("iopub")
        with socket.socket(socket.AF_UNIX if isinstance(place, str) else socket.AF_INET) as ours:
            ours.connect(place)
            zmtp = Connection("SUB")
            subscribe(ours, zmtp)
            publisher.stdin.write("go\n")
            publisher.stdin.flush()
            came = 0
            while True:
                messages = zmtp.receive(ours.recv(65536))
                if not came and messages:
                    time.sleep(stall)
                came += sum(message != LAST for message in messages)
                if LAST in messages:
                    break
        publisher.kill()
    return came


def subscribe(ours: socket.socket, zmtp: Connection) -> None:
    """To everything, and wait until that is known."""
    while not zmtp.confirmed:
        while zmtp.outgoing:
            ours.sendall(zmtp.outgoing.pop(0))
        was_ready = zmtp.ready
        zmtp.receive(ours.recv(65536))
        if zmtp.ready and not was_ready:
            zmtp.outgoing.append(zmtp.subscription())
            zmtp.confirm()


if __name__ == "__main__":
    sys.exit(main())
