"""Editions of the base: what changed from one to the next, and why.

`python -m llmnotes.editions NAME` writes an edition's file from the history of the curated files;
the store is built with all of them, and `llmnotes changes` shows what they say.
"""
