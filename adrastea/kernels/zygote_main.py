"""Data that we ship, run by the kernelspec's own Python: a warm interpreter that forks kernels on demand.

Imagine being there: this is no part of the house. It is not Adrastea's Python, it may be as old as 3.8, and there is
nothing but its standard library and ipykernel. `zygote.py` starts it with one end of a socket as standard input, and
both write JSON objects, one a line:

    to us                                        from us
    -                                            {"watch": {path: mtime in ns}}  before anything is imported
    -                                            {"ready": {path: mtime in ns}}, or {"unfit": sentence} and the end
    {"fork": id, "argv", "cwd", "env", "log",    {"forked": id, "pid": pid}, or {"refused": id, "why": sentence}
     "parent": 0 for us, 1 for none}
    {"keep": pid}                                -
    {"wait": pid}                                {"ended": pid, "code": exit code, or minus the signal's number}
    {"rest": true}                               -

Guarantees: it forks only while it has exactly one thread, for a fork copies no other; a kernel's number is not free
before somebody has asked how it ended; when nobody listens any more, it ends, and so do its kernels, all but those that
have no parent and of which somebody has said that they are kept. At rest it is a bare interpreter that is still the
parent of its kernels, and refuses to fork.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import json
import os
import signal
import socket
import sys
import time
from typing import Callable, NamedTuple, Protocol

BEFOREHAND = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",  # else each kernel imports it: a quarter of a second, and 26 MB of its own
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "faulthandler",
    "jedi.api",
    "psutil",
    "resource",
    "sqlite3",
    "tornado.platform.asyncio",
)
"""What every kernel imports at its start. Never matplotlib_inline.config: it brings numpy, which starts threads."""

RESTING = "--at-rest"
PR_SET_PDEATHSIG = 1


class Wanted(NamedTuple):
    """The kernel that a fork is to be."""

    argv: list[str]
    cwd: str
    env: dict[str, str]
    log: str
    parent: int


def main() -> None:
    """Serve until nobody listens, or, in the child of a fork, be the kernel."""
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and sys.path[0] == here:
        del sys.path[0]
    link = socket.socket(fileno=os.dup(0))
    if RESTING not in sys.argv:
        say(
            link,
            {"watch": stamps([os.path.realpath(sys.executable), os.path.join(sys.prefix, "pyvenv.cfg"), *sys.path])},
        )
        unfit = warm_up()
        say(link, {"unfit": unfit} if unfit else {"ready": stamps(packages())})
        if unfit:
            return
    parent = os.getpid()
    wanted = serve(link)
    if wanted is not None:
        link.close()
        be_kernel(wanted, parent)


def warm_up() -> str:
    """Import what kernels import. Returns why nothing can be forked from here; empty: it can."""
    gc.disable()  # or it would touch, and so copy, what is shared
    for name in BEFOREHAND:
        try:
            importlib.import_module(name)
        except Exception as error:
            if name == BEFOREHAND[0]:
                return f"It cannot import {name}: {error}"
    gc.collect()
    gc.freeze()
    return tasks()


def tasks() -> str:
    """Why it must not fork now; empty: it may."""
    count = len(os.listdir("/proc/self/task"))
    return "" if count == 1 else f"It has {count} threads, and a fork would copy one."


def packages() -> list[str]:
    """The folders of the packages that kernels are made of."""
    names = ("ipykernel", "IPython", "traitlets", "tornado", "zmq", "jupyter_client", "debugpy")
    files = [getattr(sys.modules.get(name), "__file__", None) for name in names]
    return [os.path.dirname(file) for file in files if file]


def stamps(paths: list[str]) -> dict[str, int]:
    """When each of the paths was last changed; 0 for one that does not exist."""
    found: dict[str, int] = {}
    for path in paths:
        try:
            found[path] = os.stat(path).st_mtime_ns
        except OSError:
            found[path] = 0
    return found


def say(link: socket.socket, word: dict[str, object]) -> None:
    """Write one object. Who does not listen any more need not hear it."""
    with contextlib.suppress(OSError):
        link.sendall(json.dumps(word).encode("ascii") + b"\n")


def serve(link: socket.socket) -> Wanted | None:
    """Do what is asked. Returns None when nobody asks any more, or in the child of a fork what that is to be."""
    pending = b""
    rest = False
    loose: set[int] = set()
    while True:
        chunk = link.recv(65536)
        if not chunk:
            end(loose)
            return None
        *lines, pending = (pending + chunk).split(b"\n")
        for line in lines:
            request = json.loads(line)
            if "wait" in request:
                loose.discard(request["wait"])
                say(link, {"ended": request["wait"], "code": end_of(request["wait"])})
            elif "keep" in request:
                loose.discard(request["keep"])
            elif "rest" in request:
                rest = True
            else:
                why = "It is at rest." if rest or RESTING in sys.argv else tasks()
                pid = -1 if why else os.fork()
                if pid == 0:
                    return Wanted(*[request[name] for name in Wanted._fields])
                loose |= {pid} - {-1}
                say(link, {"refused": request["fork"], "why": why} if why else {"forked": request["fork"], "pid": pid})
        if rest and not (pending or loose) and RESTING not in sys.argv:
            os.execv(sys.executable, [sys.executable, "-I", "-S", os.path.abspath(__file__), RESTING])


def end(loose: set[int]) -> None:
    """Nobody knows of these kernels: whoever asked for them has ended before it could write them down."""
    for pid in loose:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def end_of(pid: int) -> int:
    """How a kernel ended, which lets go of its number."""
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:
        return 0
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def be_kernel(wanted: Wanted, parent: int) -> None:
    """In the child: leave everything of the parent's behind, then be what `python -m ipykernel_launcher` is."""
    os.setsid()
    if wanted.parent:
        parent = wanted.parent
    else:
        end_with(parent)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    redirect(os.devnull, os.O_RDONLY, 0)
    redirect(wanted.log, os.O_WRONLY | os.O_APPEND, 1, 2)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2:  # noqa: PLR2004 -- input, output, errors
            with contextlib.suppress(OSError):  # the one that listed them
                os.close(int(name))
    os.chdir(wanted.cwd)
    os.environ.clear()
    os.environ.update(wanted.env)
    os.environ["JPY_PARENT_PID"] = str(parent)
    time.tzset()
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin if launcher and launcher.origin else "ipykernel_launcher", *wanted.argv]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *wanted.argv]
    if "multiprocessing.process" in sys.modules:  # what its processes know each other by is made once, at its import
        process = sys.modules["multiprocessing.process"]
        process.current_process().authkey = os.urandom(32)
    gc.enable()
    app = importlib.import_module("ipykernel.kernelapp").IPKernelApp
    app.init_iopub = without_a_limit(app.init_iopub)
    # The option's default was read from the environment when the class was made, in our parent.
    app.launch_instance([*wanted.argv, f"--IPKernelApp.parent_handle={parent}"])


def end_with(parent: int) -> None:
    """Have the system end us with our parent; ipykernel looks for that itself, but only later and once a second."""
    importlib.import_module("ctypes").CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def redirect(path: str, flags: int, *descriptors: int) -> None:
    """Have the descriptors lead to the file."""
    opened = os.open(path, flags)
    for descriptor in descriptors:
        os.dup2(opened, descriptor)
    os.close(opened)


class Context(Protocol):
    """A `zmq.Context`."""

    sockopts: dict[int, int]


def without_a_limit(init_iopub: Callable[[object, Context], None]) -> Callable[[object, Context], None]:
    """A kernel drops what its reader has not taken, from about the thousandth message of a burst on. Not ours."""
    limit: int = importlib.import_module("zmq").SNDHWM

    def init(app: object, context: Context) -> None:
        context.sockopts[limit] = 0  # of the sockets that are made from now on
        try:
            init_iopub(app, context)
        finally:
            del context.sockopts[limit]

    return init


if __name__ == "__main__":
    main()
