"""Bars as SVG."""

import re
from xml.etree import ElementTree as ET

from bench.comparison.figures import Measurement
from bench.comparison.plots import plotted

OURS = Measurement("adrastea", "8 kernels", {"cpu_us": 500.0})
THEIRS = Measurement("jupyter_server", "8 kernels", {"cpu_us": 2000.0})


def bars(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'width="([0-9.]+)" height="14"', svg)]


def test_bars_are_as_long_as_their_figures() -> None:
    ours, theirs = bars(plotted([OURS, THEIRS], "cpu_us"))

    assert theirs == 4 * ours


def test_every_server_is_in_the_legend_and_every_figure_beside_its_bar() -> None:
    texts = [one.text for one in ET.fromstring(plotted([OURS, THEIRS], "cpu_us")).iter() if one.tag.endswith("text")]

    assert texts == ["CPU per execute, µs", "adrastea", "jupyter_server", "8 kernels", "500", "2000"]


def test_names_are_text_and_no_markup() -> None:
    svg = plotted([Measurement("<b>&", "a < b", {"cpu_us": 1.0})], "cpu_us")

    assert "<b>&" in [one.text for one in ET.fromstring(svg).iter()]


def test_servers_without_the_figure_have_no_bar() -> None:
    assert len(bars(plotted([OURS, Measurement("other", "8 kernels")], "cpu_us"))) == 1


def test_there_is_no_plot_of_what_nobody_has() -> None:
    assert plotted([OURS], "idle_cpu_ms") == ""


def test_figures_that_are_all_nothing_can_be_plotted() -> None:
    assert bars(plotted([Measurement("adrastea", "x", {"cpu_us": 0.0})], "cpu_us")) == [1.0]
