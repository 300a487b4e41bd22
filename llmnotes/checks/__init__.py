"""Named rules that hold the base to account: each is one small function and one sentence.

A rule reads plain records (`subjects.py`), never a store; `run.py` runs them all and sets aside the
exceptions. The rules stand in one file by theme, all listed in `catalogue.py`.
"""
