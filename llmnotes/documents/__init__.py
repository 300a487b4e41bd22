"""Converts notebooks, office files, PDFs and other markup to text with tables and line origins."""
