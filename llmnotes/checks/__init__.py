"""Consistency rules of the base: each is one small function and one sentence.

A rule reads plain records (`subjects.py`), never a store; `run.py` runs them all and separates the
exceptions. There is one file of rules per theme, all listed in `catalogue.py`.
"""
