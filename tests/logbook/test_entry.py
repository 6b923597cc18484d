"""What an entry of the log says, and what it never says."""

from __future__ import annotations

import logging

import pytest

from adrastea.errors import StorageFailed
from adrastea.logbook.entry import masked, text_of

SECRET = "c0ffee" * 8


def record(message: str, *args: object, name: str = "adrastea.server.x", error: BaseException | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    return text_of(logging.LogRecord(name, logging.WARNING, "x.py", 1, message, args, info))


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_an_entry_says_when_how_bad_where_and_what() -> None:
    text = record("%s could not be saved: %s", "a.ipynb", "the disk is full")

    assert text[4] == "-"
    assert text.endswith(" WARNING adrastea.server.x: a.ipynb could not be saved: the disk is full")


@pytest.mark.parametrize(
    "text",
    [
        f"GET /?token={SECRET} failed",
        "GET /api?a=1&token=two-words&b=2",
        "Authorization: token hushhush",
        "authorization: Bearer hushhush",
        "Cookie: adrastea-8888=hushhush",
        "{'token': 'hushhush'}",
        "adrastea-8888=17.ab.hushhush; Path=/",
        f"the secret {SECRET}",
    ],
)
def test_tokens_and_cookies_are_masked(text: str) -> None:
    shown = masked(text)

    assert "…" in shown
    for secret in (SECRET, "two-words", "hushhush"):
        assert secret not in shown


@pytest.mark.parametrize(
    "text", ["kernel 5f2c8a31-0c4e-4b8a-9d53-0a4c2f9d7e11 has ended", "token", "/home/ada/a.ipynb"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("error", [ValueError("x = 'user code'"), KeyError("user code"), LookupError("user code")])
def test_what_an_exception_says_of_the_user_s_data_is_left_out(error: Exception) -> None:
    text = record("failed", error=raised(error))

    assert "user code" not in text
    assert type(error).__name__ in text
    assert "logbook/test_entry.py:" in text
    assert "in raised" in text


def test_errors_of_ours_and_of_the_system_keep_their_sentence_and_the_chain() -> None:
    error = raised(StorageFailed("The folder cannot be written."))
    error.__cause__ = raised(PermissionError(13, "Permission denied", "/home/ada/secret.ipynb"))

    text = record("failed", error=error)

    assert "StorageFailed: The folder cannot be written." in text
    assert "PermissionError: Permission denied" in text
    assert "secret.ipynb" not in text


def test_other_libraries_say_one_line_for_what_follows_holds_values() -> None:
    text = record(
        "Task exception was never retrieved\nfuture: <Task exception=ValueError('user code')>", name="asyncio"
    )

    assert text.endswith("asyncio: Task exception was never retrieved")


def test_an_endless_message_is_cut() -> None:
    assert len(record("x" * 1_000_000)) == 16_000


def test_an_endless_recursion_is_told_by_its_end() -> None:
    with pytest.raises(RecursionError) as caught:
        deep()

    text = record("failed", error=caught.value)

    assert "in deep" in text
    assert len(text.splitlines()) < 40


def deep() -> None:
    deep()
