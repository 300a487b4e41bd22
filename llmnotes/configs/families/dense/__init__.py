"""Decoders whose every token passes through every weight."""
