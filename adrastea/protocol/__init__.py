"""Bytes in, values out: the wire formats of Jupyter. No input or output, nothing that can block (P1)."""
