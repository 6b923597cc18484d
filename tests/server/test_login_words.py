"""The languages of the login page."""

from __future__ import annotations

import pytest

from adrastea.server.login_words import ENGLISH, GERMAN, Asked, LoginWords, words_for


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", ENGLISH),
        ("de", GERMAN),
        ("de-CH,de;q=0.9,en;q=0.8", GERMAN),
        ("en;q=0.8, de-AT", GERMAN),
        ("fr-FR, de;q=0.5", GERMAN),
        ("en-GB, de;q=0.9", ENGLISH),
        ("de;q=0, fr", ENGLISH),
        ("de;q=much", ENGLISH),
        ("*;;,=", ENGLISH),
    ],
)
def test_the_first_language_that_is_spoken_here_is_taken(header: str, words: LoginWords) -> None:
    assert words_for(header) is words


def test_german_has_words_for_everything_that_may_be_asked() -> None:
    assert GERMAN.labels.keys() == ENGLISH.labels.keys() == set(Asked)
    assert GERMAN.hints.keys() == ENGLISH.hints.keys()
