"""Programs that measure. Every figure in the documentation comes from one of them, with the machine and the date."""
