"""A window and a menu that show a URL, on the main thread. Knows nothing of notebooks."""
