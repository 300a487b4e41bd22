"""The base as web pages: a static site, and the same pages for a server.

Cell texts, differences between cells and the folding of families are computed in Python, once; the scripts
in `assets/` only arrange, sort and hide finished cells.
"""
