"""The tree of errors is the one that its docstring draws."""

from __future__ import annotations

import re

from adrastea import errors
from adrastea.errors import AppError, InvalidNotebook, KernelFailed


def test_every_error_is_in_the_picture_and_every_name_in_the_picture_is_an_error() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or ""))
    defined = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, AppError)}

    assert drawn == defined - {"AppError"}


def test_the_branches_of_the_picture_are_the_base_classes() -> None:
    parents = {error.__name__: error.__base__ for error in (errors.InvalidNotebook, errors.ChangedOnDisk)}

    assert parents == {"InvalidNotebook": errors.BadRequest, "ChangedOnDisk": errors.Conflict}


def test_what_is_not_a_notebook_knows_its_line_and_a_failed_kernel_its_last_words() -> None:
    assert (str(InvalidNotebook("It ends too early.", 7)), InvalidNotebook("x", 7).line) == ("It ends too early.", 7)
    assert KernelFailed("It ended.", "No module named x").log == "No module named x"
