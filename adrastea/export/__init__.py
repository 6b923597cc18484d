"""Notebooks in other formats: a script, Markdown, and what a browser makes of them, HTML and PDF."""
