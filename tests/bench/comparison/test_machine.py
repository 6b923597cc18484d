"""What a report says of the machine, from texts as /proc has them."""

from bench.comparison.machine import described, memory_gib, processor


def test_the_processor_is_named_once() -> None:
    assert processor("processor\t: 0\nmodel name\t: Xeon 9\nprocessor\t: 1\nmodel name\t: Xeon 9\n") == "Xeon 9"


def test_a_processor_without_a_name_is_still_something() -> None:
    assert processor("")


def test_memory_is_in_gibibytes() -> None:
    assert memory_gib("MemTotal:       16777216 kB\nMemFree:  1 kB\n") == 16.0


def test_the_versions_that_were_measured_are_told() -> None:
    found = described()

    assert "tornado " in found["Adrastea's environment"]
    assert found["Python"].startswith("3.")
