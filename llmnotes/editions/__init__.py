"""Editions of the base: the changes from one to the next, with reasons.

`python -m llmnotes.editions NAME` writes an edition's file from the history of the curated files; the store
is built with all of them, and `llmnotes changes` shows them.
"""
