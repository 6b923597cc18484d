"""The command line as values: `Desktop`, `Serve`, `Export`, `Password`, `Doctor`. Help and version texts are here too.

adrastea [PATH …]           open files or a folder in the window
adrastea serve [DIR] …      serve notebooks to a browser or any Jupyter client, in the foreground
adrastea export FILE … --to html|py|md|pdf   notebooks in other formats
adrastea password           choose the password that the login page of `serve` asks for
adrastea doctor [--json]    what was found on this machine, what is missing, how to mend it
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from adrastea.about import one_line
from adrastea.errors import StartFailed
from adrastea.settings import TransportName

_DESCRIPTION = "Adrastea: a small, fast application for Jupyter notebooks."
_EPILOG = """examples:
  adrastea                          the welcome page, or what is already running
  adrastea trees.ipynb              open a notebook
  adrastea ~/projects/forest        open a folder
  adrastea serve ~/projects         serve a folder to a browser: 'adrastea serve --help'
  adrastea export trees.ipynb --to html   a notebook in another format: 'adrastea export --help'
  adrastea password                 choose a password for 'adrastea serve'
  adrastea doctor                   what was found, what is missing, how to mend it
A file that is called 'serve', 'export', 'password' or 'doctor' is opened by './serve' and so on."""
_SERVE_DESCRIPTION = (
    "Serve notebooks in the foreground. One line with the address says that it answers. Ctrl-C ends it."
)
_CHOOSING_DESCRIPTION = (
    "Choose the password that the login page of 'adrastea serve' asks for. A hash of it is kept in a file that only "
    "you can read. Whoever is logged in has to log in again, also in a server that runs."
)
_DOCTOR_DESCRIPTION = (
    "What was found on this machine, what is missing and how to mend it. Changes nothing and sends nothing. "
    "The exit code is 0 when everything that serving and a kernel need is there, else 1."
)
_EXPORT_DESCRIPTION = (
    "Notebooks in other formats: HTML in one file, a script in the percent format, Markdown, or PDF. Results are "
    "written beside the notebooks; nothing is run and nothing is sent."
)
_EXPORT_EPILOG = """HTML and PDF are made by a browser that is on this machine (Chromium, Chrome, Edge, Brave);
ADRASTEA_BROWSER names one. Without one there is no PDF, and HTML is plain: code has no colours, and
text and formulas stand as they were written.

examples:
  adrastea export trees.ipynb --to html
  adrastea export *.ipynb --to md --output pages/
  adrastea export trees.ipynb --to py --output - | python3 -

The exit code is 0 when everything was exported, 1 when something was not, 2 for a wrong command, 130 after Ctrl-C.
Whatever was not finished leaves no file."""

Format: TypeAlias = Literal["html", "py", "md", "pdf"]


@dataclass(frozen=True, slots=True)
class Desktop:
    """Open the window, or hand the paths to the window that is open."""

    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Serve:
    """Serve `root` without a window. None means: as the settings file says."""

    root: Path
    ip: str | None = None
    port: int | None = None
    token: str | None = None
    base_url: str | None = None
    transport: str | None = None
    protected: bool | None = None
    certfile: Path | None = None
    keyfile: Path | None = None
    keep_kernels: bool | None = None
    open_browser: bool = False

    def settings(self) -> dict[str, object]:
        """What was given, by the names of `Settings`."""
        return {
            "root": self.root,
            "ip": self.ip,
            "port": self.port,
            "token": self.token,
            "base_url": self.base_url,
            "transport": self.transport,
            "protected": self.protected,
            "certfile": self.certfile,
            "keyfile": self.keyfile,
            "keep_kernels": self.keep_kernels,
        }


@dataclass(frozen=True, slots=True)
class Export:
    """Write notebooks in another format."""

    paths: tuple[Path, ...]
    to: Format
    output: Path | None = None
    """None means beside each notebook."""
    into_folder: bool = False
    """Whether `output` is a folder, which need not be there yet."""
    to_stdout: bool = False
    with_input: bool = True
    """Whether code is shown, not only what came of it."""
    embed: bool = False
    """Whether images of Markdown are in the text."""
    force: bool = False
    """Whether files that are there are replaced."""


@dataclass(frozen=True, slots=True)
class Password:
    """Choose a password, or have none any more."""

    remove: bool = False


@dataclass(frozen=True, slots=True)
class Doctor:
    """Look at this machine and say what is missing."""

    as_json: bool = False


Command: TypeAlias = Desktop | Serve | Export | Password | Doctor


def parse(argv: list[str]) -> Command:
    """The command in `argv` (without the program's name).

    Raises:
        SystemExit: after `--help` or `--version` (code 0), or with a usage message (code 2).
        StartFailed: a path is relative to a folder that does not exist any more.
    """
    if argv[:1] == ["serve"]:
        return _serve(argv[1:])
    if argv[:1] == ["export"]:
        return _export(argv[1:])
    if argv[:1] == ["password"]:
        return _password(argv[1:])
    if argv[:1] == ["doctor"]:
        return _doctor(argv[1:])
    parser = argparse.ArgumentParser(
        "adrastea", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=one_line())
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a notebook, another file, or a folder")
    given = parser.parse_args(argv)
    return Desktop(tuple(map(_absolute, given.paths)))


def _serve(argv: list[str]) -> Serve:
    parser = argparse.ArgumentParser("adrastea serve", description=_SERVE_DESCRIPTION)
    parser.add_argument(
        "root", metavar="DIR", nargs="?", type=Path, default=Path(), help="the folder (default: this one)"
    )
    parser.add_argument("--ip", help="the address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--port", type=_port, help="the port; 0 takes a free one (default: 0)")
    parser.add_argument("--token", help="the secret that clients must show (default: a new one for each run)")
    parser.add_argument("--base-url", help="the path that all addresses begin with (default: /)")
    parser.add_argument(
        "--transport", choices=get_args(TransportName), help="how kernels are spoken to, for comparison"
    )
    parser.add_argument(
        "--protected", action="store_true", default=None, help="ask for a login on this machine too: print no token"
    )
    parser.add_argument("--certfile", type=Path, help="a certificate in PEM: speak TLS (https)")
    parser.add_argument("--keyfile", type=Path, help="its private key in PEM (default: in the file of the certificate)")
    parser.add_argument(
        "--keep-kernels",
        action="store_true",
        default=None,
        help="at the end leave the kernels running: the next start in this folder has them again",
    )
    browser = parser.add_mutually_exclusive_group()
    browser.add_argument("--browser", action="store_true", help="open the address in the default browser")
    browser.add_argument("--no-browser", action="store_true", help="do not (this is the default)")
    given = parser.parse_args(argv)
    if not given.root.is_dir():
        parser.error(f"{given.root} is not a folder. Name the folder that holds your notebooks.")
    return Serve(
        root=_absolute(given.root),
        ip=given.ip,
        port=given.port,
        token=given.token,
        base_url=given.base_url,
        transport=given.transport,
        protected=given.protected,
        certfile=None if given.certfile is None else _absolute(given.certfile),
        keyfile=None if given.keyfile is None else _absolute(given.keyfile),
        keep_kernels=given.keep_kernels,
        open_browser=given.browser,
    )


def _export(argv: list[str]) -> Export:
    parser = argparse.ArgumentParser(
        "adrastea export",
        description=_EXPORT_DESCRIPTION,
        epilog=_EXPORT_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", metavar="NOTEBOOK", nargs="+", type=Path, help="a notebook (.ipynb)")
    parser.add_argument(
        "--to", required=True, choices=get_args(Format), help="py is a script in the notebook's language"
    )
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="a file, a folder (it ends with /, or is there), or - for stdout"
    )
    parser.add_argument("--no-input", action="store_true", help="leave the code out: text and outputs only")
    parser.add_argument("--embed", action="store_true", help="md: images in the text, not in a folder beside it")
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    given = parser.parse_args(argv)
    to_stdout = given.output == "-"
    if given.no_input and given.to == "py":
        parser.error("--no-input would leave nothing of a script. Choose html, md or pdf.")
    if to_stdout and len(given.paths) > 1:
        parser.error("stdout takes one notebook. Name a folder for several: --output FOLDER/")
    output = None if given.output is None or to_stdout else _absolute(Path(given.output))
    is_folder = output is not None and (str(given.output).endswith(("/", os.sep)) or output.is_dir())
    if len(given.paths) > 1 and output is not None and not is_folder:
        parser.error(f"{given.output} would hold one of {len(given.paths)} notebooks. Name a folder: --output FOLDER/")
    return Export(
        paths=tuple(map(_absolute, given.paths)),
        to=given.to,
        output=output,
        into_folder=is_folder,
        to_stdout=to_stdout,
        with_input=not given.no_input,
        embed=given.embed or to_stdout,
        force=given.force,
    )


def _password(argv: list[str]) -> Password:
    parser = argparse.ArgumentParser("adrastea password", description=_CHOOSING_DESCRIPTION)
    parser.add_argument("--remove", action="store_true", help="have no password any more; the token is asked for")
    return Password(parser.parse_args(argv).remove)


def _doctor(argv: list[str]) -> Doctor:
    parser = argparse.ArgumentParser("adrastea doctor", description=_DOCTOR_DESCRIPTION)
    parser.add_argument("--json", action="store_true", help="for programs and bug reports: one JSON object")
    return Doctor(parser.parse_args(argv).json)


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except FileNotFoundError:
        raise StartFailed("The current folder does not exist any more. Change to another one.") from None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:  # noqa: PLR2004 -- the largest port
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 0 to 65535")
    return int(text)
