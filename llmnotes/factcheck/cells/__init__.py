"""Parses the text of one cell: numbers, terms, dates and names, independent of any model."""
