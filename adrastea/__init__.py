"""Adrastea: a small, fast application for Jupyter notebooks. `app.py` builds it; `docs/architecture.md` draws it."""

__version__ = "0.1.0"
