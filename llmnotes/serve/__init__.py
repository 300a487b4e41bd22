"""A server for the site over a user's own store: pages, a JSON interface, checking of tables.

It is read-only. Answers come from a consistent copy of the user's store, so that readers and writers never
block each other.
"""
