"""One kernel, from kernelspec to death. Knows nothing of documents, files or HTTP."""
