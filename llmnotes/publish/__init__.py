"""The base as a data product: a folder of all tables with machine-readable descriptions."""
