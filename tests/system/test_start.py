"""What stands in the way of a start, and what the program does about it: displays, libraries, disks, other users.

Where only the system's administrator can bring a fault about, a namespace of the test's own stands for it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from tests.fakes.display import NUMBER, display, x11
from tests.system.display import screen
from tests.system.program import COMMAND, LIMIT_SECONDS, ask, program

pytestmark = pytest.mark.slow

NOBODY = 65534
INSTEAD = "Adrastea uses the browser instead; 'adrastea doctor' says more."


def in_a_namespace(preparation: str, *values: object) -> Sequence[str]:
    """The program, where a shell has mounted something before; `values` are `$1` and so on."""
    rights = [] if os.geteuid() == 0 else ["--map-root-user"]
    counted = len(values)
    shell = f'set -e\n{preparation}\nshift {counted}\nexec "$@"'
    return ["unshare", *rights, "--mount", "sh", "-c", shell, "sh", *map(str, values), *COMMAND]


# Displays and libraries


def test_a_display_that_takes_connections_and_says_nothing_does_not_hold_it_up(tmp_path: Path) -> None:
    with display(x11(), None), program(tmp_path, environ={"DISPLAY": f":{NUMBER}"}) as running:
        assert running.line().startswith(f"The display does not answer. {INSTEAD}")
        assert ask(running.url()).status == 302


def test_without_typelibs_it_uses_the_browser(tmp_path: Path) -> None:
    folders = [folder for folder in Path("/usr/lib").rglob("girepository-1.0") if folder.is_dir()]
    hide = "\n".join(f"mount -t tmpfs none {folder}" for folder in folders)
    with screen() as shown:
        environ = {"DISPLAY": shown.name, "BROWSER": "true"}
        with program(tmp_path, environ=environ, command=in_a_namespace(hide)) as running:
            assert running.line().endswith(f"{INSTEAD} Ctrl-C ends it.")
            assert ask(running.url()).status == 302


def test_without_the_library_it_uses_the_browser(tmp_path: Path) -> None:
    files = [file for folder in ("/usr/lib", "/lib") for file in Path(folder).rglob("libwebkit2gtk-4.*.so.*")]
    hide = "\n".join(f"mount --bind /dev/null {file}" for file in {file.resolve() for file in files})
    with screen() as shown:
        environ = {"DISPLAY": shown.name, "BROWSER": "true"}
        with program(tmp_path, environ=environ, command=in_a_namespace(hide)) as running:
            assert running.line().startswith("WebKitGTK is not installed")
            assert ask(running.url()).status == 302


# Disks


@pytest.mark.parametrize(
    ("options", "fill", "reason"),
    [
        ("size=64k", 'dd if=/dev/zero of="$1/state/full" bs=4k 2>/dev/null || true', "No space left on device"),
        ("ro", "", "Read-only file system"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("serve", ".")])
def test_with_a_state_folder_that_cannot_be_written_it_starts_and_says_so(
    tmp_path: Path, options: str, fill: str, reason: str, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "state").mkdir()
    command = in_a_namespace(f'mount -t tmpfs -o {options} none "$1/state"\n{fill}', tmp_path)
    with program(tmp_path, *arguments, command=command) as running:
        url = running.url()

        assert ask(url, "/").status in {200, 302}
        assert reason in running.errors()
        assert "A temporary folder is used" in running.errors()
        assert "Traceback" not in running.errors()
        running.end()
        assert running.popen.returncode == 0


def test_a_runtime_folder_on_a_full_disk_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    full = 'mount -t tmpfs -o size=64k,nr_inodes=2 none "$1/run"\nmkdir -m 700 "$1/run/adrastea"'
    with program(tmp_path, command=in_a_namespace(full, tmp_path)) as running:
        assert running.wait() == 1
        assert "cannot be used: No space left on device" in running.errors()
        assert "XDG_RUNTIME_DIR" in running.errors()
        assert running.errors().count("\n") == 1


# What was left, and what is taken


def test_what_a_crash_has_left_is_no_obstacle(tmp_path: Path) -> None:
    with program(tmp_path) as running:
        running.url()
        running.kill("")
        running.wait()
    with program(tmp_path) as running:
        assert ask(running.url()).status == 302
        assert running.errors() == ""


def test_a_port_that_another_program_has_taken_is_passed_over(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "state" / "adrastea").mkdir(parents=True)
        (tmp_path / "state" / "adrastea" / "port").write_text(str(port), encoding="ascii")
        with program(tmp_path) as running:
            url = running.url()

            assert f":{port}/" not in url
            assert ask(url).status == 302


# Other users of the machine


@pytest.fixture
def shared() -> Generator[Path]:
    """A folder that every user can reach, as /run/user is."""
    folder = Path(tempfile.mkdtemp(prefix="shared-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def home_of_another(shared: Path) -> Path:
    """A home for a second user; made by the first, given away where the first may."""
    home = shared / "other"
    home.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    return home


def as_another() -> Sequence[str]:
    """What stands before a command so that another user runs it; nothing where we may not."""
    if os.geteuid() != 0:
        return ()
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def test_everything_that_could_let_somebody_in_is_this_user_s_alone(tmp_path: Path) -> None:
    with program(tmp_path, environ={"XDG_RUNTIME_DIR": str(tmp_path / "run")}) as running:
        running.url()

        runtime = tmp_path / "run" / "adrastea"
        files = [path for path in runtime.rglob("*") if path.is_file()]
        assert {"instance.json", "instance.lock"} <= {path.name for path in files}
        for folder in (runtime, tmp_path / "state" / "adrastea", tmp_path / "state" / "adrastea" / "logs"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
        for file in files:
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_second_user_can_neither_read_nor_reach_the_first_one_s_instance(shared: Path) -> None:
    """Where the test may not become another user, the second start is the first user's own, and is let in."""
    other, runtime = home_of_another(shared), shared / "first" / "run"
    with program(shared / "first") as first:
        first.url()
        for folder in (shared / "first", runtime):
            folder.chmod(0o755)
        command, environ = [*as_another(), *COMMAND], {"XDG_RUNTIME_DIR": str(runtime)}
        with program(other, "n.ipynb", environ=environ, command=command) as second:
            second.popen.communicate(timeout=LIMIT_SECONDS)
            reading = program(other, command=[*as_another(), "cat", f"{runtime}/adrastea/instance.json"])
            with reading as reader:
                secret, _ = reader.popen.communicate(timeout=LIMIT_SECONDS)

        is_another = bool(as_another())
        assert (second.popen.returncode, reader.popen.returncode) == ((1, 1) if is_another else (0, 0))
        assert (b"secret" in secret) == (not is_another)


def test_who_does_not_know_the_secret_is_not_answered(tmp_path: Path) -> None:
    with program(tmp_path) as running:
        running.url()
        where = json.loads((tmp_path / "run" / "adrastea" / "instance.json").read_text(encoding="utf-8"))
        with socket.create_connection(("127.0.0.1", where["port"]), LIMIT_SECONDS) as stranger:
            stranger.sendall(b'{"secret": "guessed", "paths": ["/etc/passwd"]}\n')

            assert stranger.recv(100) == b""


@pytest.mark.parametrize("fault", ["link", "open", "foreign"])
def test_a_runtime_folder_that_others_could_have_prepared_is_refused(shared: Path, fault: str) -> None:
    runtime = shared / "run" / "adrastea"
    runtime.parent.mkdir()
    if fault == "link":
        (shared / "elsewhere").mkdir()
        runtime.symlink_to(shared / "elsewhere")
    else:
        runtime.mkdir()
        runtime.chmod(0o777)
    if fault == "foreign" and os.geteuid() == 0:
        os.chown(runtime, NOBODY, NOBODY)
    with program(shared / "home", environ={"XDG_RUNTIME_DIR": str(runtime.parent)}) as running:
        assert running.wait() == 1
        assert running.errors().startswith("adrastea: ")
        assert running.errors().count("\n") == 1
        assert str(runtime) in running.errors()
