"""The log: what went wrong, kept on disk for the user to read and to send. It knows nothing of notebooks or servers."""
