"""Which lines are IPython's."""

import pytest

from adrastea.export.magics import cell_magic, is_magic, magic_lines


@pytest.mark.parametrize("line", ["%cd x", "!ls", "x = !ls", "x = %who", "a, b = !ls", "thing?", "df.head??", "?thing"])
def test_a_line_of_ipython_is_one(line: str) -> None:
    assert is_magic(line)


@pytest.mark.parametrize("line", ["x % y", "x != y", "x = y % z", "# !ls", "print('?')", "", "%4", "x == '!'"])
def test_python_is_none(line: str) -> None:
    assert not is_magic(line)


@pytest.mark.parametrize(
    "source",
    ["x = '''\n!ls\n'''", 'f"""a\n%b\n"""', "x = (1\n%a)", "[\n!a\n]", "x = 7 \\\n%a", "x = '\\'''' # '''\n%4"],
)
def test_what_only_looks_like_one_inside_something_longer_is_code(source: str) -> None:
    assert magic_lines(source) == frozenset()


def test_quotes_and_brackets_in_a_command_mean_nothing_to_python() -> None:
    assert magic_lines('!echo \'("""\'\n!ls\nx = 1') == {0, 1}


def test_brackets_in_strings_and_comments_open_nothing() -> None:
    assert magic_lines("x = '('  # [\n!ls") == {1}


def test_a_cell_magic_is_at_the_beginning() -> None:
    assert cell_magic("\n%%bash -x\nls") == "bash"
    assert cell_magic("%% bash") == ""
    assert cell_magic("x\n%%bash") is None
