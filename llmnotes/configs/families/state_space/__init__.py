"""Decoders with a fixed-size state instead of keys and values."""
