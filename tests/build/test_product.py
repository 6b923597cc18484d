"""What the installers say, and the templates that say it."""

import pytest

from adrastea import __version__
from build import product
from build.console import SetupFailed
from build.product import fill, fill_xml, load


def test_the_version_is_the_one_that_the_program_prints() -> None:
    assert load().version == __version__


def test_a_template_is_filled_with_its_values_and_nothing_else_in_it_changes() -> None:
    assert fill("Exec=@command@ %F a@b.example", {"command": "adrastea"}) == "Exec=adrastea %F a@b.example"


def test_a_template_that_asks_for_what_nobody_gives_is_refused() -> None:
    with pytest.raises(SetupFailed, match="@colour@"):
        fill("@colour@", {"command": "adrastea"})


def test_values_cannot_break_xml() -> None:
    assert fill_xml('<a b="@x@"/>', {"x": '<&"'}) == '<a b="&lt;&amp;&quot;"/>'


def test_the_time_can_be_given_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    assert product.day(load().when) == "1970-01-02"


def test_without_a_given_time_it_is_that_of_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert product.source_date() == product.source_date() > 1_700_000_000


def test_every_template_is_filled_by_what_the_product_gives() -> None:
    assert "@" not in fill(load().files, load().values()).replace("https://", "")
