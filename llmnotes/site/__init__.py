"""The base as pages: a static site, and the same pages for a server.

What a cell says, whether two cells differ and how a family folds is worked out here, once; the
script in `assets/` only lines up, sorts and hides finished cells.
"""
