"""Lays out the answers of `knowledge` as tables for `export`."""
