"""A session joins one document to one kernel: code goes down from the document, outputs come back into it (N1, N2)."""
