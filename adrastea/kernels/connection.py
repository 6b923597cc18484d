"""Where a kernel's five channels are and which key they are signed with; the file that tells the kernel so.

Whoever reads the file can run code in the kernel, so it has mode 0600 from its first byte and lies in a folder of mode
0700; so do the sockets' files. `Ports` never gives the same port to two kernels that start one after the other.

Source of truth: https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
import sys
from collections import deque
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from adrastea.errors import KernelFailed, StartFailed
from adrastea.private_folder import private_folder
from adrastea.protocol.wire import CHANNELS, DEFAULT_SCHEME, Channel

KernelChannel: TypeAlias = Channel | Literal["hb"]
"""The four channels that carry messages, and the heartbeat."""

LOOPBACK: Final = "127.0.0.1"

_REMEMBERED_PORTS: Final = 8192
"""Half of the ports that the smallest system (macOS, Windows: 16,384) hands out by itself."""
_SPARE_OFFERS: Final = 64
_KEY_BYTES: Final = 32
_ANSWER_SECONDS: Final = 0.5  # of this machine itself; only a stopped process with a full queue takes longer
_MOST_PATH_BYTES: Final = 107 if sys.platform == "linux" else 103  # of a socket, without the zero at its end


@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """What the two ends of a kernel's channels agree on."""

    shell_port: int
    iopub_port: int
    stdin_port: int
    control_port: int
    hb_port: int
    key: bytes = field(repr=False)
    """Signs every message; ASCII. Empty: nothing is signed."""
    kernel_name: str = ""
    """The name of the kernelspec."""
    ip: str = LOOPBACK
    """An IP address; for `ipc` the beginning of the sockets' paths."""
    transport: Literal["tcp", "ipc"] = "tcp"
    signature_scheme: str = DEFAULT_SCHEME
    again: bytes = b""
    """Random, for a kernel that takes nobody under the name of one who has gone; in no file."""

    def address(self, channel: KernelChannel) -> str:
        """Where the channel is, as ZeroMQ writes it: `tcp://127.0.0.1:50001`, `ipc:///run/x/kernel-1`."""
        return f"{self.transport}://{self.ip}{':' if self.transport == 'tcp' else '-'}{self._port(channel)}"

    def place(self, channel: KernelChannel) -> str | tuple[str, int]:
        """Where the channel is, as the system's sockets take it: an address and a port, or a path."""
        port = self._port(channel)
        return (self.ip, port) if self.transport == "tcp" else f"{self.ip}-{port}"

    @property
    def identity(self) -> bytes:
        """By what the kernel knows us on its sockets.

        For one run the same, so that what it still has to say finds whoever takes it over; for no two the same.
        """
        return b"adrastea-" + hashlib.sha256(b"identity" + self.again + self.key).hexdigest()[:16].encode("ascii")

    def to_json(self) -> str:
        """The connection file's text."""
        fields: dict[str, str | int] = {
            "shell_port": self.shell_port,
            "iopub_port": self.iopub_port,
            "stdin_port": self.stdin_port,
            "control_port": self.control_port,
            "hb_port": self.hb_port,
            "ip": self.ip,
            "key": self.key.decode("ascii"),
            "transport": self.transport,
            "signature_scheme": self.signature_scheme,
            "kernel_name": self.kernel_name,
        }
        return json.dumps(fields, indent=2) + "\n"

    def unlink_sockets(self) -> None:
        """The kernel has ended: remove its sockets' files, where they are files."""
        if self.transport == "ipc":
            channels: tuple[KernelChannel, ...] = (*CHANNELS, "hb")
            for channel in channels:
                Path(f"{self.ip}-{self._port(channel)}").unlink(missing_ok=True)

    def _port(self, channel: KernelChannel) -> int:
        ports: dict[KernelChannel, int] = {
            "shell": self.shell_port,
            "iopub": self.iopub_port,
            "stdin": self.stdin_port,
            "control": self.control_port,
            "hb": self.hb_port,
        }
        return ports[channel]


class Ports:
    """Reserves ports on the loopback address. Belongs to the server thread; the program has one."""

    def __init__(self) -> None:
        self._recent: deque[int] = deque(maxlen=_REMEMBERED_PORTS)

    def reserve(self, count: int) -> tuple[int, ...]:
        """Ports that are free now and, while there are such, none of the last 8192 handed out.

        A system may offer a port again as soon as nobody listens on it, and a kernel takes a while to listen.

        Raises:
            KernelFailed: the system has no free port.
        """
        with ExitStack() as open_until_done:  # so that the system offers each port once
            offered = (_free_port(open_until_done) for _ in range(count + _SPARE_OFFERS))
            found = pick_ports(offered, self._recent, count)
        self._recent.extend(found)
        return found


def pick_ports(offered: Iterable[int], recent: Collection[int], count: int) -> tuple[int, ...]:
    """The first `count` of the offered ports that are not recent; where they do not suffice, recent ones fill up."""
    fresh: list[int] = []
    stale: list[int] = []
    for port in offered:
        (stale if port in recent else fresh).append(port)
        if len(fresh) == count:
            break
    return tuple([*fresh, *stale][:count])


def new_connection(kernel_name: str, ports: Ports) -> ConnectionInfo:
    """Five ports of this machine's loopback address and a new key.

    Raises:
        KernelFailed: the system has no free port.
    """
    shell, iopub, stdin, control, heartbeat = ports.reserve(5)
    return ConnectionInfo(shell, iopub, stdin, control, heartbeat, _new_key(), kernel_name)


def new_socket_files(kernel_name: str, folder: Path) -> ConnectionInfo | None:
    """Five sockets in `folder` and a new key; None where the system has no such sockets, or the paths are too long."""
    prefix = str(folder.resolve() / f"k{secrets.token_hex(6)}")
    if not hasattr(socket, "AF_UNIX") or len(os.fsencode(prefix)) + 2 > _MOST_PATH_BYTES:
        return None
    return ConnectionInfo(1, 2, 3, 4, 5, _new_key(), kernel_name, prefix, "ipc")


def write(info: ConnectionInfo, folder: Path) -> Path:
    """Write a connection file of a new name into `folder`, which is made when it is missing. Returns its absolute path.

    Raises:
        KernelFailed: the folder or the file cannot be written.
    """
    try:
        path = private_folder(folder).resolve() / f"kernel-{secrets.token_hex(8)}.json"
    except StartFailed:
        sentence = (
            "The folder for connection files cannot be used. Set XDG_RUNTIME_DIR to a folder that only you can write."
        )
        raise KernelFailed(sentence) from None
    text = info.to_json()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(text)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise KernelFailed(f"The kernel's connection file cannot be written: {error.strerror}.") from None
    return path


def read(path: Path) -> ConnectionInfo:
    """What a connection file says that `write` has written, or the kernel since.

    Raises:
        KernelFailed: it is gone, or makes no sense.
    """
    try:
        fields = json.loads(path.read_bytes())
        return ConnectionInfo(
            shell_port=int(fields["shell_port"]),
            iopub_port=int(fields["iopub_port"]),
            stdin_port=int(fields["stdin_port"]),
            control_port=int(fields["control_port"]),
            hb_port=int(fields["hb_port"]),
            key=str(fields["key"]).encode("ascii"),
            kernel_name=str(fields.get("kernel_name", "")),
            ip=str(fields["ip"]),
            transport="ipc" if fields["transport"] == "ipc" else "tcp",
            signature_scheme=str(fields["signature_scheme"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise KernelFailed("The kernel's connection file is gone, or makes no sense.") from None


def answers(path: Path) -> bool:
    """Whether somebody listens where this connection file says, on this machine. Returns at once."""
    try:
        place = read(path).place("shell")
        with socket.socket(socket.AF_UNIX if isinstance(place, str) else socket.AF_INET, socket.SOCK_STREAM) as asked:
            asked.settimeout(_ANSWER_SECONDS)
            return asked.connect_ex(place) == 0
    except (KernelFailed, OSError, AttributeError):  # a system without sockets that are files
        return False


def _new_key() -> bytes:
    return secrets.token_hex(_KEY_BYTES).encode("ascii")


def _free_port(open_until_done: ExitStack) -> int:
    try:
        listener = open_until_done.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
        listener.bind((LOOPBACK, 0))
    except OSError as error:
        raise KernelFailed(f"There is no free network port for the kernel: {error.strerror}.") from None
    _, port = listener.getsockname()
    return int(port)
