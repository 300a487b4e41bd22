"""Checks other people's tables: parse, lay out, judge, report."""
