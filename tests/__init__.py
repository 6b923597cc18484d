"""The tests. The folders mirror adrastea/ and build/; fakes speak real protocols; vitest reads the vectors too."""
