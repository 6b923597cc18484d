"""What only a browser can make of a notebook: the page's own HTML, and paper.

A browser of the Chromium family that is on this machine is started without a window, with a profile that is thrown
away, for one page; it hands over what the page became, or prints it. Without one, HTML is the plain form
(`plain_html.py`). Each start is a process group of its own, and is ended with all that it has started when it takes too
long or the user has had enough. Main thread of `adrastea export`.

Source of truth: https://developer.chrome.com/docs/chromium/headless (`--dump-dom`, `--print-to-pdf`)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from html import unescape
from pathlib import Path
from typing import Final, Self, TextIO
from urllib.parse import urlencode, urlsplit, urlunsplit

from adrastea import process_group
from adrastea.documents.notebook import Notebook
from adrastea.errors import ConversionFailed, Unavailable
from adrastea.export.plain_html import plain_html

NAMED_BY: Final = "ADRASTEA_BROWSER"
MISSING: Final = (
    f"There is no browser that could print it. Install Chromium, Chrome, Edge or Brave, or name one by {NAMED_BY}; or "
    "open the notebook in the window and print it there."
)
LIMIT_SECONDS: Final = 300.0
"""How long one notebook may take."""
_VIRTUAL_MILLISECONDS: Final = 600_000  # the page's own clock runs on at once while it waits for nothing
_NAMES: Final = (
    *("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"),
    *("microsoft-edge-stable", "microsoft-edge", "msedge", "brave-browser"),
)
_MAC: Final = tuple(
    f"/Applications/{name}.app/Contents/MacOS/{name}"
    for name in ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
)
_WINDOWS: Final = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_OPTIONS: Final = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    f"--virtual-time-budget={_VIRTUAL_MILLISECONDS}",
)
_MADE: Final = ('<pre id="exported">', "</pre>")
_FAILED: Final = ('<pre id="export-failed">', "</pre>")

Served = Callable[[Path], AbstractContextManager[Callable[[], str]]]
"""Serves the page, with a scratch folder for what it keeps; gives addresses, each with what lets one browser in."""


class BrowserPages:
    """Pages of one browser, or of none. To be entered; its scratch folder goes when it is left."""

    def __init__(self, program: Path | None, served: Served, err: TextIO) -> None:
        self._program = program
        self._served = served
        self._err = err
        self._stack = ExitStack()
        self._address: Callable[[], str] | None = None
        self._scratch = Path()

    def __enter__(self) -> Self:
        """Nothing is started before it is needed."""
        folder = tempfile.TemporaryDirectory(prefix="adrastea-export-", ignore_cleanup_errors=True)
        self._scratch = Path(self._stack.enter_context(folder))
        return self

    def __exit__(self, *_: object) -> None:
        """End the server, and remove what was needed meanwhile."""
        self._stack.close()

    def html(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        """The notebook as one HTML file; the plain form where there is no browser, which is said."""
        if self._program is None:
            self._err.write(f"adrastea: {path.name}: no browser was found, so the HTML is plain (export --help)\n")
            return plain_html(notebook, path.stem, with_input=with_input).encode("utf-8", "replace")
        if self._address is None:
            self._address = self._stack.enter_context(self._served(self._scratch))
        asked = page_address(self._address(), path, with_input=with_input)
        return exported(self._run(self._program, ("--dump-dom", asked)).decode("utf-8", "replace")).encode("utf-8")

    def pdf(self, path: Path, notebook: Notebook, *, with_input: bool) -> bytes:
        """The notebook on paper: what `html` makes, printed.

        Raises:
            Unavailable: there is no browser. ConversionFailed: it could not.
        """
        if self._program is None:
            raise Unavailable(MISSING)
        page, printed = self._scratch / "page.html", self._scratch / "page.pdf"
        page.write_bytes(self.html(path, notebook, with_input=with_input))
        printed.unlink(missing_ok=True)
        self._run(self._program, ("--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri()))
        try:
            return printed.read_bytes()
        except FileNotFoundError:
            raise ConversionFailed(f"{self._program.name} has printed nothing.") from None

    def _run(self, program: Path, arguments: Sequence[str]) -> bytes:
        profile = self._scratch / "profile"
        command = [str(program), *_OPTIONS, *_sandbox(), f"--user-data-dir={profile}", *arguments]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            raise ConversionFailed(f"{program.name} cannot be started: {error.strerror}.") from None
        try:
            out, _ = process.communicate(timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            raise ConversionFailed(f"{program.name} has not answered within {LIMIT_SECONDS:.0f} seconds.") from None
        finally:
            _end(process)
        if process.returncode != 0:
            raise ConversionFailed(
                f"{program.name} has ended with code {process.returncode}; started alone it says why."
            )
        return out


def find(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The browser that the user names, else one that is installed; None where there is none.

    Raises:
        Unavailable: the one that is named is not there.
    """
    named = environ.get(NAMED_BY)
    if named:
        there = shutil.which(named, path=environ.get("PATH", ""))
        if there is None:
            raise Unavailable(f"{NAMED_BY} names {named}, and that is no program.")
        return Path(there)
    places = [shutil.which(name, path=environ.get("PATH", "")) for name in _NAMES]
    if platform == "darwin":
        places += [*_MAC, *(f"{environ.get('HOME', '')}{place}" for place in _MAC)]
    if platform == "win32":
        roots = [environ[name] for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData") if name in environ]
        places += [f"{root}\\{place}" for place in _WINDOWS for root in roots]
    return next((Path(place) for place in places if place is not None and Path(place).is_file()), None)


def page_address(address: str, path: Path, *, with_input: bool) -> str:
    """Where the server at `address`, whose root is the whole disk, shows the exported form of a notebook."""
    scheme, host, place, query, _ = urlsplit(address)
    inside = "/".join(path.absolute().parts[1:])
    asked = {"export": inside, "title": path.stem, "input": "1" if with_input else "0"}
    return urlunsplit((scheme, host, place, "&".join(filter(None, (query, urlencode(asked, errors="replace")))), ""))


def exported(page: str) -> str:
    """The file that the page has left in itself (`ui/src/notebook/export/exportPage.ts`).

    Raises:
        ConversionFailed: it could not be made; says what the page says.
    """
    made = _between(page, *_MADE)
    if made is not None:
        return unescape(made).replace("\r\n", "\n")
    failed = _between(page, *_FAILED)
    raise ConversionFailed("The page has not been made." if failed is None else unescape(failed))


def _between(page: str, start: str, end: str) -> str | None:
    _, found, rest = page.partition(start)
    inner, closed, _ = rest.partition(end)  # nothing in it can be the end: it is text
    return inner if found and closed else None


def _sandbox() -> Sequence[str]:
    """Chromium does not start as root with its sandbox, as in containers; what it shows is sanitised by then."""
    is_root = os.name == "posix" and os.geteuid() == 0
    return ("--no-sandbox",) if is_root and sys.platform.startswith("linux") else ()


def _end(process: subprocess.Popen[bytes]) -> None:
    process_group.kill(process)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
