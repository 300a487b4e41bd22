"""The base as a data product: a folder of all tables with what other programs read before them."""
