"""What macOS tells of a process and of itself, by libproc and system calls. Not run yet (docs/platforms.md).

Nothing is told of processes of other users, nor of those that have ended, also while their parents keep their numbers.

Source of truth: bsd/sys/proc_info.h, bsd/kern/proc_info.c and, for the machine, bsd/kern/kern_sysctl.c and
bsd/kern/sys_generic.c of https://github.com/apple-oss-distributions/xnu
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

_BSD_INFO: Final = struct.Struct("<12I16s32s5Ii2Q")  # struct proc_bsdinfo
_TASK_INFO: Final = struct.Struct("<6Q12i")  # struct proc_taskinfo
_ASK_BSD_INFO: Final = 3  # PROC_PIDTBSDINFO
_ASK_TASK_INFO: Final = 4  # PROC_PIDTASKINFO
_STATUS: Final = 1
_ENDED: Final = 5  # SZOMB
_RESIDENT: Final = 1
_TEXT_BYTES: Final = 64  # a UUID as text has 36
_WAIT: Final = struct.pack("<2q", 1, 0)  # struct timespec: a second


def begun(pid: int) -> str:
    """As `process_identity.begun`."""
    return begun_in(_info(pid, _ASK_BSD_INFO, _BSD_INFO.size))


def begun_in(info: bytes) -> str:
    """When a process began, in microseconds; empty: there is none, or it has ended. Pure."""
    if len(info) != _BSD_INFO.size:
        return ""
    fields = _BSD_INFO.unpack(info)
    return "" if fields[_STATUS] == _ENDED else str(fields[-2] * 1_000_000 + fields[-1])


def machine() -> str:
    """As `process_identity.machine`. The time of the start would not do: it moves when the clock is set."""
    text, size = ctypes.create_string_buffer(_TEXT_BYTES), ctypes.c_size_t(_TEXT_BYTES)
    ask = _function(
        "sysctlbyname",
        [ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.c_void_p, ctypes.c_size_t],
    )
    return text.value.decode("ascii") if ask(b"kern.bootsessionuuid", text, ctypes.byref(size), None, 0) == 0 else ""


def host() -> str:
    """As `process_identity.host`: the UUID of the hardware. The name would not do: each network gives it another."""
    uuid = ctypes.create_string_buffer(16)
    ask = _function("gethostuuid", [ctypes.c_void_p, ctypes.c_void_p])
    return str(UUID(bytes=uuid.raw)).upper() if ask(uuid, _WAIT) == 0 else ""


def resident_bytes(pid: int) -> int:
    """As `process_identity.resident_bytes`."""
    return resident_bytes_in(_info(pid, _ASK_TASK_INFO, _TASK_INFO.size))


def resident_bytes_in(info: bytes) -> int:
    """How much memory a process holds; 0: there is none. Pure."""
    return int(_TASK_INFO.unpack(info)[_RESIDENT]) if len(info) == _TASK_INFO.size else 0


def _info(pid: int, what: int, size: int) -> bytes:
    info = ctypes.create_string_buffer(size)
    ask = _function("proc_pidinfo", [ctypes.c_int, ctypes.c_int, ctypes.c_uint64, ctypes.c_void_p, ctypes.c_int])
    told: int = ask(pid, what, 0, info, size)  # 0 bytes where it is refused
    return info.raw[:told]


def _function(name: str, arguments: Sequence[Any]) -> Any:  # noqa: ANN401 -- what `ctypes` gives
    function = getattr(ctypes.CDLL(None), name)
    function.argtypes = arguments
    return function
