"""Holds curated files against copies of their sources, so that every value can be found again.

`files.check_file` looks at one family file and says everything that is wrong with it;
`audit.audit` looks at the whole base and counts.
"""
