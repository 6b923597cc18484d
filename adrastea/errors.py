"""Every error that we raise on purpose. Each carries a sentence that the user may read and act on.

    AppError
    ├── BadRequest            what was asked for makes no sense (HTTP 400)
    │   └── InvalidNotebook   a file that is not a notebook; knows the line
    ├── Unauthorized          no or wrong credentials (401)
    ├── Forbidden             credentials are fine, the deed is not (403)
    │   └── XsrfMissing       a cookie alone: the page has to show that it can read the other one
    ├── TooManyAttempts       too many wrong secrets from one address; knows how long to wait (429)
    ├── NotFound              no such file, kernel, kernelspec, session or cell (404)
    │   └── PackageMissing    the environment of a kernel lacks a package that could be installed into it
    ├── Conflict              it exists already, or is in use (409)
    │   └── ChangedOnDisk     the file is no longer the one that we read
    ├── ProtocolError         bytes from outside that do not follow the protocol (400)
    ├── StorageFailed         the disk refused: full, read-only, gone (507)
    ├── KernelFailed          a kernel could not be started; knows what it printed (422)
    ├── ConversionFailed      nbconvert could not make of a notebook what was wanted (422)
    ├── Unavailable           it is there, and cannot answer now (503)
    └── StartFailed           the program itself cannot start: port in use, unreadable settings (exit code 1)

The numbers are HTTP statuses; `server/handler.py` is the one place that maps them.
"""

from __future__ import annotations


class AppError(Exception):
    """The root. `str(error)` is one sentence for the user, without a traceback or an absolute path of the server."""


class BadRequest(AppError):
    """What was asked for makes no sense."""


class InvalidNotebook(BadRequest):
    """The bytes are not a notebook.

    Attributes:
        line: where the trouble is, counted from 1; 0 when the file as a whole is at fault.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Unauthorized(AppError):
    """No credentials, or wrong ones."""


class Forbidden(AppError):
    """Known, and still not allowed."""


class XsrfMissing(Forbidden):
    """A cookie came without the `_xsrf` token that only our own page can read."""


class TooManyAttempts(AppError):
    """Too many wrong secrets came from one address.

    Attributes:
        seconds: how long to wait before the next try.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong attempts. Try again in {seconds} second{'' if seconds == 1 else 's'}.")
        self.seconds = seconds


class NotFound(AppError):
    """No such file, kernel, kernelspec, session or cell."""


class PackageMissing(NotFound):
    """The environment of a kernel lacks a package; it could be installed."""


class Conflict(AppError):
    """It exists already, or is in use."""


class ChangedOnDisk(Conflict):
    """The file is no longer the one that we read (S3)."""


class ProtocolError(AppError):
    """Bytes that do not follow the protocol (P2)."""


class StorageFailed(AppError):
    """The disk refused: full, read-only, too long a name, or gone."""


class KernelFailed(AppError):
    """A kernel could not be started.

    Attributes:
        log: the last lines that the kernel printed, possibly empty.
    """

    def __init__(self, message: str, log: str = "") -> None:
        super().__init__(message)
        self.log = log


class ConversionFailed(AppError):
    """nbconvert could not make of a notebook what was wanted."""


class Unavailable(AppError):
    """It exists, and cannot answer now."""


class StartFailed(AppError):
    """The program cannot start; `str(error)` says what to do about it."""
