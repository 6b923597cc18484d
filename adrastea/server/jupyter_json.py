"""Kernels, sessions, kernelspecs and files as Jupyter's REST interface shows them. Pure: values in, JSON out.

Source of truth: https://jupyter-server.readthedocs.io/en/latest/developers/rest-api.html
"""

from __future__ import annotations

from datetime import UTC, datetime


def utc(at: datetime) -> str:
    """A time as Jupyter writes it: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
