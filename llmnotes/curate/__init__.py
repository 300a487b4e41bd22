"""Drafting of new families: the files of a model become the draft of a curated file."""
