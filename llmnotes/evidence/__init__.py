"""Verifies curated files against copies of their sources, so that every value can be found again.

`files.check_file` checks one family file and reports all faults; `audit.audit` checks the whole base and
counts.
"""
