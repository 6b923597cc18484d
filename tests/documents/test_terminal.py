"""What is typed where the cursor stands, as terminals do it; how it was cut into chunks never shows."""

from __future__ import annotations

import io
import json
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from adrastea.documents import terminal
from adrastea.documents.streams import join
from build import rich_outputs

UP, DOWN, FORWARD = "\x1b[A", "\x1b[B", "\x1b[C"
MOVES = st.lists(
    st.sampled_from(["a", "bc", "x", "\n", "\r", "\b", UP, "\x1b[2A", DOWN, FORWARD, "\x1b[3C"]), max_size=12
)
ERASING = ["\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[J"]
OTHERS = ["\x1b[31m", "\x1b[0m", "\x1b[?25l", "\x1b[", "\x1b", "m", "2"]
SEQUENCES = st.lists(st.sampled_from(["a", "bc", "\n", "\r", UP, DOWN, *ERASING, *OTHERS]), max_size=14)


def test_what_is_seen_of_a_text_that_somebody_else_wrote() -> None:
    assert terminal.shown("10 %\r20 %\nend\r") == "20 %\nend"
    assert terminal.shown("plain\n") == "plain\n"


def seen(text: str) -> str:
    """Without the cursor, colours, and blanks at the ends of lines."""
    shown = text[: terminal.cursor_at(text, text.rfind("\n") + 1)]
    return "\n".join(line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).split("\n"))


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("one\ntwo\x1b[AX", "oneX\ntwo"),
        ("one\ntwo\r\x1b[AX", "Xne\ntwo"),
        ("one\ntwo\r\x1b[1A\x1b[2KX", "X\ntwo"),
        ("one\ntwo\nthree\r\x1b[2AX\nY\nZ", "Xne\nYwo\nZhree"),
        ("one\ntwo\r\x1b[5AX\x1b[5BY", "Xne\ntYo"),
        ("a\nlong\x1b[AX", "a   X\nlong"),
        ("abcdef\r\x1b[2CX", "abXdef"),
        ("abcdef\b\b\x1b[K", "abcd"),
        ("abcdef\b\b\x1b[1K", "     f"),
        ("one\ntwo\nthree\x1b[2A\r\x1b[J", ""),
        ("one\ntwo\nthree\x1b[2A\r\x1b[JX\nY", "X\nY"),
        ("one\ntwo\x1b[2J", "one\ntwo"),
        ("\x1b[31mone\x1b[0m\ntwo\r\x1b[A\x1b[32mONE\x1b[0m", "ONE\ntwo"),
        ("\x1b[31mred\x1b[0m\r\x1b[Kx", "x"),
    ],
)
def test_the_cursor_goes_where_it_is_sent(printed: str, shown: str) -> None:
    assert seen(join("", printed)) == shown


def test_the_cursor_stands_behind_the_text_as_what_moves_it_there() -> None:
    assert join("", "one\ntwo\r\x1b[AX") == "Xne\ntwo\x1b[1A\rX"
    assert join("", "a\nlong\x1b[A") == "a\nlong\x1b[1A\ra\x1b[3C"
    assert join("", "one\x1b[2C") == "one\x1b[2C"


@given(st.lists(MOVES.map("".join), min_size=3, max_size=3), st.sampled_from((40, 10_000)))
def test_how_moves_were_cut_into_chunks_never_shows(parts: list[str], limit: int) -> None:
    before, one, two = parts
    text = join("", before, limit, 10)

    assert join(join(text, one, limit, 10), two, limit, 10) == join(text, one + two, limit, 10)


@given(SEQUENCES, SEQUENCES, st.integers(0, 30))
def test_a_sequence_that_was_cut_in_two_is_the_same_sequence(first: list[str], second: list[str], cut: int) -> None:
    printed = "".join(first) + "".join(second)
    text = join("", "".join(first))

    assert join(text, "".join(second)) == join("", printed)
    assert join(join("", printed[:cut]), printed[cut:]) == join("", printed)


@given(SEQUENCES)
def test_what_was_typed_once_stays_as_it_is(printed: list[str]) -> None:
    text = join("", "".join(printed))

    assert join("", text) == text
    assert join(text, "") == text


def test_the_cursor_goes_up_a_hundred_lines_and_no_further_than_what_is_kept() -> None:
    lines = [str(line) for line in range(300)]
    text = join("", "\n".join(lines) + "\r" + UP * 250 + "X")
    short = join("", "\n".join(lines) + "\r" + UP * 250 + "X", 10_000, 15)

    assert seen(text).split("\n")[199] == "X99"
    assert seen(short).split("\n")[297] == "X97"


def test_the_mark_of_what_is_left_out_is_not_written_over() -> None:
    text = join("", "0123456789" * 4, 20, 5) + "\n"
    mark = next(line for line in text.split("\n") if line.startswith("[…"))

    assert mark in join(text, "\r" + UP * 9 + "XXXXXXXXXXXX", 10_000, 5_000)


def test_colours_that_are_typed_again_and_again_do_not_pile_up() -> None:
    text = ""
    for percent in range(500):
        text = join(text, f"\r\x1b[32m{percent % 90:2d} %\x1b[0m\n\r\x1b[1m\x1b[34m{percent:3d}\x1b[0m\x1b[A")
        text = join(text, "\r\x1b[0m\x1b[31m\x1b[2K" if percent % 3 else "\x1b[0;1m\r\x1b[4m\r")

    assert len(text) < 400


@pytest.mark.slow
def test_a_flood_of_moves_is_no_trap() -> None:
    text = join("x\n" * 200, (UP + "\r\x1b[2Ky") * 20_000 + DOWN * 20_000)

    assert seen(text).startswith("x\n" * 100 + "y\n")


_BARS = """
import io, json, sys
from tqdm import tqdm

class Printed(io.StringIO):
    parts = []
    def write(self, text): self.parts.append(text)

look = {"file": Printed(), "ncols": 30, "mininterval": 0, "ascii": True, "bar_format": "{desc}: {n}/{total}"}
for _ in tqdm(range(3), desc="outer", **look):
    for _ in tqdm(range(2), desc="inner", position=1, leave=False, **look):
        for _ in tqdm(range(2), desc="third", position=2, leave=False, **look):
            pass
json.dump(Printed.parts, sys.stdout)
"""


@pytest.mark.slow
def test_bars_of_tqdm_below_each_other_stay_in_their_lines() -> None:
    printed = subprocess.run([rich_outputs.PYTHON, "-c", _BARS], check=True, capture_output=True, text=True).stdout
    parts: list[str] = json.loads(printed)
    screens, text = list[str](), ""
    for part in parts:
        text = join(text, part)
        screens.append(seen(text))

    assert max(screen.count("\n") for screen in screens) == 2
    assert "outer: 1/3\ninner: 1/2\nthird: 2/2" in screens
    assert screens[-1].rstrip() == "outer: 3/3"


def test_bars_of_rich_are_drawn_anew_in_their_lines() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=40, color_system="standard")
    with Progress(TextColumn("{task.description}"), BarColumn(), console=console, auto_refresh=False) as progress:
        tasks = [progress.add_task(name, total=4) for name in ("first", "second", "third")]
        for task in (*tasks, *tasks):
            progress.update(task, advance=2)
            progress.refresh()
    printed = console.file
    assert isinstance(printed, io.StringIO)

    lines = seen(join("", printed.getvalue())).strip().split("\n")
    assert [line.split()[0] for line in lines] == ["first", "second", "third"]
