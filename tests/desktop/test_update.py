"""When a new version is looked for, and what is told of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adrastea.desktop.update import (
    DAY,
    LONGEST_FEED,
    WEEK,
    Release,
    Updates,
    answered,
    chosen,
    is_address,
    is_due,
    is_newer,
    notice,
    parse,
    parse_feed,
    should_ask_user,
    skipped,
    started,
    to_json,
    unanswered,
)

NEW = Release("0.2.0", "https://adrastea.example/download", "https://adrastea.example/news")
NOW = 1_800_000_000.0
WEEKLY = Updates(look="weekly", starts=3)

releases = st.builds(Release, st.just("1.2.3"), st.just(NEW.url), st.just(NEW.notes))
remembered = st.builds(
    Updates,
    look=st.sampled_from(["unset", "weekly", "never"]),
    starts=st.integers(0, 3),
    next=st.floats(0, 1e12),
    skipped=st.sampled_from(["", "0.2.0"]),
    found=st.none() | releases,
)


def feed(**changes: object) -> bytes:
    return json.dumps({"version": NEW.version, "url": NEW.url, "notes": NEW.notes, **changes}).encode()


@given(remembered)
def test_what_is_remembered_comes_back_as_it_was(updates: Updates) -> None:
    assert parse(json.loads(json.dumps(to_json(updates)))) == updates


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.dictionaries(st.text(), inner))
)
def test_nonsense_is_forgotten(raw: object) -> None:
    assert parse(raw) == Updates()


@pytest.mark.parametrize(
    "raw",
    [{"look": "daily"}, {"starts": "3"}, {"next": float("inf")}, {"skipped": "latest"}, {"found": {"version": 2}}],
)
def test_a_value_that_makes_no_sense_is_the_default(raw: object) -> None:
    assert parse(raw) == Updates()


def test_the_user_is_asked_at_the_third_start_and_not_again_after_an_answer() -> None:
    second = started(started(Updates()))
    third = started(second)

    assert not should_ask_user(second)
    assert should_ask_user(third)
    assert not should_ask_user(chosen(third, "never"))
    assert not should_ask_user(chosen(third, "weekly"))


def test_nothing_is_looked_for_before_the_user_has_said_so() -> None:
    assert not is_due(started(Updates()), NOW)


def test_never_means_never() -> None:
    assert not is_due(chosen(WEEKLY, "never"), NOW)


def test_it_is_looked_for_at_once_when_it_may_be_and_then_once_a_week() -> None:
    after = answered(WEEKLY, None, NOW)

    assert is_due(WEEKLY, NOW)
    assert not is_due(after, NOW + WEEK - 1)
    assert is_due(after, NOW + WEEK)


def test_when_nobody_answers_it_is_tried_again_the_next_day() -> None:
    after = unanswered(WEEKLY, NOW)

    assert not is_due(after, NOW + DAY - 1)
    assert is_due(after, NOW + DAY)


def test_a_clock_that_was_wrong_does_not_put_it_off_for_ever() -> None:
    assert is_due(answered(WEEKLY, None, NOW + 100 * WEEK), NOW)


def test_a_newer_version_is_told_of_until_it_is_skipped() -> None:
    found = answered(WEEKLY, NEW, NOW)

    assert notice(found, "0.1.0") == NEW
    assert notice(found, "0.2.0") is None
    assert notice(skipped(found, "0.2.0"), "0.1.0") is None


def test_the_version_after_a_skipped_one_is_told_of() -> None:
    later = Release("0.3.0", NEW.url, NEW.notes)

    assert notice(answered(skipped(WEEKLY, "0.2.0"), later, NOW), "0.1.0") == later


def test_an_answer_that_is_none_changes_nothing_that_was_found() -> None:
    assert answered(answered(WEEKLY, NEW, NOW), None, NOW).found == NEW


def test_whoever_says_never_hears_no_more_of_what_was_found() -> None:
    assert notice(chosen(answered(WEEKLY, NEW, NOW), "never"), "0.1.0") is None


@pytest.mark.parametrize(("version", "than"), [("0.10.0", "0.9.9"), ("1.0", "0.9"), ("0.1.0.1", "0.1.0")])
def test_versions_are_compared_by_their_numbers(version: str, than: str) -> None:
    assert is_newer(version, than)
    assert not is_newer(than, version)


def test_a_version_is_not_newer_than_itself_however_it_is_written() -> None:
    assert not is_newer("1.2", "1.2.0")
    assert not is_newer("1.2.0", "1.2")


def test_a_feed_is_read_and_what_we_do_not_know_of_is_passed_over() -> None:
    assert parse_feed(feed(more=[1])) == NEW


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>Log in to this network</html>",
        b"[]",
        b"\xff\xfe",
        b"[" * 60_000,
        feed(version="0.2.0-beta"),
        feed(version=2),
        feed(url="javascript:alert(1)"),
        feed(url="http://adrastea.example/"),
        feed(notes="https://"),
        feed(notes="https://[bad"),
        feed(url="https://a.example/" + "x" * 2000),
        feed(more="x" * LONGEST_FEED),
    ],
)
def test_what_is_no_feed_is_no_release(answer: bytes) -> None:
    assert parse_feed(answer) is None


def test_a_plain_address_is_good_on_this_machine_only() -> None:
    assert is_address("http://127.0.0.1:8000/latest.json")
    assert not is_address("http://adrastea.example/latest.json")
    assert not is_address("file:///etc/passwd")
