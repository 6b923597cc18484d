"""What findings mean together."""

from __future__ import annotations

from adrastea.doctor.finding import Finding, is_complete


def test_a_warning_is_no_reason_to_fail_and_what_is_missing_is() -> None:
    fine = Finding("git", "tools", "Git", "ok", "2.39")
    warned = Finding("display", "window", "Display", "warning", "none")
    missing = Finding("kernels", "kernels", "Kernels", "missing", "none found")

    assert is_complete([fine, warned])
    assert not is_complete([fine, missing])
