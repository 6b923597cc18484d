"""Settings: defaults, then the file, then the command line; what makes no sense is a sentence and not a traceback."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from adrastea import settings
from adrastea.errors import StartFailed
from adrastea.settings import SETTING_NAMES, Folder, Settings, folder, load_settings


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment whose home is empty."""
    return {"HOME": str(tmp_path / "home")}


def write(environ: Mapping[str, str], data: str | bytes) -> Path:
    path = folder("config", environ) / "settings.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    path.chmod(0o600)
    return path


def test_without_a_file_everything_has_its_default(environ: dict[str, str]) -> None:
    loaded = load_settings({}, environ)
    assert (loaded.ip, loaded.port, loaded.token, loaded.base_url) == ("127.0.0.1", 0, "", "/")
    assert (loaded.default_kernel, loaded.autosave_seconds, loaded.show_hidden) == ("", 1.0, False)
    assert loaded.root == Path.cwd().resolve()


def test_only_this_machine_can_reach_the_server_by_default() -> None:
    assert Settings().ip == "127.0.0.1"


def test_the_file_changes_the_defaults(environ: dict[str, str]) -> None:
    write(
        environ,
        'ip = "::1"\nport = 8888\ntoken = "secret"\nbase_url = "nb"\ndefault_kernel = "ir"\n'
        'autosave_seconds = 5\nshow_hidden = true\ntransport = "native"\n',
    )
    loaded = load_settings(None, environ)
    assert (loaded.ip, loaded.port, loaded.token, loaded.base_url) == ("::1", 8888, "secret", "/nb/")
    assert (loaded.default_kernel, loaded.autosave_seconds, loaded.show_hidden) == ("ir", 5, True)
    assert loaded.transport == "native"


def test_the_command_line_is_stronger_than_the_file(environ: dict[str, str], tmp_path: Path) -> None:
    write(environ, 'port = 8888\ntoken = "file"\n')
    loaded = load_settings({"port": 0, "token": None, "root": tmp_path}, environ)
    assert (loaded.port, loaded.token, loaded.root) == (0, "file", tmp_path.resolve())


def test_a_folder_of_settings_given_on_the_command_line_is_the_one_that_is_read(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("port = 9999\n", encoding="utf-8")
    loaded = load_settings({"config_dir": tmp_path}, environ)
    assert (loaded.config_dir, loaded.port) == (tmp_path, 9999)


@pytest.mark.parametrize("name", ["root", "config_dir", "state_dir", "runtime_dir", "Port", "colour", "autosave"])
def test_a_setting_that_the_file_may_not_hold_is_named(environ: dict[str, str], name: str) -> None:
    write(environ, f'{name} = "x"\n')
    with pytest.raises(StartFailed, match=rf"unknown setting '{name}'.*Known: ip, port"):
        load_settings({}, environ)


@pytest.mark.parametrize(
    "line",
    [
        'port = "8888"',
        "port = 88.5",
        "port = true",
        "ip = 127",
        "token = 1234",
        "base_url = []",
        "default_kernel = {}",
        'autosave_seconds = "1"',
        "autosave_seconds = true",
        "show_hidden = 1",
        'show_hidden = "yes"',
        "token = 2026-01-02",
    ],
)
def test_a_value_of_the_wrong_type_is_named(environ: dict[str, str], line: str) -> None:
    write(environ, line)
    with pytest.raises(StartFailed, match=rf"{line.partition(' ')[0]}.*wrong type"):
        load_settings({}, environ)


@pytest.mark.parametrize(
    "data",
    [
        "port = ",
        "port 1",
        "a = 1\na = 2",
        b"\xff\xfep\0o\0",
        'ip = "\0"',
        "ip = " + "[" * 100_000,
        "port = " + "9" * 5000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_a_broken_file_is_named_with_what_to_do(environ: dict[str, str], data: str | bytes) -> None:
    path = write(environ, data)
    with pytest.raises(StartFailed, match=r"cannot be read.*Mend it or move it away") as raised:
        load_settings({}, environ)
    assert str(path) in str(raised.value)


def test_a_file_that_cannot_be_opened_is_named(environ: dict[str, str]) -> None:
    (folder("config", environ) / "settings.toml").mkdir(parents=True)
    with pytest.raises(StartFailed, match="cannot be read"):
        load_settings({}, environ)


def test_a_byte_order_mark_does_no_harm(environ: dict[str, str]) -> None:
    write(environ, b"\xef\xbb\xbfport = 1\n")
    assert load_settings({}, environ).port == 1


@pytest.mark.parametrize("port", [-1, 65536, 2**70])
def test_a_port_that_does_not_exist_is_refused(environ: dict[str, str], port: int) -> None:
    with pytest.raises(StartFailed, match=f"{port} does not exist"):
        load_settings({"port": port}, environ)


@pytest.mark.parametrize("port", [0, 1, 65535])
def test_a_port_that_exists_is_taken(environ: dict[str, str], port: int) -> None:
    assert load_settings({"port": port}, environ).port == port


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "0.0.0.0", "::", "::1", "[::1]", "fe80::1%eth0", "localhost", "a-b.example", "*"]
)
def test_an_address_or_a_name_can_be_listened_on(environ: dict[str, str], ip: str) -> None:
    assert load_settings({"ip": ip}, environ).ip == ip


@pytest.mark.parametrize(
    "ip", ["", " ", "a b", "a..b", ".", "127.0.0.1\n", "a\0b", "x" * 64, "*.example", "http://a", "ä"]
)
def test_what_cannot_be_an_address_is_refused(environ: dict[str, str], ip: str) -> None:
    with pytest.raises(StartFailed, match="no address to listen on"):
        load_settings({"ip": ip}, environ)


@pytest.mark.parametrize("token", ["a b", "a\n", "tök", "\0", " "])
def test_a_token_that_a_header_cannot_carry_is_refused_and_not_shown(environ: dict[str, str], token: str) -> None:
    with pytest.raises(StartFailed, match="token may hold") as raised:
        load_settings({"token": token}, environ)
    assert token == " " or token not in str(raised.value)


@pytest.mark.parametrize(("line", "mode"), [('token = "secret"', 0o600), ("port = 1", 0o644)])
def test_a_file_that_holds_a_token_is_closed_to_others(environ: dict[str, str], line: str, mode: int) -> None:
    path = write(environ, line)
    path.chmod(0o644)

    load_settings({}, environ)

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_file_with_a_token_that_cannot_be_closed_to_others_is_refused_with_what_to_do(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(environ, 'token = "secret"').chmod(0o644)

    def refuse(self: Path, mode: int) -> None:
        raise PermissionError(mode)

    monkeypatch.setattr(Path, "chmod", refuse)  # as a disk does that is read-only, or somebody else's file
    with pytest.raises(StartFailed, match=r"Others can read the token.*chmod 600"):
        load_settings({}, environ)


def test_a_certificate_in_the_file_lies_beside_it_unless_its_path_is_absolute(environ: dict[str, str]) -> None:
    path = write(environ, 'certfile = "tls/cert.pem"\nkeyfile = "/etc/key.pem"\nprotected = true\n')

    loaded = load_settings({}, environ)

    assert (loaded.certfile, loaded.keyfile) == (path.parent / "tls" / "cert.pem", Path("/etc/key.pem"))
    assert loaded.protected


def test_a_key_without_a_certificate_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(StartFailed, match="--certfile"):
        load_settings({"keyfile": Path("/etc/key.pem")}, environ)


def test_other_pages_and_names_are_let_in_by_lists(environ: dict[str, str]) -> None:
    write(
        environ, 'allow_origin = ["https://a.example", "*"]\nallow_origin_pat = "https://b"\nlocal_hostnames = ["nb"]'
    )

    loaded = load_settings({}, environ)

    assert (loaded.allow_origin, loaded.allow_origin_pat) == (("https://a.example", "*"), "https://b")
    assert loaded.local_hostnames == ("nb",)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('allow_origin = ["lab.example"]', "no origin"),
        ('allow_origin = ["https://lab.example/"]', "no origin"),
        ('allow_origin = [""]', "no origin"),
        ("allow_origin = [1]", "list of texts"),
        ('allow_origin = "https://lab.example"', "wrong type"),
        ('allow_origin_pat = "("', "no regular expression"),
        ('local_hostnames = ["https://a"]', "no name of a host"),
        ('local_hostnames = ["*"]', "no name of a host"),
    ],
)
def test_other_pages_and_names_that_make_no_sense_are_refused(environ: dict[str, str], line: str, wanted: str) -> None:
    write(environ, line)

    with pytest.raises(StartFailed, match=wanted):
        load_settings({}, environ)


@pytest.mark.parametrize("seconds", ["-1", "-0.1", "nan", "inf", "-inf"])
def test_a_pause_before_saving_that_makes_no_sense_is_refused(environ: dict[str, str], seconds: str) -> None:
    write(environ, f"autosave_seconds = {seconds}\n")
    with pytest.raises(StartFailed, match="autosave_seconds must be 0 or more"):
        load_settings({}, environ)


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf"])
def test_a_time_without_use_that_makes_no_sense_is_refused(environ: dict[str, str], seconds: str) -> None:
    write(environ, f"cull_idle_seconds = {seconds}\n")
    with pytest.raises(StartFailed, match="cull_idle_seconds must be 0 or more"):
        load_settings({}, environ)


def test_saving_at_once_is_possible(environ: dict[str, str]) -> None:
    write(environ, "autosave_seconds = 0\n")
    assert load_settings({}, environ).autosave_seconds == 0


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "/"),
        ("/", "/"),
        ("//", "/"),
        ("nb", "/nb/"),
        ("/nb", "/nb/"),
        ("nb/", "/nb/"),
        ("/user/ada@example.org/", "/user/ada@example.org/"),
        ("//a/b.c//", "/a/b.c/"),
        ("/..a/a..b/", "/..a/a..b/"),
    ],
)
def test_the_base_url_begins_and_ends_with_a_slash(environ: dict[str, str], given: str, expected: str) -> None:
    assert load_settings({"base_url": given}, environ).base_url == expected


@pytest.mark.parametrize(
    "given", ["a b", "/a?b", "/a#b", "a//b", "..", "/a/../b", "/.", 'a"b', "<a>", "a\\b", "a;b", "a\n", "ä"]
)
def test_a_base_url_that_is_no_plain_path_is_refused(environ: dict[str, str], given: str) -> None:
    with pytest.raises(StartFailed, match="not a plain path"):
        load_settings({"base_url": given}, environ)


def test_a_transport_that_does_not_exist_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(StartFailed, match="Use native or pyzmq"):
        load_settings({"transport": "pigeon"}, environ)


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_root_that_is_no_folder_is_refused(environ: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartFailed, match="is not a folder"):
        load_settings({"root": tmp_path / name}, environ)


def test_the_root_is_absolute_and_has_its_links_resolved(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert load_settings({"root": tmp_path / "link"}, environ).root == (tmp_path / "real").resolve()


def test_a_current_folder_that_is_gone_is_a_sentence_and_not_needed_when_a_root_is_given(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(StartFailed, match="current folder does not exist"):
        load_settings({}, environ)
    assert load_settings({"root": tmp_path}, environ).root == tmp_path.resolve()


def test_the_token_is_not_shown_where_the_settings_are() -> None:
    assert "geheim" not in repr(Settings(token="geheim"))


def test_every_setting_is_documented_beside_its_field() -> None:
    assert "token" in SETTING_NAMES
    assert len(SETTING_NAMES) <= 30
    assert settings.__file__ is not None
    text = Path(settings.__file__).read_text(encoding="utf-8")
    for name in SETTING_NAMES:
        _, _, after = text.partition(f"\n    {name}: ")
        assert after.split("\n", 2)[1].startswith('    """'), name


@pytest.mark.parametrize(
    ("kind", "environ", "expected"),
    [
        ("config", {"HOME": "/h"}, "/h/.config/adrastea"),
        ("state", {"HOME": "/h"}, "/h/.local/state/adrastea"),
        ("runtime", {"HOME": "/h"}, "/h/.local/state/adrastea/runtime"),
        ("config", {"HOME": "/h", "XDG_CONFIG_HOME": "/c"}, "/c/adrastea"),
        ("state", {"HOME": "/h", "XDG_STATE_HOME": "/s"}, "/s/adrastea"),
        ("runtime", {"HOME": "/h", "XDG_STATE_HOME": "/s"}, "/s/adrastea/runtime"),
        ("runtime", {"HOME": "/h", "XDG_RUNTIME_DIR": "/r", "XDG_STATE_HOME": "/s"}, "/r/adrastea"),
        ("state", {"XDG_STATE_HOME": "/s"}, "/s/adrastea"),
    ],
)
def test_on_linux_the_folders_are_those_of_xdg(kind: Folder, environ: dict[str, str], expected: str) -> None:
    assert folder(kind, environ, "linux") == Path(expected)


@pytest.mark.parametrize("value", ["relative", "./x", "", "~/x"])
def test_a_relative_xdg_folder_is_void(value: str) -> None:
    environ = {"HOME": "/h", "XDG_CONFIG_HOME": value, "XDG_STATE_HOME": value, "XDG_RUNTIME_DIR": value}
    assert folder("config", environ, "linux") == Path("/h/.config/adrastea")
    assert folder("runtime", environ, "linux") == Path("/h/.local/state/adrastea/runtime")


def test_on_macos_the_folders_are_in_application_support() -> None:
    support = Path("/h/Library/Application Support/Adrastea")
    environ = {"HOME": "/h", "XDG_CONFIG_HOME": "/c"}
    assert [folder(kind, environ, "darwin") for kind in ("config", "state", "runtime")] == [
        support,
        support / "state",
        support / "runtime",
    ]


def test_on_windows_the_folders_are_in_application_data() -> None:
    environ = {"APPDATA": "/roaming", "LOCALAPPDATA": "/local"}
    assert folder("config", environ, "win32") == Path("/roaming/Adrastea")
    assert folder("state", environ, "win32") == Path("/local/Adrastea/state")
    assert folder("config", {"USERPROFILE": "/u"}, "win32") == Path("/u/AppData/Roaming/Adrastea")
    assert folder("runtime", {"USERPROFILE": "/u"}, "win32") == Path("/u/AppData/Local/Adrastea/runtime")


def test_without_home_the_systems_own_record_of_the_user_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    assert folder("config", {}, "linux") == Path.home() / ".config" / "adrastea"


def test_a_user_without_any_home_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)  # as Python does for a user id without a name
    with pytest.raises(StartFailed, match="Set HOME"):
        folder("config", {}, "linux")


@pytest.mark.parametrize("url", ["", "https://a.example/latest.json", "http://127.0.0.1:8000/x", "http://localhost/x"])
def test_new_versions_can_be_looked_for_elsewhere_or_nowhere(environ: dict[str, str], url: str) -> None:
    write(environ, f'update_feed = "{url}"\n')
    assert load_settings({}, environ).update_feed == url


@pytest.mark.parametrize("url", ["http://a.example/", "file:///etc/passwd", "https://", "latest.json", "https://a b"])
def test_what_is_no_encrypted_address_is_no_place_to_look(environ: dict[str, str], url: str) -> None:
    write(environ, f'update_feed = "{url}"\n')
    with pytest.raises(StartFailed, match="update_feed must be an https address"):
        load_settings({}, environ)
