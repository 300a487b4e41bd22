"""Judges whether cells are true of their models, and finds the causes of wrong ones."""
