"""The site over a user's own store: the same pages, a JSON interface, a table checked on demand.

It only reads. Answers come from a copy of the user's store that is taken whole, so that a writer is
never waited for and no answer is half written.
"""
