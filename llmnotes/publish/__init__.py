"""The base as a data product: a folder of tables for programs that are not llmnotes.

Every table is declared once, with the meaning and unit of each field, in `tables`; the other
modules write it in one form each.
"""
