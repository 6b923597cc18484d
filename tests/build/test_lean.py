"""What goes into the one file: the data in `spec/freeze.toml`, as both freezers ask for them."""

from __future__ import annotations

import ast
import importlib.util
import tomllib
from pathlib import Path

import pytest

from build.console import ROOT, SetupFailed
from build.lean import SPEC, Plan, Replacement, load

LINUX, MAC, WINDOWS = load(platform="linux"), load(platform="darwin"), load(platform="win32")


def plan(replacements: dict[str, tuple[Replacement, ...]], futures: tuple[str, ...] = ()) -> Plan:
    return Plan((), (), (), {}, (), (), Path("ui/dist"), (), frozenset(), futures, replacements)


def test_a_module_is_left_out_with_everything_in_it_and_nothing_beside_it() -> None:
    assert LINUX.leaves_out("multiprocessing")
    assert LINUX.leaves_out("multiprocessing.pool")
    assert LINUX.leaves_out("zmq.auth.thread")
    assert not LINUX.leaves_out("zmq")
    assert not LINUX.leaves_out("codecs")


def test_each_system_has_its_own_web_view_and_no_other() -> None:
    assert "webview.platforms.gtk" in LINUX.modules
    assert LINUX.leaves_out("webview.platforms.cocoa")
    assert "webview.platforms.cocoa" in MAC.modules
    assert not MAC.leaves_out("webview.platforms.cocoa")
    assert "gi" not in MAC.packages
    assert "webview.platforms.edgechromium" in WINDOWS.modules
    assert not WINDOWS.leaves_out("webview.platforms.winforms")


def test_what_is_for_one_system_only_is_frozen_there_only() -> None:
    ours = [f"adrastea.desktop.{path.stem}" for path in (ROOT / "adrastea" / "desktop").glob("*.py")]
    of_mac = {name for name in ours if "cocoa" in name}
    of_windows = {name for name in ours if "edge" in name or "dotnet" in name}

    assert len(of_mac) > 3
    assert len(of_windows) > 3
    assert {name for name in ours if LINUX.leaves_out(name)} == of_mac | of_windows
    assert {name for name in ours if MAC.leaves_out(name)} == of_windows
    assert {name for name in ours if WINDOWS.leaves_out(name)} == of_mac


def test_every_module_that_is_left_out_has_its_reason() -> None:
    data = tomllib.loads(SPEC.read_text(encoding="utf-8"))

    assert all(reason.strip() for reason in data["left_out"].values())
    assert all(item["why"].strip() for rule in data["mended"].values() for item in rule.get("replace", ()))


@pytest.mark.parametrize("module", sorted(LINUX.replacements))
def test_every_change_of_a_source_fits_the_version_that_is_installed(module: str) -> None:
    found = importlib.util.find_spec(module)
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).read_text(encoding="utf-8")

    mended = LINUX.mended(module, source)

    assert mended != source
    ast.parse(mended)  # it is Python
    assert mended.count("\n") == source.count("\n")


def test_a_text_that_does_not_stand_there_once_stops_the_build() -> None:
    change = plan({"a": (Replacement("import b\n", ""),)})

    assert change.mended("a", "import b\nc\n") == "c\n"
    with pytest.raises(SetupFailed, match="a does not hold 'import b"):
        change.mended("a", "import c\n")
    with pytest.raises(SetupFailed):
        change.mended("a", "import b\nimport b\n")


def test_annotations_become_texts_without_moving_a_line() -> None:
    change = plan({}, futures=("tornado.*",))

    assert change.mended("tornado.web", "# first\nx: y = 1\n").splitlines()[1] == "x: y = 1"
    namespace: dict[str, object] = {}
    exec(change.mended("tornado.web", '"""Words."""\nx: missing = 1\n'), namespace)
    assert namespace["x"] == 1
    assert (
        change.mended("tornado.gen", "from __future__ import annotations\n") == "from __future__ import annotations\n"
    )
    assert change.mended("zmq", "x: int = 1\n") == "x: int = 1\n"


def test_what_is_imported_late_is_the_module_itself() -> None:
    mended = LINUX.mended("urllib.parse", "import ipaddress\n")
    namespace: dict[str, object] = {}

    exec(mended + "address = ipaddress.ip_address('127.0.0.1')\n", namespace)

    assert str(namespace["address"]) == "127.0.0.1"


def test_of_the_interface_the_gzip_goes_in_and_what_the_window_reads_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build.lean.ROOT", tmp_path)
    folder = tmp_path / LINUX.interface
    (folder / "assets").mkdir(parents=True)
    names = [
        "index.html",
        "index.html.gz",
        "menu.json",
        "menu.json.gz",
        "assets/a.js",
        "assets/a.js.gz",
        "assets/a.js.br",
    ]
    for name in [*names, "assets/font.woff2"]:
        (folder / name).touch()

    wanted = [file.as_posix() for file in LINUX.interface_files()]

    assert wanted == ["assets/a.js.gz", "assets/font.woff2", "index.html.gz", "menu.json", "menu.json.gz"]


def test_without_an_interface_the_build_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.lean.ROOT", tmp_path)

    with pytest.raises(SetupFailed, match="make ui"):
        LINUX.interface_files()


def test_what_the_window_reads_itself_is_what_the_data_say() -> None:
    desktop = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "adrastea" / "desktop").glob("*.py"))

    assert all(name in desktop for name in LINUX.interface_plain)


def test_every_data_file_is_there() -> None:
    assert LINUX.data
    assert all((ROOT / file).is_file() for file in LINUX.data)
