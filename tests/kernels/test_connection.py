"""Connection files that only their owner can read, and ports that no two kernels share."""

from __future__ import annotations

import json
import os
import resource
import socket
import stat
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.errors import KernelFailed
from adrastea.kernels.connection import (
    ConnectionInfo,
    KernelChannel,
    Ports,
    new_connection,
    new_socket_files,
    pick_ports,
    write,
)

INFO = ConnectionInfo(
    shell_port=1, iopub_port=2, stdin_port=3, control_port=4, hb_port=5, key=b"secret", kernel_name="python3"
)


@contextmanager
def umask(mask: int) -> Generator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def limit(which: int, soft: int) -> Generator[None]:
    before = resource.getrlimit(which)
    resource.setrlimit(which, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(which, before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(("channel", "port"), [("shell", 1), ("iopub", 2), ("stdin", 3), ("control", 4), ("hb", 5)])
def test_each_channel_has_its_own_address(channel: KernelChannel, port: int) -> None:
    assert INFO.address(channel) == f"tcp://127.0.0.1:{port}"


def test_an_ipc_address_is_a_path_and_a_number() -> None:
    assert replace(INFO, transport="ipc", ip="/run/k").address("iopub") == "ipc:///run/k-2"


def test_a_channel_is_a_port_or_a_path_for_the_system() -> None:
    assert INFO.place("iopub") == ("127.0.0.1", 2)
    assert replace(INFO, transport="ipc", ip="/run/k").place("iopub") == "/run/k-2"


def test_socket_files_lie_in_the_folder_and_are_removed(tmp_path: Path) -> None:
    info = new_socket_files("python3", tmp_path)
    assert info is not None
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(info.place("shell")))
        assert [file.parent for file in tmp_path.iterdir()] == [tmp_path]
        info.unlink_sockets()

    assert list(tmp_path.iterdir()) == []
    assert len(info.key) == 64


def test_ports_have_no_files_to_remove(tmp_path: Path) -> None:
    replace(INFO, ip=str(tmp_path / "k")).unlink_sockets()


@pytest.mark.parametrize(("length", "fits"), [(80, True), (130, False)])
def test_a_folder_whose_path_is_too_long_for_a_socket_takes_none(tmp_path: Path, length: int, *, fits: bool) -> None:
    folder = tmp_path / ("x" * (length - len(str(tmp_path)) - 1))

    assert (new_socket_files("python3", folder) is not None) is fits


def test_the_file_holds_what_a_kernel_reads(tmp_path: Path) -> None:
    assert json.loads(write(INFO, tmp_path).read_text(encoding="utf-8")) == {
        "shell_port": 1,
        "iopub_port": 2,
        "stdin_port": 3,
        "control_port": 4,
        "hb_port": 5,
        "ip": "127.0.0.1",
        "transport": "tcp",
        "key": "secret",
        "signature_scheme": "hmac-sha256",
        "kernel_name": "python3",
    }


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_only_the_owner_can_read_the_file_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        path = write(INFO, tmp_path / "runtime")
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_folder_that_others_could_look_into_is_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o755)
    write(INFO, folder)
    assert mode(folder) == 0o700


def test_every_file_has_a_name_of_its_own_and_an_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = {write(INFO, Path("runtime")) for _ in range(10)}
    assert len(paths) == 10
    assert all(path.is_absolute() and path.name.startswith("kernel-") and path.suffix == ".json" for path in paths)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KernelFailed, match="folder for connection files") as raised:
        write(INFO, tmp_path / "file" / "runtime")
    assert str(tmp_path) not in str(raised.value)


def test_a_full_disk_is_a_sentence_and_leaves_no_file(tmp_path: Path) -> None:
    with limit(resource.RLIMIT_FSIZE, 0), pytest.raises(KernelFailed, match="connection file cannot be written"):
        write(INFO, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_not_shown_where_the_connection_is() -> None:
    assert "secret" not in repr(INFO)


def test_a_new_connection_has_five_ports_and_a_key_that_nobody_guesses() -> None:
    ports = Ports()
    first, second = new_connection("python3", ports), new_connection("python3", ports)
    taken = {
        port
        for info in (first, second)
        for port in (info.shell_port, info.iopub_port, info.stdin_port, info.control_port, info.hb_port)
    }
    assert len(taken) == 10
    assert len(first.key) == 64
    assert first.key != second.key
    assert (first.kernel_name, first.ip, first.transport) == ("python3", "127.0.0.1", "tcp")


def test_a_reserved_port_can_be_listened_on() -> None:
    (port,) = Ports().reserve(1)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", port))


def test_no_port_is_handed_out_twice() -> None:
    ports = Ports()
    handed_out = [port for _ in range(200) for port in ports.reserve(5)]
    assert len(set(handed_out)) == 1000


def test_recent_ports_are_passed_over() -> None:
    assert pick_ports([1, 2, 3, 4], recent={1, 3}, count=2) == (2, 4)


def test_no_more_ports_are_asked_for_than_needed() -> None:
    offered = iter([1, 2, 3, 4])
    assert pick_ports(offered, recent={1}, count=2) == (2, 3)
    assert next(offered) == 4


def test_where_a_system_has_few_ports_they_are_used_again() -> None:
    assert pick_ports([1, 2, 3], recent={1, 2}, count=2) == (3, 1)


def test_a_system_that_gives_no_port_is_a_sentence() -> None:
    with limit(resource.RLIMIT_NOFILE, 3), pytest.raises(KernelFailed, match="no free network port"):
        Ports().reserve(5)


@pytest.mark.slow
def test_jupyter_client_understands_the_file(tmp_path: Path) -> None:
    from jupyter_client.blocking.client import BlockingKernelClient  # noqa: PLC0415  # heavy, and for this test only

    info = new_connection("python3", Ports())
    client = BlockingKernelClient()
    client.load_connection_file(str(write(info, tmp_path)))
    assert client.session.key == info.key
    assert [client.shell_port, client.iopub_port, client.hb_port] == [info.shell_port, info.iopub_port, info.hb_port]
