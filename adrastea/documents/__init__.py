"""One notebook, from disk to disk. Knows nothing of kernels or HTTP; time and ids are handed in."""
