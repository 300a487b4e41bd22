"""What is known about attributes beside their declaration: one table per concern.

Every table has an entry for every attribute, so that a new attribute is thought of everywhere; an entry may
say that there is nothing to say. `tests/attributes` holds the tables complete.
"""
