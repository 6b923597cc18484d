"""Programs that set the machine up and make the installers. They read `spec/`.

Those that set up use the standard library only: they run before anything is installed, with any Python from 3.11 on.
Nothing in `adrastea` imports them. This folder is source; whatever is made goes to `.venv/`, `.cache/` or `dist/`.
"""
