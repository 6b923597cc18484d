"""What the login page says, in the languages of the interface: the first of those that the browser names. Pure.

It is the one page of the server with words of its own; all else that the server says is English, which the interface
says in its own language (docs/decisions/0043).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final


class Asked(Enum):
    """What the form asks for."""

    TOKEN = "token"  # noqa: S105 -- a word
    PASSWORD = "password"  # noqa: S105 -- a word
    EITHER = "password or token"


@dataclass(frozen=True, slots=True)
class LoginWords:
    """One language."""

    lang: str
    title: str
    heading: str
    button: str
    labels: Mapping[Asked, str]
    hints: Mapping[Asked, str]
    """HTML."""
    sentences: Mapping[str, str]
    """What the server says of a failed attempt, by its English with `{}` for a number; else it stays English."""


ENGLISH: Final = LoginWords(
    lang="en",
    title="Log in – Adrastea",
    heading="Log in to Adrastea",
    button="Log in",
    labels=MappingProxyType({asked: asked.value.capitalize() for asked in Asked}),
    hints=MappingProxyType(
        {
            Asked.TOKEN: "The server printed its token when it started; in an address, it stands after "
            "<code>token=</code>.",
            Asked.PASSWORD: "It is the one that was chosen with <code>adrastea password</code> on the server’s "
            "machine.",
            Asked.EITHER: "The password was chosen with <code>adrastea password</code> on the server’s machine; the "
            "token is the one that the server was started with.",
        }
    ),
    sentences=MappingProxyType({}),
)
GERMAN: Final = LoginWords(
    lang="de",
    title="Anmelden – Adrastea",
    heading="Bei Adrastea anmelden",
    button="Anmelden",
    labels=MappingProxyType(
        {Asked.TOKEN: "Token", Asked.PASSWORD: "Passwort", Asked.EITHER: "Passwort oder Token"},
    ),
    hints=MappingProxyType(
        {
            Asked.TOKEN: "Der Server hat sein Token beim Start ausgegeben; in einer Adresse steht es hinter "
            "<code>token=</code>.",
            Asked.PASSWORD: "Es wurde mit <code>adrastea password</code> auf dem Rechner des Servers gewählt.",
            Asked.EITHER: "Das Passwort wurde mit <code>adrastea password</code> auf dem Rechner des Servers gewählt; "
            "das Token ist das, mit dem der Server gestartet wurde.",
        }
    ),
    sentences=MappingProxyType(
        {
            "This token is not right.": "Dieses Token ist nicht richtig.",
            "This password is not right.": "Dieses Passwort ist nicht richtig.",
            "This token is not right, or its address was used before. Each printed address works once.": "Dieses Token "
            "ist nicht richtig, oder seine Adresse wurde schon benutzt. Jede ausgegebene Adresse gilt einmal.",
            "This is neither the password nor the token.": "Das ist weder das Passwort noch das Token.",
            "Too many wrong attempts. Try again in {} second.": "Zu viele falsche Versuche. Versuchen Sie es in {} "
            "Sekunde noch einmal.",
            "Too many wrong attempts. Try again in {} seconds.": "Zu viele falsche Versuche. Versuchen Sie es in {} "
            "Sekunden noch einmal.",
        }
    ),
)
_SPOKEN: Final = {words.lang: words for words in (ENGLISH, GERMAN)}


def words_for(accept_language: str) -> LoginWords:
    """The words for a browser, by its Accept-Language header; English where it names no language of ours."""
    asked = sorted(map(_weighed, accept_language.split(",")), key=lambda one: -one[1])
    found = (_SPOKEN[language] for language, weight in asked if language in _SPOKEN and weight > 0)
    return next(found, ENGLISH)


def _weighed(entry: str) -> tuple[str, float]:
    """`de-CH;q=0.8` is `("de", 0.8)`; what makes no sense weighs nothing."""
    tag, _, quality = entry.partition(";")
    try:
        weight = float(quality.strip().removeprefix("q=")) if quality else 1.0
    except ValueError:
        weight = 0.0
    return tag.strip().lower().partition("-")[0], weight
