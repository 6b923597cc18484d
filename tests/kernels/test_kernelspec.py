"""Kernelspecs: found in real folders, read defensively, turned into a command and an environment."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from adrastea.errors import NotFound, ProtocolError
from adrastea.kernels.jupyter_paths import Interpreter
from adrastea.kernels.kernelspec import KernelSpec, KernelSpecs, command, environment, parse

PYTHON = Interpreter("/opt/py/bin/python", Path("/opt/py"))
ARGV = ["python3", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
SPEC = KernelSpec("k", ("prog", "{connection_file}"), "K", "python", Path("/specs/k"))
FILE = Path("/run/kernel-1.json")


def install(folder: Path, name: str, **fields: object) -> Path:
    """Make a kernelspec; a field that is None is left out."""
    raw = {"argv": ["prog", "{connection_file}"], "display_name": name.title(), "language": "x", **fields}
    return install_bytes(
        folder, name, json.dumps({key: value for key, value in raw.items() if value is not None}).encode()
    )


def install_bytes(folder: Path, name: str, data: bytes) -> Path:
    resource_dir = folder / name
    resource_dir.mkdir(parents=True)
    (resource_dir / "kernel.json").write_bytes(data)
    return resource_dir


def specs(*folders: Path, python: Interpreter = PYTHON) -> KernelSpecs:
    return KernelSpecs(folders, python)


def environment_at(prefix: Path, *programs: str) -> Path:
    """Make a virtual environment, as far as its files tell; returns its folder of kernelspecs."""
    (prefix / "bin").mkdir(parents=True)
    (prefix / "pyvenv.cfg").touch()
    for program in programs:
        (prefix / "bin" / program).touch(mode=0o755)
    return prefix / "share" / "jupyter" / "kernels"


def test_a_kernelspec_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    resource_dir = install(
        tmp_path,
        "full",
        argv=["run", "{connection_file}"],
        display_name="Full",
        language="lang",
        interrupt_mode="message",
        env={"A": "1", "B": 2},
        metadata={"debugger": True},
    )
    assert specs(tmp_path).get("full") == KernelSpec(
        name="full",
        argv=("run", "{connection_file}"),
        display_name="Full",
        language="lang",
        resource_dir=resource_dir,
        interrupt_mode="message",
        env={"A": "1", "B": "2"},
        metadata={"debugger": True},
        prefix="/opt/py",
    )


def test_what_a_kernelspec_leaves_out_has_a_default(tmp_path: Path) -> None:
    install(tmp_path, "bare", display_name=None, language=None)
    spec = specs(tmp_path).get("bare")
    assert (spec.display_name, spec.language, spec.interrupt_mode) == ("bare", "", "signal")
    assert (spec.env, spec.metadata) == ({}, {})


def test_the_first_folder_wins(tmp_path: Path) -> None:
    install(tmp_path / "a", "python3", display_name="first")
    install(tmp_path / "b", "python3", display_name="second")
    install(tmp_path / "b", "ir", display_name="R")
    found = specs(tmp_path / "a", tmp_path / "b").all()
    assert {name: spec.display_name for name, spec in found.items()} == {"python3": "first", "ir": "R"}


def test_names_are_lower_case_and_asked_for_in_any_case(tmp_path: Path) -> None:
    install(tmp_path, "IJulia-1.9")
    assert list(specs(tmp_path).all()) == ["ijulia-1.9"]
    assert specs(tmp_path).get("iJULIA-1.9").name == "ijulia-1.9"


def test_what_is_no_kernelspec_is_passed_over_in_silence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    install(tmp_path, "good")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").touch()
    assert list(specs(tmp_path / "missing", tmp_path / "file.txt", tmp_path).all()) == ["good"]
    assert caplog.records == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b'{"argv": ["a"], "display_name": "\xff"}', "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "argv"),
        (b'{"argv": []}', "argv"),
        (b'{"argv": "python"}', "argv"),
        (b'{"argv": ["python", 1]}', "argv"),
        (b'{"argv": ["a"], "display_name": 1}', "display_name"),
        (b'{"argv": ["a"], "language": null}', "language"),
        (b'{"argv": ["a"], "interrupt_mode": "shout"}', "interrupt_mode"),
        (b'{"argv": ["a"], "env": []}', "env"),
        (b'{"argv": ["a"], "env": {"A": null}}', "A"),
        (b'{"argv": ["a"], "env": {"A": true}}', "A"),
        (b'{"argv": ["a"], "metadata": 1}', "metadata"),
        (b'{"argv": ["a"], "metadata": {"kernel_provisioner": {"provisioner_name": "k8s"}}}', "kernel_provisioner"),
    ],
)
def test_a_broken_kernelspec_is_named_and_does_not_break_the_list(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, data: bytes, reason: str
) -> None:
    install_bytes(tmp_path, "broken", data)
    install(tmp_path, "good")
    assert list(specs(tmp_path).all()) == ["good"]
    assert reason in caplog.text
    assert "broken" in caplog.text


def test_an_unreadable_kernelspec_does_not_break_the_list(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "odd" / "kernel.json").mkdir(parents=True)
    install(tmp_path, "good")
    assert list(specs(tmp_path).all()) == ["good"]
    assert "odd" in caplog.text


def test_a_broken_kernelspec_is_logged_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    install_bytes(tmp_path, "broken", b"{")
    found = specs(tmp_path)
    for _ in range(3):
        found.all()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_broken_kernelspec_does_not_hide_a_good_one_of_its_name(tmp_path: Path) -> None:
    install_bytes(tmp_path / "a", "python3", b"{")
    install(tmp_path / "b", "python3", display_name="good")
    assert specs(tmp_path / "a", tmp_path / "b").get("python3").display_name == "good"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    install_bytes(tmp_path, "bom", b'\xef\xbb\xbf{"argv": ["a"]}')
    assert specs(tmp_path).get("bom").argv == ("a",)


def test_the_interrupt_mode_is_understood_in_any_case() -> None:
    assert parse("k", Path("/k"), b'{"argv": ["a"], "interrupt_mode": "Message"}').interrupt_mode == "message"


def test_the_provisioner_of_this_machine_is_ours() -> None:
    data = b'{"argv": ["a"], "metadata": {"kernel_provisioner": {"provisioner_name": "local-provisioner"}}}'
    assert parse("k", Path("/k"), data).argv == ("a",)
    with pytest.raises(ProtocolError):
        parse("k", Path("/k"), data.replace(b"local", b"cloud"))


def test_a_kernel_installed_while_we_run_is_found(tmp_path: Path) -> None:
    found = specs(tmp_path)
    assert found.all() == {}
    install(tmp_path, "late")
    assert list(found.all()) == ["late"]


def test_an_unknown_kernel_is_refused_with_a_list_of_what_there_is(tmp_path: Path) -> None:
    install(tmp_path, "python3")
    install(tmp_path, "ir")
    with pytest.raises(NotFound, match=r"no kernel named 'julia'.*Installed: ir, python3\."):
        specs(tmp_path).get("julia")


@pytest.mark.parametrize("name", ["", ".", "..", "../good", "good/", "/etc", "\0"])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    install(tmp_path, "good")
    with pytest.raises(NotFound):
        specs(tmp_path).get(name)


def test_without_any_kernel_the_sentence_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pip install ipykernel"):
        specs(tmp_path).get("python3")
    with pytest.raises(NotFound, match="pip install ipykernel"):
        specs(tmp_path).default()


def test_python3_is_the_default_wherever_it_stands(tmp_path: Path) -> None:
    install(tmp_path, "ir")
    install(tmp_path, "python3")
    assert specs(tmp_path).default().name == "python3"


def test_without_python3_the_first_kernel_is_the_default(tmp_path: Path) -> None:
    install(tmp_path / "a", "zsh")
    install(tmp_path / "b", "ir")
    assert specs(tmp_path / "a", tmp_path / "b").default().name == "zsh"


def test_the_placeholders_of_a_command_are_filled_in() -> None:
    spec = replace(SPEC, argv=("{prefix}/bin/run", "--f={connection_file}", "{resource_dir}/x"), prefix="/p")
    assert command(spec, FILE) == ["/p/bin/run", "--f=/run/kernel-1.json", "/specs/k/x"]


def test_other_braces_in_a_command_stay() -> None:
    spec = replace(SPEC, argv=("sh", "-c", "{ echo {unknown} {} ${HOME} {0}; }"))
    assert command(spec, FILE)[2] == "{ echo {unknown} {} ${HOME} {0}; }"


def test_a_placeholder_in_a_path_is_not_filled_in_twice() -> None:
    spec = replace(SPEC, argv=("{resource_dir}",), resource_dir=Path("/specs/{connection_file}"))
    assert command(spec, FILE) == ["/specs/{connection_file}"]


@pytest.mark.parametrize("name", ["python", "python3", f"python3.{sys.version_info.minor}"])
def test_a_bare_python_is_our_python(tmp_path: Path, name: str) -> None:
    install(tmp_path, "k", argv=[name, *ARGV[1:]])
    assert command(specs(tmp_path).get("k"), FILE) == ["/opt/py/bin/python", *ARGV[1:-1], str(FILE)]


@pytest.mark.parametrize("name", ["/usr/bin/python3", "python2", "julia", "./python", "python3.4"])
def test_any_other_program_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    install(tmp_path, "k", argv=[name])
    assert command(specs(tmp_path).get("k"), FILE) == [name]


def test_a_bare_python_in_an_environment_is_the_environments_python(tmp_path: Path) -> None:
    folder = environment_at(tmp_path / "env", "python3")
    install(folder, "k", argv=ARGV)
    spec = specs(folder).get("k")
    assert command(spec, FILE)[0] == str(tmp_path / "env" / "bin" / "python3")
    assert spec.prefix == str(tmp_path / "env")
    assert spec.argv[0] == "python3"


def test_any_bare_program_of_an_environment_is_found_there(tmp_path: Path) -> None:
    folder = environment_at(tmp_path / "env", "xcpp")
    install(folder, "cpp", argv=["xcpp"])
    install(folder, "other", argv=["elsewhere"])
    assert command(specs(folder).get("cpp"), FILE) == [str(tmp_path / "env" / "bin" / "xcpp")]
    assert command(specs(folder).get("other"), FILE) == ["elsewhere"]


def test_an_environment_without_python_leaves_it_to_ours(tmp_path: Path) -> None:
    folder = environment_at(tmp_path / "env")
    install(folder, "k", argv=ARGV)
    assert command(specs(folder).get("k"), FILE)[0] == "/opt/py/bin/python"


def test_an_installation_of_python_counts_as_an_environment(tmp_path: Path) -> None:
    library = tmp_path / "usr" / "lib" / "python3.9"
    library.mkdir(parents=True)
    (library / "os.py").touch()
    (tmp_path / "usr" / "bin").mkdir()
    (tmp_path / "usr" / "bin" / "python3").touch(mode=0o755)
    folder = tmp_path / "usr" / "share" / "jupyter" / "kernels"
    install(folder, "k", argv=ARGV)
    assert command(specs(folder).get("k"), FILE)[0] == str(tmp_path / "usr" / "bin" / "python3")


def test_the_users_own_folder_is_no_environment_even_with_programs_in_it(tmp_path: Path) -> None:
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    (tmp_path / ".local" / "bin" / "python3").touch(mode=0o755)
    folder = tmp_path / ".local" / "share" / "jupyter" / "kernels"
    install(folder, "k", argv=ARGV)
    spec = specs(folder).get("k")
    assert (command(spec, FILE)[0], spec.prefix) == ("/opt/py/bin/python", "/opt/py")


def test_in_our_own_environment_python_is_the_one_that_runs_us(tmp_path: Path) -> None:
    folder = environment_at(tmp_path / "env", "python3")
    install(folder, "k", argv=ARGV)
    ours = Interpreter(str(tmp_path / "env" / "bin" / "python3.99"), tmp_path / "env")
    assert command(specs(folder, python=ours).get("k"), FILE)[0] == ours.executable


def test_the_environment_of_a_kernel_is_ours_and_the_kernelspecs() -> None:
    spec = replace(SPEC, env={"A": "1", "PATH": "/own:${PATH}", "M": "$MISSING ${MISSING} $$5"})
    assert environment(spec, {"PATH": "/bin", "HOME": "/h"}) == {
        "HOME": "/h",
        "A": "1",
        "PATH": "/own:/bin",
        "M": "$MISSING ${MISSING} $5",
    }


def test_the_environment_that_is_handed_in_stays_as_it_was() -> None:
    environ = {"PATH": "/bin"}
    environment(replace(SPEC, env={"PATH": "/own"}), environ)
    assert environ == {"PATH": "/bin"}


def test_a_python_kernel_does_not_learn_of_another_python() -> None:
    environ = {"PYTHONEXECUTABLE": "/other/python"}
    assert environment(SPEC, environ) == {}
    assert environment(replace(SPEC, language="R"), environ) == environ


def test_the_kernel_of_this_environment_is_found_and_would_run_in_it() -> None:
    spec = KernelSpecs().get("python3")
    assert Path(command(spec, FILE)[0]).is_file()
    assert "ipykernel_launcher" in command(spec, FILE)
    assert command(spec, FILE)[-1] == str(FILE)


@pytest.mark.slow
def test_jupyter_client_finds_the_same_kernels_and_runs_the_same_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyter_client.manager import KernelManager  # noqa: PLC0415  # heavy, and for this test only

    install(tmp_path / "a" / "kernels", "Mixed.Case", argv=ARGV, display_name="first")
    install(tmp_path / "b" / "kernels", "mixed.case", argv=["other"])
    install(tmp_path / "b" / "kernels", "braces", argv=["{prefix}/x", "{resource_dir}", "{what}", "{connection_file}"])
    install_bytes(tmp_path / "b" / "kernels", "broken", b"{")
    monkeypatch.setenv("JUPYTER_PATH", f"{tmp_path}/a:{tmp_path}/b")
    ours = KernelSpecs().all()
    for name in ("mixed.case", "braces", "python3"):
        manager = KernelManager(kernel_name=name, connection_file=str(tmp_path / "c.json"))
        theirs = manager.kernel_spec
        assert theirs is not None
        assert (theirs.display_name, Path(theirs.resource_dir)) == (ours[name].display_name, ours[name].resource_dir)
        assert manager.format_kernel_cmd() == command(ours[name], tmp_path / "c.json")


def test_a_kernel_whose_kernel_json_is_broken_is_told_with_what_is_wrong(tmp_path: Path) -> None:
    install(tmp_path, "good")
    install_bytes(tmp_path, "broken", b"{")

    with pytest.raises(NotFound, match=r"The kernel.json of 'broken' cannot be used: It is not valid JSON. Mend it."):
        specs(tmp_path).get("broken")
