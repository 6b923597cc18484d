"""Which commands a warm interpreter can stand for."""

import pytest

from adrastea.kernels.python_command import PythonCommand, depends_on_the_folder, read_at_the_start, split

PLAIN = ["-m", "ipykernel_launcher", "-f", "/run/kernel.json"]


def test_the_plain_command_has_two_halves() -> None:
    assert split(["/env/bin/python", *PLAIN]) == PythonCommand(("/env/bin/python",), ("-f", "/run/kernel.json"))


@pytest.mark.parametrize("program", ["/a/python", "/a/python3", "/a/python3.13", "/a/python3.14t"])
def test_every_name_of_python_is_known(program: str) -> None:
    assert split([program, *PLAIN]) is not None


@pytest.mark.parametrize(
    "flags", [["-Xfrozen_modules=off"], ["-X", "frozen_modules=off"], ["-E", "-sB"], ["-W", "error"]]
)
def test_the_interpreters_own_flags_stay_with_it(flags: list[str]) -> None:
    found = split(["/a/python", *flags, *PLAIN])

    assert found is not None
    assert found.interpreter == ("/a/python", *flags)


def test_options_go_to_the_kernel() -> None:
    found = split(["/a/python", *PLAIN, "--debug", "--IPKernelApp.pylab=inline"])

    assert found is not None
    assert found.arguments == ("-f", "/run/kernel.json", "--debug", "--IPKernelApp.pylab=inline")


@pytest.mark.parametrize(
    "argv",
    [
        ["python", *PLAIN],
        ["/a/xpython", "-f", "/run/kernel.json"],
        ["/a/conda", "run", "python", *PLAIN],
        ["/a/python", "kernel.py", *PLAIN],
        ["/a/python", "-c", "1", *PLAIN],
        ["/a/python", "-m", "bash_kernel", "-f", "/run/kernel.json"],
        ["/a/python", "-m", "ipykernel_launcher", "install"],
        ["/a/python", "-m"],
        ["/a/python", "-X"],
        ["/a/python"],
    ],
    ids=" ".join,
)
def test_any_other_command_is_none(argv: list[str]) -> None:
    assert split(argv) is None


def test_what_python_reads_once_is_told_from_the_rest() -> None:
    environ = {"PYTHONPATH": "/x", "LD_LIBRARY_PATH": "/y", "LC_ALL": "C", "HOME": "/h", "HOMEBREW": "z", "TZ": "UTC"}

    assert set(read_at_the_start(environ)) == {"PYTHONPATH", "LD_LIBRARY_PATH", "LC_ALL", "HOME"}


def test_what_ipython_reads_when_a_kernel_begins_may_differ() -> None:
    assert not read_at_the_start({"PYTHONSTARTUP": "/home/me/start.py"})


@pytest.mark.parametrize(
    ("path", "depends"), [("/a:/b", False), ("", False), ("lib", True), ("/a:", True), ("/a:.", True)]
)
def test_a_relative_path_of_modules_is_noticed(path: str, *, depends: bool) -> None:
    assert depends_on_the_folder({"PYTHONPATH": path}) is depends
