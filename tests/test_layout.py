"""Where things stand: tests mirror their sources, files stay short, names and colours follow the rules of the house."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "ui" / "src"

MIRRORED = ("adrastea", "build", "bench/comparison", "bench/kernels")
LONGEST = 400  # lines of a Python file; 300 is where a second responsibility is likely

# Sources without a test file of their own, each with the reason.
UNTESTED = {
    "build/nuitka_lean.py": "runs inside Nuitka; every test of the one file tests it",
    "adrastea/documents/status.py": "values and an interface, without code; every test of a document reads them",
    "adrastea/desktop/frame.py": "interfaces without code; who keeps to them is tested",
    "adrastea/desktop/cocoa_menu.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/cocoa_page.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/cocoa_pdf.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/cocoa_system.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/cocoa_window.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/edge_page.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/edge_pdf.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/edge_system.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/edge_window.py": "cannot be run on Linux (docs/platforms.md)",
    "adrastea/desktop/toolkit.py": "every window of the tests is made by it",
    "adrastea/desktop/system.py": "tests/desktop/showing.py takes its windows from there",
    "adrastea/desktop/update_cocoa.py": "runs on macOS only; docs/platforms.md says so",
    "adrastea/desktop/update_dotnet.py": "runs on Windows only; docs/platforms.md says so",
    "adrastea/server/nbconvert_main.py": "runs in another interpreter; tests/server/test_converting.py starts it",
    "adrastea/kernels/zygote_main.py": "runs in another interpreter; tests/kernels/test_zygote.py starts it",
}
# Test folders that mirror nothing: they test the whole.
WHOLE = ("clients", "system", "end_to_end", "fakes", "packages", "vectors")

NAME_OF_MODULE = re.compile(r"([a-z][A-Za-z0-9]*|[A-Z][A-Za-z0-9]*(?=\.test))(\.test|\.config|\.d)?\.ts")
NAME_OF_COMPONENT = re.compile(r"([A-Z][A-Za-z0-9]*|[a-z][A-Za-z0-9]*\.test)(\.test)?\.tsx")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(rgb|rgba|hsl|hsla|oklch|oklab|lab|lch)\(")
WITHOUT_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


def sources() -> Iterator[Path]:
    for folder in MIRRORED:
        yield from (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py") if path.name != "__init__.py")


def mirror(source: Path) -> Path:
    inner = source.relative_to("adrastea") if source.parts[0] == "adrastea" else source
    return Path("tests") / inner.with_name(f"test_{inner.name}")


def test_every_source_file_has_its_test_file() -> None:
    missing = {
        str(source): str(mirror(source))
        for source in sources()
        if not (ROOT / mirror(source)).exists() and str(source) not in UNTESTED
    }

    assert not missing


def test_every_test_file_tests_a_source_file() -> None:
    known = {mirror(source) for source in sources()}
    tests = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")]

    strays = [str(test) for test in tests if test not in known and len(test.parts) > 2 and test.parts[1] not in WHOLE]

    assert not strays


def test_every_exception_is_still_needed() -> None:
    gone = [name for name in UNTESTED if (ROOT / mirror(Path(name))).exists()]

    assert not gone


def test_no_python_file_is_longer_than_the_limit() -> None:
    lengths = {str(source): len((ROOT / source).read_text(encoding="utf-8").splitlines()) for source in sources()}

    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_every_python_file_says_in_its_first_line_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for folder in MIRRORED
        for path in (ROOT / folder).rglob("*.py")
        if not path.read_text(encoding="utf-8").startswith(('"""', 'r"""'))
    ]

    assert not silent


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    inits = [path for path in (ROOT / "adrastea").rglob("__init__.py") if path.parent.name != "adrastea"]

    talkative = [
        str(path.relative_to(ROOT)) for path in inits if path.read_text(encoding="utf-8").strip().count('"""') != 2
    ]
    busy = [str(path.relative_to(ROOT)) for path in inits if not path.read_text(encoding="utf-8").endswith('"""\n')]

    assert not talkative
    assert not busy


def test_every_ui_test_stands_beside_its_subject() -> None:
    strays = [
        str(test.relative_to(ROOT))
        for test in UI.rglob("*.test.ts*")
        if not any(test.with_name(test.name.partition(".")[0] + suffix).exists() for suffix in (".ts", ".tsx", ".css"))
    ]

    assert not strays


def test_ui_modules_are_camel_case_and_components_pascal_case() -> None:
    modules = [path for path in UI.rglob("*.ts") if not NAME_OF_MODULE.fullmatch(path.name)]
    components = [
        path for path in UI.rglob("*.tsx") if not NAME_OF_COMPONENT.fullmatch(path.name) and path != UI / "main.tsx"
    ]

    assert not [str(path.relative_to(ROOT)) for path in modules + components]


def test_every_colour_of_the_ui_comes_from_the_tokens() -> None:
    painted = {
        str(path.relative_to(ROOT)): found.group()
        for path in UI.rglob("*.css")
        if path.name not in {"tokens.css", "contrast.css"}
        and (found := COLOUR.search(WITHOUT_COMMENTS.sub("", path.read_text(encoding="utf-8"))))
    }

    assert not painted
