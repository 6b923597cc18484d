"""Large blocks go back to the system, where its C library can be told so."""

from __future__ import annotations

import platform

from adrastea.documents import large_blocks


def test_glibc_takes_the_bound() -> None:
    assert large_blocks.give_back() is (platform.libc_ver()[0] == "glibc")
