"""What was written down is what it should be, or an error."""

from __future__ import annotations

import pytest

from adrastea import stored_fields


def test_texts_and_whole_numbers_are_taken() -> None:
    assert (stored_fields.text("a"), stored_fields.number(-3)) == ("a", -3)


@pytest.mark.parametrize("value", [None, 1, [], b"a"])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        stored_fields.text(value)


@pytest.mark.parametrize("value", [None, "1", 1.0, True])
def test_what_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        stored_fields.number(value)
