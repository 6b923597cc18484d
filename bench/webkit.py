"""The scenarios of `make bench-ui` in the native window: WebKitGTK under Xvfb, with the keys of a keyboard.

`make bench-webkit` runs it; `--only WORD` takes some. Each notebook is opened in a window of its own; figures are those
that the page can tell about itself. What goes wrong in the page is listed, and then the exit code is 1, as where a step
does not come to its end. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias, cast

from bench.comparison.notebooks import NOTEBOOKS
from bench.webkit_page import MARK
from tests.system.display import Screen, screen
from tests.system.program import ROOT, Program, program

Figures: TypeAlias = "Mapping[str, float]"
LIMIT_SECONDS: Final = 180
"""Of one step."""
SCROLL_MS: Final = 4000
_KEYS: Final = 20
_TRIES: Final = 5
_CELL: Final = "main [role=listitem][aria-posinset]"
_TOOLS: Final = """
const cells = () => [...document.querySelectorAll(%(cell)s)];
const scroller = () => document.querySelector("main :has(> [role=list][aria-label^='Cells of'])");
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
const soon = async (look) => {
  const limit = performance.now() + 4000;
  while (!look() && performance.now() < limit) await frame();
  return !!look();
};
const until = async (look) => {
  const limit = performance.now() + %(limit)d;
  for (;;) {
    const seen = look();
    if (seen) return performance.now();
    if (performance.now() > limit) throw new Error(`not seen: ${look}`);
    await frame();
  }
};
"""
_SCROLL: Final = """
const list = scroller(), times = [], ended = performance.now() + %(time)d;
const { top, height, left, width } = list.getBoundingClientRect();
let blank = 0, step = 120;
list.scrollTop = 0;
await frame();
for (let last = performance.now(); last < ended; ) {
  const before = list.scrollTop;
  list.scrollTop += step;
  if (list.scrollTop === before) step = -step;
  await frame();
  const now = performance.now();
  times.push(now - last);
  last = now;
  const seen = document.elementsFromPoint(left + width / 2, top + height / 2);
  if (!seen.some((one) => one.closest("[role=listitem]"))) blank += 1;
}
return { frames: times.length, longest: Math.max(...times), blank: (100 * blank) / times.length };
"""


class Window:
    """One window with a notebook in it. One thread only."""

    def __init__(self, shown: Screen, running: Program) -> None:
        self.shown = shown
        self._running = running

    def ask(self, body: str) -> object:
        """Run the body of an asynchronous function in the page; its value.

        Raises:
            RuntimeError: what it has thrown.
        """
        tools = _TOOLS % {"cell": json.dumps(_CELL), "limit": LIMIT_SECONDS * 1000}
        self._running.write(json.dumps(tools + body) + "\n")
        said = cast("dict[str, object]", json.loads(self._running.line(MARK).removeprefix(MARK)))
        if "error" in said:
            raise RuntimeError(str(said["error"]))
        return said.get("value")

    def number(self, body: str) -> float:
        """The same, where it is a number."""
        return float(cast("float", self.ask(body)))

    def enter(self) -> None:
        """Into the first cell. A key that is pressed while the window is just getting the keyboard may be lost."""
        for _ in range(_TRIES):
            self.shown.focus(self.shown.until_shown("n.ipynb"))
            self.ask("cells()[0].focus(); await frame();")
            self.shown.press("Return")
            if self.ask("return await soon(() => document.querySelector('.cm-content:focus'))"):
                return
        message = "the first cell does not get the caret"
        raise RuntimeError(message)

    def seen(self, text: str) -> float:
        """Milliseconds of the page when one of its cells has this text."""
        wanted = json.dumps(text)
        return self.number(f"return await until(() => cells().some((cell) => cell.textContent.includes({wanted})))")

    def ended(self, text: str) -> float:
        """The same while it is scrolled to its end."""
        return self.number(
            "let last = 0; return await until(() => {"
            "  if (performance.now() - last > 500) { last = performance.now(); scroller().scrollTop = 1e9; }"
            f"  return cells().slice(-3).some((cell) => cell.textContent.includes({json.dumps(text)}));"
            "})"
        )

    def idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.number("return await until(() => /idle/i.test(document.querySelector('[data-part=kernel]')?.textContent))")

    def wrong(self) -> Sequence[str]:
        """What has gone wrong in the page until now."""
        return cast("list[str]", self.ask("await frame(); return window.benchWrong"))


def typed(window: Window) -> Figures:
    """From the page's first byte to its first cell, and to the first key that is seen."""
    shown = window.seen("value_1 = 1")
    window.enter()
    window.shown.press("Control_L", "End")
    times = [_key_ms(window, number) for number in range(_KEYS)]
    while window.ask("return document.querySelector('.cm-content').textContent.includes('x')"):
        window.shown.press("BackSpace")
    window.shown.press("Escape")
    return {"shown ms": shown, "key ms": statistics.median(times), "slowest key ms": max(times)}


def _key_ms(window: Window, number: int) -> float:
    """From the key's event to the second frame behind it."""
    window.ask(
        "addEventListener('keydown', ({ timeStamp }) => {"
        " requestAnimationFrame(() => requestAnimationFrame((now) => (window.benchKey = now - timeStamp)));"
        "}, { capture: true, once: true }); window.benchKey = null;"
    )
    typed = (
        f"return await soon(() => document.querySelector('.cm-content').textContent.includes('{'x' * (number + 1)}'))"
    )
    for _ in range(_TRIES):
        window.shown.press("x")
        if window.ask(typed):
            break
    return window.number("await until(() => window.benchKey !== null); return window.benchKey")


def scrolled(window: Window, milliseconds: int = SCROLL_MS) -> Figures:
    """There and back, a step a frame."""
    seen = cast("dict[str, float]", window.ask(_SCROLL % {"time": milliseconds}))
    per_second = seen["frames"] * 1000 / milliseconds
    return {"frames/s": per_second, "longest frame ms": seen["longest"], "blank %": seen["blank"]}


def run_all(window: Window) -> Figures:
    """All cells, by the palette, until the last one has printed."""
    window.seen("value_1 = 1")
    window.idle()
    for _ in range(_TRIES):
        window.shown.press("F1")
        window.ask("await soon(() => document.querySelector('dialog [role=combobox]:focus'))")
        window.shown.write("Run all cells")
        first = "document.querySelector('[role=option]')?.textContent"
        if window.ask(f"return await soon(() => {first}?.startsWith('Run all cells'))"):
            break
        window.shown.press("Escape")
    begun = time.monotonic()
    window.shown.press("Return")
    window.ended("the end of it")
    return {"run all s": time.monotonic() - begun}


def flooded(window: Window) -> Figures:
    """A cell that prints 200,000 lines, until the last one is seen; and the longest that no frame came meanwhile."""
    window.seen("value_1 = 1")
    window.idle()
    window.ask("cells()[0].focus(); await frame();")
    window.ask(
        "window.benchGap = 0; window.benchStop = false; (async () => {"
        " for (let last = performance.now(); !window.benchStop; ) {"
        "  await frame();"
        "  const now = performance.now();"
        "  window.benchGap = Math.max(window.benchGap, now - last);"
        "  last = now;"
        " }"
        "})();"
    )
    begun = time.monotonic()
    window.shown.press("Control_L", "Return")
    window.seen("line 199999")
    seconds = time.monotonic() - begun
    window.idle()
    return {"flood s": seconds, "longest gap ms": window.number("window.benchStop = true; return window.benchGap")}


def thousand(window: Window) -> Figures:
    """Opened, typed in, scrolled."""
    return {**typed(window), **scrolled(window)}


SCENARIOS: Final[Mapping[str, Callable[[Window], Figures]]] = {
    "small": typed,
    "thousand": thousand,
    "large": thousand,
    "outputs": thousand,
    "run_all": run_all,
    "flood": flooded,
}


@contextmanager
def window_with(shown: Screen, home: Path, notebook: str) -> Generator[Window]:
    """The notebook's text in a window that has the keyboard."""
    home.mkdir(exist_ok=True)
    (home / "n.ipynb").write_text(notebook, encoding="utf-8")
    command = [sys.executable, "-m", "bench.webkit_page"]
    environ = {"DISPLAY": shown.name, "PYTHONPATH": str(ROOT)}
    with program(home, "n.ipynb", command=command, environ=environ) as running:
        window = Window(shown, running)
        shown.focus(shown.until_shown("n.ipynb"))
        yield window
        if "Traceback" in running.errors():
            raise RuntimeError(running.errors())


def main(argv: Sequence[str]) -> int:
    """Do them all and print."""
    parser = argparse.ArgumentParser("bench.webkit", description="Adrastea's page in WebKitGTK.")
    parser.add_argument("--only", metavar="WORD", default="", help=f"only scenarios with it: {', '.join(SCENARIOS)}")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="where the screen is kept after each, as PNG")
    given = parser.parse_args(argv)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, Xvfb")
    failed = False
    with screen() as shown, tempfile.TemporaryDirectory(prefix="bench-webkit-") as folder:
        for name, scenario in SCENARIOS.items():
            if given.only not in name:
                continue
            said, wrong = _one(
                shown,
                Path(folder) / name,
                NOTEBOOKS[name](),
                scenario,
                given.pictures and given.pictures / f"{name}.png",
            )
            failed = failed or bool(wrong)
            print(f"{name:10} {said}", *(f"\n{'':10} wrong: {one}" for one in wrong), flush=True)
    return 1 if failed else 0


def _one(
    shown: Screen, home: Path, notebook: str, scenario: Callable[[Window], Figures], picture: Path | None
) -> tuple[str, Sequence[str]]:
    """Its figures as a line, and what went wrong."""
    try:
        with window_with(shown, home, notebook) as window:
            figures = scenario(window)
            if picture is not None:
                shown.picture().save(picture)
            return ", ".join(f"{name} {figure:.1f}" for name, figure in figures.items()), window.wrong()
    except (AssertionError, EOFError, RuntimeError, TimeoutError) as error:
        return "not done", [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
