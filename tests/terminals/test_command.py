"""Which shell is run, and what it does not get to know."""

from __future__ import annotations

from adrastea.terminals.command import command, environment


def test_the_shell_is_the_users_own() -> None:
    assert command({"SHELL": "/bin/zsh"}, lambda _: True, login=False) == ("/bin/zsh",)
    assert command({"SHELL": "/bin/zsh"}, lambda _: True, login=True) == ("/bin/zsh", "-l")


def test_a_shell_that_is_no_program_is_replaced_by_the_systems() -> None:
    assert command({"SHELL": "/bin/gone"}, lambda _: False, login=False) == ("/bin/sh",)
    assert command({"SHELL": "relative"}, lambda _: True, login=False) == ("/bin/sh",)
    assert command({}, lambda _: True, login=False) == ("/bin/sh",)


def test_a_shell_hears_no_secret_and_nothing_of_another_terminal() -> None:
    environ = {
        "ADRASTEA_TOKEN": "x",
        "COLUMNS": "300",
        "HOME": "/home/me",
        "JPY_API_TOKEN": "x",
        "JUPYTERHUB_API_TOKEN": "x",
        "JUPYTER_TOKEN": "x",
        "TERM": "dumb",
    }

    assert environment(environ) == {"HOME": "/home/me", "TERM": "xterm-256color"}
