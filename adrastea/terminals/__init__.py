"""Shells on terminals of their own. Knows nothing of HTTP, kernels or documents."""
