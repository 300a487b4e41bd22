"""The base as typed tables, for programs that are not llmnotes.

`tables` declares each with the meaning and unit of its fields; `arrow` and `flat` give it a form.
"""
