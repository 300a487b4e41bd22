"""Finds what a table's rows and columns represent: attributes, models, sizes of a family."""
