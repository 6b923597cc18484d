"""What a notebook's metadata say about its kernel."""

from __future__ import annotations

from pathlib import Path

from adrastea.documents.notebook import JsonObject
from adrastea.kernels.kernelspec import KernelSpec
from adrastea.sessions.kernel_note import kernel_name, noted

PYTHON = KernelSpec("python3", ("python",), "Python 3", "python", Path("/specs"))
INFO: JsonObject = {"name": "python", "version": "3.13.1", "file_extension": ".py"}
KERNELSPEC: JsonObject = {"display_name": "Python 3", "language": "python", "name": "python3"}


def test_a_notebook_that_names_no_kernel_gets_the_name_and_the_language() -> None:
    assert noted({"title": "T"}, PYTHON, INFO) == {"title": "T", "kernelspec": KERNELSPEC, "language_info": INFO}


def test_a_notebook_that_names_this_kernel_stays_as_it_is() -> None:
    own: JsonObject = {"kernelspec": {"name": "python3", "display_name": "My own words", "env": {}}}

    assert noted(own, PYTHON, None) is None
    assert noted({**own, "language_info": dict(INFO)}, PYTHON, INFO) is None


def test_another_kernel_takes_the_place_of_the_one_before_and_its_language_goes() -> None:
    before: JsonObject = {"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}, "toc": {}}

    assert noted(before, PYTHON, None) == {"kernelspec": KERNELSPEC, "toc": {}}


def test_what_is_known_of_the_same_language_stays_until_the_kernel_has_answered() -> None:
    before: JsonObject = {"kernelspec": {"name": "python2"}, "language_info": {"name": "Python", "version": "3.8"}}

    after = noted(before, PYTHON, None)

    assert after is not None
    assert after["language_info"] == {"name": "Python", "version": "3.8"}


def test_keys_that_were_sorted_stay_sorted() -> None:
    assert list(noted({"a": 1, "z": 2}, PYTHON, INFO) or {}) == ["a", "kernelspec", "language_info", "z"]
    assert list(noted({"z": 1, "a": 2}, PYTHON, INFO) or {}) == ["z", "a", "kernelspec", "language_info"]


def test_a_kernelspec_that_makes_no_sense_names_no_kernel() -> None:
    assert kernel_name({"kernelspec": "python3"}) is None
    assert kernel_name({"kernelspec": {"name": ""}}) is None
    assert kernel_name({"kernelspec": {"name": 3}}) is None
    assert kernel_name({"kernelspec": {"name": "python3"}}) == "python3"
