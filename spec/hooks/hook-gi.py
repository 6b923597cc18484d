"""PyInstaller's own asks for PyGObject's package data, which the distribution's PyGObject does not carry."""

hiddenimports = ["gi._error", "gi._option"]
