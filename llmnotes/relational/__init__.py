"""The base as typed tables, for other programs.

`tables` declares each with the meaning and unit of its fields; `arrow` and `flat` serialize them.
"""
