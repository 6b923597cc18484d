"""A kernel's process. All differences between operating systems are in this file.

Guarantees: the kernel has a process group of its own, an empty stdin, and a log file of mode 0600 for what it prints
past Jupyter. Its end is noticed at once, without a thread and without polling (Linux: pidfd, macOS: kqueue); where the
system offers neither, within 0.1 s. What it started goes with it: nothing of its group is left. A signal never
reaches another process that got its number: its parent keeps the number until we have noticed the end, and of one that
is nobody's child any more we look when it began. Server thread only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from adrastea.errors import KernelFailed
from adrastea.kernels import process_identity
from adrastea.kernels.exit import Exit

if sys.platform == "win32":
    import ctypes
else:
    import resource

_OPEN_FILES: Final = 4096
_POLL_SECONDS: Final = 0.1


def start(
    argv: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    log: Path,
    stdin: int | None = None,
    parent: int | None = None,
) -> KernelProcess:
    """Run `argv` in the folder `cwd`; what it prints goes to the new file `log`, what it reads comes from `stdin`.

    A kernel ends with the process `parent`, None: with this one, 1: with none.

    Raises:
        KernelFailed: the program cannot be executed, the folder is gone, or the log file cannot be written.
    """
    started = KernelProcess()
    start_as(started, argv, env, cwd, log, stdin, parent)
    return started


def start_as(
    kernel: KernelProcess,
    argv: Sequence[str],
    env: Mapping[str, str],
    cwd: Path,
    log: Path,
    stdin: int | None = None,
    parent: int | None = None,
) -> None:
    """As `start`, for a process that is on its way.

    Raises:
        KernelFailed: as `start` has it.
    """
    output = create_log(log)
    try:
        launched = _launch(argv, {**env, "JPY_PARENT_PID": str(parent or os.getpid())}, cwd, output, stdin)
    except (OSError, ValueError) as error:
        log.unlink(missing_ok=True)
        raise KernelFailed(_refusal(argv, cwd, error)) from None
    finally:
        os.close(output)
    popen, group = launched
    kernel.runs(popen.pid, group, _Child(popen))


def create_log(log: Path) -> int:
    """Make a new file that only this user can read; a descriptor that adds to it.

    Raises:
        KernelFailed: it cannot be made, or is there already.
    """
    try:
        return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    except OSError as error:
        raise KernelFailed(f"The kernel's log file cannot be written: {error.strerror}.") from None


def allow_many_files() -> int:
    """Raise this process's limit of open files: each kernel costs about ten, and macOS begins with 256. The limit."""
    if sys.platform == "win32":
        return _OPEN_FILES  # it has no such limit
    else:  # noqa: RET505 -- mypy takes the branches of a platform check apart by `else`
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft == resource.RLIM_INFINITY:
            return _OPEN_FILES
        wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return max(soft, wanted)


class Parent(Protocol):
    """Whose child a process is: only its parent learns how it has ended, and keeps its number until then."""

    def has_ended(self) -> bool:
        """Whether it has; asked where the system does not say so by itself."""
        ...

    def wait(self, told: Callable[[Exit], None]) -> None:
        """It has ended: let go of its number, and say on the loop how it was."""
        ...


class KernelProcess:
    """A process and the group around it, or one that is on its way. Belongs to the server thread."""

    def __init__(self) -> None:
        self.pid = 0
        """Its number; 0 while it is on its way."""
        self.note = "a new process"
        """How it came about, for the log and whoever looks for a fault."""
        self._group: Group | None = None
        self._exit: Exit | None = None
        self._callbacks: list[Callable[[Exit], None]] = []
        self._on_run: list[Callable[[int], None]] = []
        self._loop = asyncio.get_running_loop()

    def runs(self, pid: int, group: Group, parent: Parent) -> None:
        """It is there: watch over it. Called once, by whoever starts it."""
        self.pid, self._group = pid, group
        if self._exit is None:
            self._watch(pid, group, parent)
            callbacks, self._on_run = self._on_run, []
            for callback in callbacks:
                callback(pid)
        else:  # nobody has wanted to wait for it
            group.kill()
            parent.wait(lambda _: group.close())

    def never_ran(self) -> None:
        """It will not come. Called instead of `runs`."""
        self._ended(Exit())

    def __str__(self) -> str:
        return f"{self.note}{f', {self.pid}' if self.pid else ''}"

    @property
    def exit(self) -> Exit | None:
        """How it has ended; None while it runs."""
        return self._exit

    def on_run(self, callback: Callable[[int], None]) -> None:
        """Call `callback` with its number when it is there, at once if it is already."""
        if self.pid:
            callback(self.pid)
        else:
            self._on_run.append(callback)

    def on_exit(self, callback: Callable[[Exit], None]) -> None:
        """Call `callback` on the loop when the process has ended, soon if it has already."""
        if self._exit is None:
            self._callbacks.append(callback)
        else:
            self._loop.call_soon(callback, self._exit)

    def interrupt(self) -> None:
        """As Ctrl-C in a terminal: the kernel and what it has started. Nothing happens before it runs, or after."""
        if self._exit is None and self._group is not None:
            self._group.interrupt()

    def terminate(self) -> None:
        """Ask the whole group to end, where the system can ask; else like `kill`. Nothing happens after the end."""
        if self._exit is None and self._group is not None:
            self._group.terminate()
        else:
            self._loop.call_soon(self._ended, Exit())

    def kill(self) -> None:
        """End the whole group without asking. Nothing happens after the end."""
        if self._exit is None and self._group is not None:
            self._group.kill()
        else:
            self._loop.call_soon(self._ended, Exit())

    def _watch(self, pid: int, group: Group, parent: Parent) -> None:
        over = partial(self._over, group, parent)
        try:
            descriptor, close = _watched_end(pid)
        except OSError:
            self._poll(parent, over)
        else:
            self._loop.add_reader(descriptor, self._readable, descriptor, close, over)

    def _readable(self, descriptor: int, close: Callable[[], None], over: Callable[[], None]) -> None:
        self._loop.remove_reader(descriptor)
        close()
        over()

    def _poll(self, parent: Parent, over: Callable[[], None]) -> None:
        if parent.has_ended():
            over()
        else:
            self._loop.call_later(_POLL_SECONDS, self._poll, parent, over)

    def _over(self, group: Group, parent: Parent) -> None:
        group.kill()  # before `wait`: until then the system gives the number to nobody else
        parent.wait(self._ended)

    def _ended(self, end: Exit) -> None:
        if self._exit is not None:
            return
        self._exit = end
        if self._group is not None:
            self._group.close()
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback(end)


class _Child:
    """The parent is this process."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self._popen = popen

    def has_ended(self) -> bool:
        return self._popen.poll() is not None

    def wait(self, told: Callable[[Exit], None]) -> None:
        code = self._popen.wait()
        told(Exit(signal=-code) if code < 0 else Exit(code))


def _refusal(argv: Sequence[str], cwd: Path, error: OSError | ValueError) -> str:
    if not cwd.is_dir():
        return f"The kernel's folder {cwd.name!r} does not exist any more, or is no folder."
    if isinstance(error, ValueError):
        return f"The kernel's command cannot be executed: {error}."
    if not os.access(cwd, os.X_OK):
        return f"The kernel's folder {cwd.name!r} cannot be entered: {error.strerror}."
    if isinstance(error, FileNotFoundError):
        return f"The kernel's program {argv[0]!r} was not found. Install it, or mend its kernelspec."
    return f"The kernel's program {argv[0]!r} cannot be executed: {error.strerror}. Mend its kernelspec."


def _watched_end(pid: int) -> tuple[int, Callable[[], None]]:
    """A file descriptor that becomes readable when the process has ended, and what closes it.

    Raises:
        OSError: the system has none, or none any more for this process.
    """
    if sys.platform == "linux":
        descriptor = os.pidfd_open(pid)
        return descriptor, partial(os.close, descriptor)
    elif sys.platform == "darwin":  # noqa: RET505 -- mypy takes the branches of a platform check apart by `elif`
        queue = select.kqueue()
        end = select.kevent(pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD | select.KQ_EV_ONESHOT, select.KQ_NOTE_EXIT)
        try:
            queue.control([end], 0)
        except OSError:
            queue.close()
            raise
        return queue.fileno(), queue.close
    else:
        raise OSError


if sys.platform != "win32":

    class Group:
        """The process group that the kernel leads, which is also its session."""

        def __init__(self, leader: int, begun: str = "") -> None:
            """`begun`: when the leader did, where no parent keeps its number (`process_identity.py`)."""
            self._leader = leader
            self._begun = begun

        def interrupt(self) -> None:
            """As Ctrl-C in a terminal."""
            self._send(signal.SIGINT)

        def terminate(self) -> None:
            """Ask, where the system can."""
            self._send(signal.SIGTERM)

        def kill(self) -> None:
            """End it without asking."""
            self._send(signal.SIGKILL)

        def close(self) -> None:
            """Nobody needs it any more."""

        def _send(self, number: signal.Signals) -> None:
            if self._begun and process_identity.begun(self._leader) not in {self._begun, ""}:
                return  # another process has the number, and so nobody of the group is left
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left (macOS says: not allowed)
                os.killpg(self._leader, number)

    def _heed_interrupts() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def _launch(
        argv: Sequence[str], env: Mapping[str, str], cwd: Path, output: int, stdin: int | None
    ) -> tuple[subprocess.Popen[bytes], Group]:
        ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN  # whoever started us in the background did that
        popen = subprocess.Popen(
            argv,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL if stdin is None else stdin,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_heed_interrupts if ignored else None,  # noqa: PLW1509 -- there is no other way
        )
        return popen, Group(popen.pid)

else:
    _CREATE_NO_WINDOW: Final = 0x08000000
    _SYNCHRONIZE: Final = 0x00100000
    _NO: Final = 0

    class Group:
        """A job: it holds the kernel and all that it starts. An event interrupts; a kernel waits for it (ipykernel)."""

        def __init__(self, popen: subprocess.Popen[bytes], event: int) -> None:
            self._event = event
            self._job = _kernel32().CreateJobObjectW(None, None)
            handle: int = popen._handle  # type: ignore[attr-defined] # noqa: SLF001 -- the only way
            _kernel32().AssignProcessToJobObject(self._job, handle)

        def interrupt(self) -> None:
            """As Ctrl-C in a terminal."""
            _kernel32().SetEvent(self._event)

        def terminate(self) -> None:
            """Ask, where the system can."""
            self.kill()  # Windows has no way to ask a process without a window

        def kill(self) -> None:
            """End it without asking."""
            if self._job != _NO:
                _kernel32().TerminateJobObject(self._job, 1)

        def close(self) -> None:
            """Nobody needs it any more."""
            for handle in (self._job, self._event):
                _kernel32().CloseHandle(handle)
            self._job = self._event = _NO

    def _launch(
        argv: Sequence[str], env: Mapping[str, str], cwd: Path, output: int, stdin: int | None
    ) -> tuple[subprocess.Popen[bytes], Group]:
        event = _inherited(_kernel32().CreateEventW(None, _NO, _NO, None))
        parent = _inherited(_kernel32().OpenProcess(_SYNCHRONIZE, _NO, os.getpid()))
        handles = {"JPY_INTERRUPT_EVENT": str(event), "IPY_INTERRUPT_EVENT": str(event), "JPY_PARENT_PID": str(parent)}
        startup = subprocess.STARTUPINFO()
        startup.lpAttributeList = {"handle_list": [event, parent]}
        try:
            popen = subprocess.Popen(
                argv,
                cwd=cwd,
                env={**env, **handles},
                stdin=subprocess.DEVNULL if stdin is None else stdin,
                stdout=output,
                stderr=output,
                startupinfo=startup,
                creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | _CREATE_NO_WINDOW,
            )
        except BaseException:
            _kernel32().CloseHandle(event)
            raise
        finally:
            _kernel32().CloseHandle(parent)
        return popen, Group(popen, event)

    def _inherited(handle: int) -> int:
        os.set_handle_inheritable(handle, True)  # noqa: FBT003 -- takes it by position only
        return handle

    def _kernel32() -> ctypes.WinDLL:
        library = ctypes.WinDLL("kernel32", use_last_error=True)
        for name in ("CreateJobObjectW", "CreateEventW", "OpenProcess"):
            getattr(library, name).restype = ctypes.c_void_p
        for name in ("SetEvent", "CloseHandle"):
            getattr(library, name).argtypes = [ctypes.c_void_p]
        library.AssignProcessToJobObject.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        library.TerminateJobObject.argtypes = [ctypes.c_void_p, ctypes.c_uint]
        return library
