"""Adrastea beside other Jupyter servers under the same loads. The program is `bench/compare.py`."""
