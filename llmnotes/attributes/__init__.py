"""Metadata of attributes beyond their declaration: one table per concern.

Every table has an entry for every attribute, even an empty one, so that none is forgotten when an attribute
is added. `tests/attributes` checks that the tables are complete.
"""
