"""Notebooks, office files, PDFs and other markup as text with tables, and where each line stands."""
